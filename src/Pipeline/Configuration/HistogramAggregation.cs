namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>How histograms count (OpenTelemetry: default histogram aggregation).</summary>
public enum HistogramAggregation
{
    /// <summary>In buckets with the bounds of each metric.</summary>
    ExplicitBuckets,

    /// <summary>In at most 160 buckets whose width grows with the value, at the finest scale that fits.</summary>
    Exponential,
}
