namespace OpencodeOtel.Pipeline.Receiving.Events;

/// <summary><c>session.status</c>. Times are Unix milliseconds; 0 when not said.</summary>
internal readonly ref struct SessionStatusEvent
{
    public ReadOnlySpan<byte> SessionId { get; init; }

    public SessionStatusType Type { get; init; }

    /// <summary>Gets the number of the retry, from 1; 0 when not said.</summary>
    public long Attempt { get; init; }

    /// <summary>Gets the largest time in the event that is not in the future by meaning (<c>status.next</c> is).</summary>
    public long EventTime { get; init; }
}
