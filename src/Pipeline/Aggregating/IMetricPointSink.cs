using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Aggregating;

/// <summary>Takes the points of a collection, one at a time, straight from the aggregator's state.</summary>
/// <remarks>A point, and the memory it refers to, is only valid during the call. The points of a metric come together.</remarks>
internal interface IMetricPointSink
{
    /// <summary>Takes a point of a gauge or a sum.</summary>
    void Append(Metric metric, in NumberDataPoint point);

    /// <summary>Takes a point of a histogram with explicit bounds.</summary>
    void Append(Metric metric, in HistogramDataPoint point);

    /// <summary>Takes a point of an exponential histogram.</summary>
    void Append(Metric metric, in ExponentialHistogramDataPoint point);

    /// <summary>Says that the collection is complete, also when it had no point.</summary>
    void EndCollection();
}
