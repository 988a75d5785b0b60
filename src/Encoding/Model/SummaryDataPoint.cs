namespace OpencodeOtel.Otlp.Model;

/// <summary>A point of a legacy summary: <c>opentelemetry.proto.metrics.v1.SummaryDataPoint</c>. Times are Unix nanoseconds.</summary>
public readonly struct SummaryDataPoint
{
    /// <summary>Gets the attributes.</summary>
    public AttributeSet? Attributes { get; init; }

    /// <summary>Gets the start of the interval.</summary>
    public ulong StartTimeUnixNano { get; init; }

    /// <summary>Gets the end of the interval.</summary>
    public ulong TimeUnixNano { get; init; }

    /// <summary>Gets the number of measurements.</summary>
    public ulong Count { get; init; }

    /// <summary>Gets the sum of the measurements.</summary>
    public double Sum { get; init; }

    /// <summary>Gets the quantiles, each with its value.</summary>
    public ReadOnlyMemory<(double Quantile, double Value)> QuantileValues { get; init; }

    /// <summary>Gets the flags; 1 means no recorded value.</summary>
    public uint Flags { get; init; }
}
