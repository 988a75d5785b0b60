using OpencodeOtel.Pipeline.Aggregating;

namespace OpencodeOtel.Pipeline.Tests.Enriching;

/// <summary>A measurement as the sink got it; the value is a <see cref="long"/> or a <see cref="double"/>.</summary>
internal sealed record MadeMeasurement(Instrument Instrument, object Value, IReadOnlyDictionary<string, object> Attributes, long Time, string TraceId, string SpanId)
{
    public string Name => Instrument.Name;

    public double Number => Value is long whole ? whole : (double)Value;

    public object this[string key] => Attributes[key];
}
