using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Aggregating;

/// <summary>One place of a reservoir.</summary>
internal struct KeptExemplar
{
    /// <summary>Which place it is, counted from zero.</summary>
    public int Place;

    /// <summary>What is kept there.</summary>
    public Exemplar Exemplar;

    /// <summary>The memory of what was filtered, used again by the next exemplar; only there when something is filtered.</summary>
    public KeyValue[]? Filtered;
}
