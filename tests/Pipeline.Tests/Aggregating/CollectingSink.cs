using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Aggregating;

namespace OpencodeOtel.Pipeline.Tests.Aggregating;

/// <summary>Keeps what collections hand over.</summary>
internal sealed class CollectingSink : IMetricPointSink
{
    private readonly List<CollectedPoint> _points = [];

    public int Collections { get; private set; }

    /// <summary>Collects and gives the points of this collection alone.</summary>
    public IReadOnlyList<CollectedPoint> Collect(MetricAggregator aggregator, long nowUnixMs)
    {
        _points.Clear();
        aggregator.Collect(nowUnixMs, this);
        return [.. _points];
    }

    public void Append(Metric metric, in NumberDataPoint point) =>
        _points.Add(new CollectedPoint(metric, Measuring.Text(point.Attributes!.Attributes), point.StartTimeUnixNano, point.TimeUnixNano)
        {
            Value = point.Value,
            Exemplars = Keep(point.Exemplars),
        });

    public void Append(Metric metric, in HistogramDataPoint point) =>
        _points.Add(new CollectedPoint(metric, Measuring.Text(point.Attributes!.Attributes), point.StartTimeUnixNano, point.TimeUnixNano)
        {
            Count = point.Count,
            Sum = point.Sum,
            Min = point.Min,
            Max = point.Max,
            Buckets = point.BucketCounts.ToArray(),
            Bounds = point.ExplicitBounds.ToArray(),
            Exemplars = Keep(point.Exemplars),
        });

    public void Append(Metric metric, in ExponentialHistogramDataPoint point) =>
        _points.Add(new CollectedPoint(metric, Measuring.Text(point.Attributes!.Attributes), point.StartTimeUnixNano, point.TimeUnixNano)
        {
            Count = point.Count,
            Sum = point.Sum,
            Min = point.Min,
            Max = point.Max,
            Scale = point.Scale,
            ZeroCount = point.ZeroCount,
            Positive = Counts(point.Positive),
            Negative = Counts(point.Negative),
            Width = Math.Max(point.Positive?.BucketCounts.Length ?? 0, point.Negative?.BucketCounts.Length ?? 0),
            Exemplars = Keep(point.Exemplars),
        });

    public void EndCollection() => Collections++;

    private static Dictionary<int, ulong> Counts(ExponentialBuckets? buckets) => buckets is not { } half ? [] : half.BucketCounts.ToArray()
        .Select((count, i) => (Index: half.Offset + i, Count: count))
        .Where(bucket => bucket.Count > 0)
        .ToDictionary(bucket => bucket.Index, bucket => bucket.Count);

    // What an exemplar lacks attributes in is memory that is used again.
    private static Exemplar[] Keep(ReadOnlyMemory<Exemplar> exemplars) =>
        [.. exemplars.ToArray().Select(exemplar => exemplar with { FilteredAttributes = exemplar.FilteredAttributes.ToArray() })];
}
