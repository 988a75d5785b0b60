namespace OpencodeOtel.Otlp.Model;

/// <summary>A moment within a span: <c>opentelemetry.proto.trace.v1.Span.Event</c>.</summary>
public readonly struct SpanEvent
{
    /// <summary>Gets the time, in nanoseconds since the Unix epoch.</summary>
    public ulong TimeUnixNano { get; init; }

    /// <summary>Gets the name.</summary>
    public OtlpString Name { get; init; }

    /// <summary>Gets the attributes.</summary>
    public ReadOnlyMemory<KeyValue> Attributes { get; init; }

    /// <summary>Gets how many attributes were left out.</summary>
    public uint DroppedAttributesCount { get; init; }
}
