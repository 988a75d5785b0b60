namespace OpencodeOtel.Otlp.Model;

/// <summary>A finished operation: <c>opentelemetry.proto.trace.v1.Span</c>. Times are nanoseconds since the Unix epoch.</summary>
public readonly struct Span
{
    /// <summary>Gets the trace; not zero.</summary>
    public TraceId TraceId { get; init; }

    /// <summary>Gets the span; not zero.</summary>
    public SpanId SpanId { get; init; }

    /// <summary>Gets the W3C trace state, in header form.</summary>
    public OtlpString TraceState { get; init; }

    /// <summary>Gets the parent; zero for a root.</summary>
    public SpanId ParentSpanId { get; init; }

    /// <summary>Gets the flags.</summary>
    public SpanFlags Flags { get; init; }

    /// <summary>Gets the name.</summary>
    public OtlpString Name { get; init; }

    /// <summary>Gets the kind.</summary>
    public SpanKind Kind { get; init; }

    /// <summary>Gets the start.</summary>
    public ulong StartTimeUnixNano { get; init; }

    /// <summary>Gets the end, not before the start.</summary>
    public ulong EndTimeUnixNano { get; init; }

    /// <summary>Gets the attributes.</summary>
    public ReadOnlyMemory<KeyValue> Attributes { get; init; }

    /// <summary>Gets how many attributes were left out.</summary>
    public uint DroppedAttributesCount { get; init; }

    /// <summary>Gets the events.</summary>
    public ReadOnlyMemory<SpanEvent> Events { get; init; }

    /// <summary>Gets how many events were left out.</summary>
    public uint DroppedEventsCount { get; init; }

    /// <summary>Gets the links.</summary>
    public ReadOnlyMemory<SpanLink> Links { get; init; }

    /// <summary>Gets how many links were left out.</summary>
    public uint DroppedLinksCount { get; init; }

    /// <summary>Gets the status code.</summary>
    public StatusCode StatusCode { get; init; }

    /// <summary>Gets the status message; only written with <see cref="StatusCode.Error"/>.</summary>
    public OtlpString StatusMessage { get; init; }
}
