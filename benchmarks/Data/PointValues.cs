using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Aggregating;

namespace OpencodeOtel.Benchmarks.Data;

/// <summary>Keeps the values of the number points of a collection.</summary>
internal sealed class PointValues : IMetricPointSink
{
    /// <summary>Gets the values, in the order of the points.</summary>
    public List<long> Values { get; } = [];

    /// <inheritdoc/>
    public void Append(Metric metric, in NumberDataPoint point) => Values.Add(point.Value.Int);

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
