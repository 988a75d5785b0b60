using Google.Protobuf.Collections;
using OpenTelemetry.Proto.Common.V1;
using OpenTelemetry.Proto.Metrics.V1;

namespace OpencodeOtel.Pipeline.Tests.Metrics;

/// <summary>What points of all kinds have in common, as a backend reads it.</summary>
internal sealed record SeenPoint(string Series, ulong Start, ulong Time, double Value, ulong Count, RepeatedField<Exemplar> Exemplars)
{
    /// <summary>The points of a metric.</summary>
    public static IEnumerable<SeenPoint> Of(Metric metric) => metric.DataCase switch
    {
        Metric.DataOneofCase.Sum => metric.Sum.DataPoints.Select(point => Number(metric, point)),
        Metric.DataOneofCase.Gauge => metric.Gauge.DataPoints.Select(point => Number(metric, point)),
        Metric.DataOneofCase.Histogram => metric.Histogram.DataPoints.Select(point => new SeenPoint(
            Name(metric, point.Attributes), point.StartTimeUnixNano, point.TimeUnixNano, point.Sum, point.Count, point.Exemplars)),
        Metric.DataOneofCase.ExponentialHistogram => metric.ExponentialHistogram.DataPoints.Select(point => new SeenPoint(
            Name(metric, point.Attributes), point.StartTimeUnixNano, point.TimeUnixNano, point.Sum, point.Count, point.Exemplars)),
        _ => throw new InvalidOperationException($"{metric.Name} has no data"),
    };

    private static SeenPoint Number(Metric metric, NumberDataPoint point) => new(
        Name(metric, point.Attributes),
        point.StartTimeUnixNano,
        point.TimeUnixNano,
        point.ValueCase == NumberDataPoint.ValueOneofCase.AsInt ? point.AsInt : point.AsDouble,
        0,
        point.Exemplars);

    private static string Name(Metric metric, RepeatedField<KeyValue> attributes) =>
        $"{metric.Name} {string.Join(';', attributes.Select(attribute => $"{attribute.Key}={attribute.Value}").Order(StringComparer.Ordinal))}";
}
