using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Aggregating;

/// <summary>The last value.</summary>
internal struct GaugeState
{
    /// <summary>The value, of the instrument's number kind.</summary>
    public NumberValue Value;
}
