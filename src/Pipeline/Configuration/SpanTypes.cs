namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>The types of span that can be disabled.</summary>
[Flags]
public enum SpanTypes
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Runs of sessions.</summary>
    Session = 1,

    /// <summary>Steps of the model.</summary>
    Llm = 2,

    /// <summary>Tool calls.</summary>
    Tool = 4,

    /// <summary>All of them.</summary>
    All = Session | Llm | Tool,
}
