using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Aggregating;

/// <summary>One recorded value. The attributes are read during the call and not kept.</summary>
internal readonly ref struct Measurement
{
    /// <summary>Gets the instrument.</summary>
    public required Instrument Instrument { get; init; }

    /// <summary>Gets the value: an integer or a double, as the instrument says.</summary>
    public required NumberValue Value { get; init; }

    /// <summary>Gets the attributes, with unique keys.</summary>
    public ReadOnlySpan<KeyValue> Attributes { get; init; }

    /// <summary>Gets the time, in Unix milliseconds; 0 when it is not known, as before the first time of a recording.</summary>
    public required long Time { get; init; }

    /// <summary>Gets the trace of the span that it was measured in; zero for none.</summary>
    public TraceId TraceId { get; init; }

    /// <summary>Gets the span that it was measured in; zero for none.</summary>
    public SpanId SpanId { get; init; }
}
