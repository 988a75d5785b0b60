using OpencodeOtel.Otlp.Json;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Otlp.Protobuf;
using OpencodeOtel.Otlp.Schema;

namespace OpencodeOtel.Otlp.Messages;

/// <summary><c>opentelemetry.proto.metrics.v1.Metric</c> with its data, around the points.</summary>
internal static class MetricEncoder
{
    public static Frame Encode(Metric metric, WireForm form) => form == WireForm.Protobuf
        ? new Frame(MetricsFields.ScopeMetrics.Metrics, DataOf(metric.Kind), EncodeParts<ProtobufWriter>(metric))
        : EncodeJson(metric.Kind, EncodeParts<JsonWriter>(metric));

    /// <summary>Gives the list of points of a kind of data.</summary>
    public static Field PointsOf(MetricKind kind) => kind switch
    {
        MetricKind.Gauge => MetricsFields.Gauge.DataPoints,
        MetricKind.Sum => MetricsFields.Sum.DataPoints,
        MetricKind.Histogram => MetricsFields.Histogram.DataPoints,
        MetricKind.ExponentialHistogram => MetricsFields.ExponentialHistogram.DataPoints,
        MetricKind.Summary => MetricsFields.Summary.DataPoints,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No kind of metric."),
    };

    private static Field DataOf(MetricKind kind) => kind switch
    {
        MetricKind.Gauge => MetricsFields.Metric.Gauge,
        MetricKind.Sum => MetricsFields.Metric.Sum,
        MetricKind.Histogram => MetricsFields.Metric.Histogram,
        MetricKind.ExponentialHistogram => MetricsFields.Metric.ExponentialHistogram,
        MetricKind.Summary => MetricsFields.Metric.Summary,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No kind of metric."),
    };

    private static FrameParts EncodeParts<TWriter>(Metric metric)
        where TWriter : struct, IOtlpWriter, allows ref struct
    {
        TWriter measure = default;
        WriteParts(ref measure, metric);
        byte[] bytes = new byte[measure.BytesRequired];
        TWriter writer = default;
        writer.Use(bytes);
        (int head, int tail) = WriteParts(ref writer, metric);
        return new FrameParts(bytes.AsSpan(0, (int)writer.Length), head, head, tail);
    }

    private static (int Head, int DataTail) WriteParts<TWriter>(ref TWriter writer, Metric metric)
        where TWriter : struct, IOtlpWriter, allows ref struct
    {
        writer.StringUnlessEmpty(MetricsFields.Metric.Name, metric.Name);
        writer.StringUnlessEmpty(MetricsFields.Metric.Description, metric.Description);
        writer.StringUnlessEmpty(MetricsFields.Metric.Unit, metric.Unit);
        int head = (int)writer.Length;
        switch (metric.Kind)
        {
            case MetricKind.Sum:
                writer.EnumUnlessZero(MetricsFields.Sum.AggregationTemporality, (int)metric.Temporality);
                writer.BoolUnlessFalse(MetricsFields.Sum.IsMonotonic, metric.IsMonotonic);
                break;
            case MetricKind.Histogram:
                writer.EnumUnlessZero(MetricsFields.Histogram.AggregationTemporality, (int)metric.Temporality);
                break;
            case MetricKind.ExponentialHistogram:
                writer.EnumUnlessZero(MetricsFields.ExponentialHistogram.AggregationTemporality, (int)metric.Temporality);
                break;
            default:
                break;
        }

        int dataTail = (int)writer.Length;
        KeyValueEncoder.WriteList(ref writer, MetricsFields.Metric.Metadata, metric.Metadata);
        return (head, dataTail);
    }

    private static Frame EncodeJson(MetricKind kind, in FrameParts parts)
    {
        JsonWriter measure = default;
        WriteJson(ref measure, kind, parts);
        byte[] text = new byte[measure.BytesRequired];
        JsonWriter writer = default;
        writer.Use(text);
        int prefix = WriteJson(ref writer, kind, parts);
        return new Frame(text[..prefix], text[prefix..]);
    }

    private static int WriteJson(ref JsonWriter writer, MetricKind kind, in FrameParts parts)
    {
        Mark metric = writer.BeginItem(MetricsFields.ScopeMetrics.Metrics, 0);
        writer.WriteEncoded(parts.OuterHead);
        Mark data = writer.BeginMessage(DataOf(kind), 0);
        Mark points = writer.BeginList(PointsOf(kind));
        int prefix = (int)writer.Length;
        writer.WriteEncoded(","u8); // the comma of a last point
        writer.EndList(points);
        writer.WriteEncoded(parts.InnerTail);
        writer.EndMessage(data);
        writer.WriteEncoded(parts.OuterTail);
        writer.EndMessage(metric);
        return prefix;
    }
}
