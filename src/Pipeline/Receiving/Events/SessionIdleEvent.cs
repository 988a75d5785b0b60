namespace OpencodeOtel.Pipeline.Receiving.Events;

/// <summary>The end of a turn. Times are Unix milliseconds; 0 when not said.</summary>
internal readonly ref struct SessionIdleEvent
{
    public ReadOnlySpan<byte> SessionId { get; init; }

    /// <summary>Gets the largest time in the event.</summary>
    public long EventTime { get; init; }
}
