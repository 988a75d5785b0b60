namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>Which measurements may become exemplars (OpenTelemetry: exemplar filter).</summary>
public enum ExemplarFilter
{
    /// <summary>Those with a span that is exported.</summary>
    TraceBased,

    /// <summary>All of them.</summary>
    AlwaysOn,

    /// <summary>None.</summary>
    AlwaysOff,
}
