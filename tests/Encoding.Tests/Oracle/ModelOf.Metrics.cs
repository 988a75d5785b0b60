using Google.Protobuf.Collections;
using OpencodeOtel.Otlp.Model;
using Wire = OpenTelemetry.Proto.Metrics.V1;

namespace OpencodeOtel.Otlp.Tests.Oracle;

/// <summary>Metrics and points.</summary>
internal static partial class ModelOf
{
    public static Metric Metric(Wire.Metric metric) => new()
    {
        Name = Text(metric.Name),
        Description = Text(metric.Description),
        Unit = Text(metric.Unit),
        Metadata = Attributes(metric.Metadata),
        Kind = metric.DataCase switch
        {
            Wire.Metric.DataOneofCase.Gauge => MetricKind.Gauge,
            Wire.Metric.DataOneofCase.Sum => MetricKind.Sum,
            Wire.Metric.DataOneofCase.Histogram => MetricKind.Histogram,
            Wire.Metric.DataOneofCase.ExponentialHistogram => MetricKind.ExponentialHistogram,
            Wire.Metric.DataOneofCase.Summary => MetricKind.Summary,
            _ => throw new ArgumentException("A metric without data.", nameof(metric)),
        },
        Temporality = (AggregationTemporality)(metric.Sum?.AggregationTemporality
            ?? metric.Histogram?.AggregationTemporality
            ?? metric.ExponentialHistogram?.AggregationTemporality
            ?? 0),
        IsMonotonic = metric.Sum?.IsMonotonic ?? false,
    };

    public static NumberDataPoint Point(Wire.NumberDataPoint point) => new()
    {
        Attributes = Set(point.Attributes),
        StartTimeUnixNano = point.StartTimeUnixNano,
        TimeUnixNano = point.TimeUnixNano,
        Value = point.ValueCase switch
        {
            Wire.NumberDataPoint.ValueOneofCase.AsInt => point.AsInt,
            Wire.NumberDataPoint.ValueOneofCase.AsDouble => point.AsDouble,
            _ => default(NumberValue),
        },
        Exemplars = Exemplars(point.Exemplars),
        Flags = point.Flags,
    };

    public static HistogramDataPoint Point(Wire.HistogramDataPoint point) => new()
    {
        Attributes = Set(point.Attributes),
        StartTimeUnixNano = point.StartTimeUnixNano,
        TimeUnixNano = point.TimeUnixNano,
        Count = point.Count,
        Sum = point.HasSum ? point.Sum : null,
        BucketCounts = point.BucketCounts.ToArray(),
        ExplicitBounds = point.ExplicitBounds.ToArray(),
        Exemplars = Exemplars(point.Exemplars),
        Flags = point.Flags,
        Min = point.HasMin ? point.Min : null,
        Max = point.HasMax ? point.Max : null,
    };

    public static ExponentialHistogramDataPoint Point(Wire.ExponentialHistogramDataPoint point) => new()
    {
        Attributes = Set(point.Attributes),
        StartTimeUnixNano = point.StartTimeUnixNano,
        TimeUnixNano = point.TimeUnixNano,
        Count = point.Count,
        Sum = point.HasSum ? point.Sum : null,
        Scale = point.Scale,
        ZeroCount = point.ZeroCount,
        Positive = Buckets(point.Positive),
        Negative = Buckets(point.Negative),
        Flags = point.Flags,
        Exemplars = Exemplars(point.Exemplars),
        Min = point.HasMin ? point.Min : null,
        Max = point.HasMax ? point.Max : null,
        ZeroThreshold = point.ZeroThreshold,
    };

    public static SummaryDataPoint Point(Wire.SummaryDataPoint point) => new()
    {
        Attributes = Set(point.Attributes),
        StartTimeUnixNano = point.StartTimeUnixNano,
        TimeUnixNano = point.TimeUnixNano,
        Count = point.Count,
        Sum = point.Sum,
        QuantileValues = point.QuantileValues.Select(pair => (pair.Quantile, pair.Value)).ToArray(),
        Flags = point.Flags,
    };

    private static AttributeSet? Set(RepeatedField<OpenTelemetry.Proto.Common.V1.KeyValue> attributes) =>
        attributes.Count == 0 ? null : new AttributeSet(Attributes(attributes));

    private static ExponentialBuckets? Buckets(Wire.ExponentialHistogramDataPoint.Types.Buckets? buckets) =>
        buckets is null ? null : new ExponentialBuckets { Offset = buckets.Offset, BucketCounts = buckets.BucketCounts.ToArray() };

    private static Exemplar[] Exemplars(IEnumerable<Wire.Exemplar> exemplars) =>
    [
        .. exemplars.Select(exemplar => new Exemplar
        {
            FilteredAttributes = Attributes(exemplar.FilteredAttributes),
            TimeUnixNano = exemplar.TimeUnixNano,
            Value = exemplar.ValueCase switch
            {
                Wire.Exemplar.ValueOneofCase.AsInt => exemplar.AsInt,
                Wire.Exemplar.ValueOneofCase.AsDouble => exemplar.AsDouble,
                _ => default(NumberValue),
            },
            SpanId = SpanIdOf(exemplar.SpanId),
            TraceId = Trace(exemplar.TraceId),
        }),
    ];
}
