namespace OpencodeOtel.Pipeline.Receiving.Events;

/// <summary>A session: <c>properties.info</c> of <c>session.created</c>, <c>.updated</c>, <c>.deleted</c>. Times are Unix milliseconds; 0 when not said.</summary>
internal readonly ref struct SessionEvent
{
    public ReadOnlySpan<byte> SessionId { get; init; }

    public ReadOnlySpan<byte> ProjectId { get; init; }

    /// <summary>Gets the session that this one is a sub-agent's of; empty for none.</summary>
    public ReadOnlySpan<byte> ParentId { get; init; }

    public long TimeCreated { get; init; }

    /// <summary>Gets a value indicating whether the creation was not said, but is taken from the first that was seen of the session; then nothing is history.</summary>
    public bool IsInferred { get; init; }

    /// <summary>Gets a value indicating whether <c>info.revert</c> is set.</summary>
    public bool IsReverted { get; init; }

    /// <summary>Gets the largest time in the event.</summary>
    public long EventTime { get; init; }
}
