namespace OpencodeOtel.Otlp.Model;

/// <summary>A measurement kept as an example: <c>opentelemetry.proto.metrics.v1.Exemplar</c>.</summary>
public readonly struct Exemplar
{
    /// <summary>Gets the attributes of the measurement that the point lacks.</summary>
    public ReadOnlyMemory<KeyValue> FilteredAttributes { get; init; }

    /// <summary>Gets the time, in nanoseconds since the Unix epoch.</summary>
    public ulong TimeUnixNano { get; init; }

    /// <summary>Gets the value.</summary>
    public NumberValue Value { get; init; }

    /// <summary>Gets the span; zero for none.</summary>
    public SpanId SpanId { get; init; }

    /// <summary>Gets the trace; zero for none.</summary>
    public TraceId TraceId { get; init; }
}
