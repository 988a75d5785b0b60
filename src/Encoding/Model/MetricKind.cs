namespace OpencodeOtel.Otlp.Model;

/// <summary>Which member of the <c>Metric.data</c> oneof is set, and so which points it takes.</summary>
public enum MetricKind
{
    /// <summary><c>gauge</c> of <see cref="NumberDataPoint"/>.</summary>
    Gauge,

    /// <summary><c>sum</c> of <see cref="NumberDataPoint"/>.</summary>
    Sum,

    /// <summary><c>histogram</c> of <see cref="HistogramDataPoint"/>.</summary>
    Histogram,

    /// <summary><c>exponential_histogram</c> of <see cref="ExponentialHistogramDataPoint"/>.</summary>
    ExponentialHistogram,

    /// <summary><c>summary</c> of <see cref="SummaryDataPoint"/>.</summary>
    Summary,
}
