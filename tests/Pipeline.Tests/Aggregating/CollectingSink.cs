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
        });

    public void EndCollection() => Collections++;
}
