namespace OpencodeOtel.Otlp.Model;

/// <summary>A base-2 exponential histogram: <c>opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint</c>. Times are Unix nanoseconds.</summary>
public readonly struct ExponentialHistogramDataPoint
{
    /// <summary>Gets the attributes.</summary>
    public AttributeSet? Attributes { get; init; }

    /// <summary>Gets the start of the interval.</summary>
    public ulong StartTimeUnixNano { get; init; }

    /// <summary>Gets the end of the interval.</summary>
    public ulong TimeUnixNano { get; init; }

    /// <summary>Gets the number of measurements: zero count and both halves.</summary>
    public ulong Count { get; init; }

    /// <summary>Gets the sum of the measurements, if they cannot be negative.</summary>
    public double? Sum { get; init; }

    /// <summary>Gets the scale: the base is 2 to the power of 2 to the power of -scale.</summary>
    public int Scale { get; init; }

    /// <summary>Gets the number of measurements within the zero threshold.</summary>
    public ulong ZeroCount { get; init; }

    /// <summary>Gets the buckets of positive measurements; <see langword="null"/> when there are none.</summary>
    public ExponentialBuckets? Positive { get; init; }

    /// <summary>Gets the buckets of negative measurements; <see langword="null"/> when there are none.</summary>
    public ExponentialBuckets? Negative { get; init; }

    /// <summary>Gets the flags; 1 means no recorded value.</summary>
    public uint Flags { get; init; }

    /// <summary>Gets the exemplars.</summary>
    public ReadOnlyMemory<Exemplar> Exemplars { get; init; }

    /// <summary>Gets the smallest measurement.</summary>
    public double? Min { get; init; }

    /// <summary>Gets the largest measurement.</summary>
    public double? Max { get; init; }

    /// <summary>Gets the largest magnitude that counts as zero.</summary>
    public double ZeroThreshold { get; init; }
}
