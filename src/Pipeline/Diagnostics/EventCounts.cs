namespace OpencodeOtel.Pipeline.Diagnostics;

/// <summary>What became of the events read: <c>Read</c> is the sum of the others.</summary>
/// <param name="Read">Events, and lines that were to be events.</param>
/// <param name="Used">Those that telemetry was made of, or that changed what is known.</param>
/// <param name="Skipped">Those of a type that carries no telemetry.</param>
/// <param name="Bad">Those that could not be read.</param>
/// <param name="Duplicate">Those whose id was seen before.</param>
public sealed record EventCounts(long Read, long Used, long Skipped, long Bad, long Duplicate)
{
    /// <summary>Gets how many more there were that never came here: the opencode plugin had to drop them because nobody read them in time.</summary>
    public long Lost { get; init; }

    /// <summary>Gets the events used, by type.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> UsedByType { get; init; } = [];

    /// <summary>Gets what was bad, by cause, each with the number of the first line that had it.</summary>
    public IReadOnlyList<BadInput> BadByCause { get; init; } = [];
}
