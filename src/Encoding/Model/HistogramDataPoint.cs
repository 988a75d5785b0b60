namespace OpencodeOtel.Otlp.Model;

/// <summary>A histogram with explicit bounds: <c>opentelemetry.proto.metrics.v1.HistogramDataPoint</c>. Times are Unix nanoseconds.</summary>
public readonly struct HistogramDataPoint
{
    /// <summary>Gets the attributes.</summary>
    public AttributeSet? Attributes { get; init; }

    /// <summary>Gets the start of the interval.</summary>
    public ulong StartTimeUnixNano { get; init; }

    /// <summary>Gets the end of the interval.</summary>
    public ulong TimeUnixNano { get; init; }

    /// <summary>Gets the number of measurements: the sum of the bucket counts.</summary>
    public ulong Count { get; init; }

    /// <summary>Gets the sum of the measurements, if they cannot be negative.</summary>
    public double? Sum { get; init; }

    /// <summary>Gets the counts of the buckets: one more than bounds, or none.</summary>
    public ReadOnlyMemory<ulong> BucketCounts { get; init; }

    /// <summary>Gets the upper bounds, each inclusive, in rising order.</summary>
    public ReadOnlyMemory<double> ExplicitBounds { get; init; }

    /// <summary>Gets the exemplars.</summary>
    public ReadOnlyMemory<Exemplar> Exemplars { get; init; }

    /// <summary>Gets the flags; 1 means no recorded value.</summary>
    public uint Flags { get; init; }

    /// <summary>Gets the smallest measurement.</summary>
    public double? Min { get; init; }

    /// <summary>Gets the largest measurement.</summary>
    public double? Max { get; init; }
}
