namespace OpencodeOtel.Otlp.Model;

/// <summary>A pointer to another span: <c>opentelemetry.proto.trace.v1.Span.Link</c>.</summary>
public readonly struct SpanLink
{
    /// <summary>Gets the linked trace.</summary>
    public TraceId TraceId { get; init; }

    /// <summary>Gets the linked span.</summary>
    public SpanId SpanId { get; init; }

    /// <summary>Gets the W3C trace state of the linked context, in header form.</summary>
    public OtlpString TraceState { get; init; }

    /// <summary>Gets the attributes.</summary>
    public ReadOnlyMemory<KeyValue> Attributes { get; init; }

    /// <summary>Gets how many attributes were left out.</summary>
    public uint DroppedAttributesCount { get; init; }

    /// <summary>Gets the flags of the linked context.</summary>
    public SpanFlags Flags { get; init; }
}
