namespace OpencodeOtel.Otlp.Model;

/// <summary>A point of a gauge or a sum: <c>opentelemetry.proto.metrics.v1.NumberDataPoint</c>. Times are Unix nanoseconds.</summary>
public readonly struct NumberDataPoint
{
    /// <summary>Gets the attributes.</summary>
    public AttributeSet? Attributes { get; init; }

    /// <summary>Gets the start of the interval; 0 for a gauge.</summary>
    public ulong StartTimeUnixNano { get; init; }

    /// <summary>Gets the end of the interval.</summary>
    public ulong TimeUnixNano { get; init; }

    /// <summary>Gets the value.</summary>
    public NumberValue Value { get; init; }

    /// <summary>Gets the exemplars.</summary>
    public ReadOnlyMemory<Exemplar> Exemplars { get; init; }

    /// <summary>Gets the flags; 1 means no recorded value.</summary>
    public uint Flags { get; init; }
}
