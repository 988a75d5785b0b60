namespace OpencodeOtel.Pipeline.Receiving.Events;

/// <summary><c>session.diff</c>. Times are Unix milliseconds; 0 when not said.</summary>
internal readonly ref struct SessionDiffEvent
{
    public ReadOnlySpan<byte> SessionId { get; init; }

    public LineCounts Lines { get; init; }

    /// <summary>Gets the largest time in the event.</summary>
    public long EventTime { get; init; }
}
