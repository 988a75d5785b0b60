using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Exporting.Credentials;

/// <summary>What came of running a headers helper once.</summary>
public sealed record HelperResult
{
    /// <summary>Gets the headers that it gave; empty after a failure.</summary>
    public IReadOnlyList<KeyValuePair<string, Secret>> Headers { get; init; } = [];

    /// <summary>Gets the cause of a failure: part of a sentence that names the helper and, where there is one, the key, and nothing else of what was printed.</summary>
    /// <value><see langword="null"/> after a success.</value>
    public string? Failure { get; init; }

    /// <summary>Gets how long it ran.</summary>
    public TimeSpan Duration { get; init; }
}
