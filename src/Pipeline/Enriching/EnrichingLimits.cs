namespace OpencodeOtel.Pipeline.Enriching;

/// <summary>The bounds of what enriching remembers. Beyond one the oldest is ended or forgotten, and counted.</summary>
internal sealed record EnrichingLimits
{
    /// <summary>Gets how many sessions are known at a time.</summary>
    public int Sessions { get; init; } = 10_000;

    /// <summary>Gets of how many forgotten sessions a little is kept, should they be heard of again.</summary>
    public int PastSessions { get; init; } = 10_000;

    /// <summary>Gets how many assistant messages are open at a time.</summary>
    public int Messages { get; init; } = 10_000;

    /// <summary>Gets how many user messages are known at a time.</summary>
    public int Prompts { get; init; } = 10_000;

    /// <summary>Gets how many tool calls are open at a time.</summary>
    public int Calls { get; init; } = 10_000;

    /// <summary>Gets how many requests for permission are open at a time.</summary>
    public int Permissions { get; init; } = 10_000;

    /// <summary>Gets how many finished messages and calls are remembered, so that their repetitions are known as such.</summary>
    public int RecentIds { get; init; } = 65_536;

    /// <summary>Gets how many recurring texts are kept as UTF-8.</summary>
    public int Texts { get; init; } = 4_096;

    /// <summary>Gets how many parts of one message are told apart.</summary>
    public int PartsPerMessage { get; init; } = 1_024;

    /// <summary>Gets how many finished tool calls of a run wait for its key.</summary>
    public int HeldCallsPerRun { get; init; } = 256;

    /// <summary>Gets the longest id, in UTF-8 bytes; events with a longer one are ignored.</summary>
    public int IdBytes { get; init; } = 1_024;

    /// <summary>Gets how many bytes of captured content are held for open spans.</summary>
    public long ContentBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Gets how many attributes a span has at most.</summary>
    public int SpanAttributes { get; init; } = 128;
}
