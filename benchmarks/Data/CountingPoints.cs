using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Aggregating;

namespace OpencodeOtel.Benchmarks.Data;

/// <summary>Adds up the counters of collections and keeps nothing.</summary>
internal sealed class CountingPoints : IMetricPointSink
{
    /// <summary>Gets or sets the sum of the points of all counters.</summary>
    public long Sum { get; set; }

    /// <inheritdoc/>
    public void Append(Metric metric, in NumberDataPoint point) => Sum += metric.Kind == MetricKind.Sum ? point.Value.Int : 0;

    /// <inheritdoc/>
    public void Append(Metric metric, in HistogramDataPoint point)
    {
    }

    /// <inheritdoc/>
    public void Append(Metric metric, in ExponentialHistogramDataPoint point)
    {
    }

    /// <inheritdoc/>
    public void EndCollection()
    {
    }
}
