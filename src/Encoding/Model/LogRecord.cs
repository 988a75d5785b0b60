namespace OpencodeOtel.Otlp.Model;

/// <summary>A log record: <c>opentelemetry.proto.logs.v1.LogRecord</c>. Times are nanoseconds since the Unix epoch.</summary>
public readonly struct LogRecord
{
    /// <summary>Gets when it happened; 0 when unknown.</summary>
    public ulong TimeUnixNano { get; init; }

    /// <summary>Gets when it was seen; always set.</summary>
    public ulong ObservedTimeUnixNano { get; init; }

    /// <summary>Gets the severity.</summary>
    public SeverityNumber SeverityNumber { get; init; }

    /// <summary>Gets the source's own word for the severity.</summary>
    public OtlpString SeverityText { get; init; }

    /// <summary>Gets the body; any value; empty is not written.</summary>
    public AnyValue Body { get; init; }

    /// <summary>Gets the attributes.</summary>
    public ReadOnlyMemory<KeyValue> Attributes { get; init; }

    /// <summary>Gets how many attributes were left out.</summary>
    public uint DroppedAttributesCount { get; init; }

    /// <summary>Gets the W3C trace flags, 8 bits.</summary>
    public byte Flags { get; init; }

    /// <summary>Gets the trace; zero for none.</summary>
    public TraceId TraceId { get; init; }

    /// <summary>Gets the span; zero for none; never without a trace.</summary>
    public SpanId SpanId { get; init; }

    /// <summary>Gets the name of the event.</summary>
    public OtlpString EventName { get; init; }
}
