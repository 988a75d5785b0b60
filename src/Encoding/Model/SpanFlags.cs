namespace OpencodeOtel.Otlp.Model;

/// <summary>Bits of the <c>flags</c> of spans and links: the W3C trace flags and what is known of the parent.</summary>
[Flags]
public enum SpanFlags : uint
{
    /// <summary>No bit.</summary>
    None = 0,

    /// <summary>W3C: sampled.</summary>
    Sampled = 0x01,

    /// <summary>Whether the parent is remote is known.</summary>
    ContextHasIsRemote = 0x100,

    /// <summary>The parent is in another process.</summary>
    ContextIsRemote = 0x200,
}
