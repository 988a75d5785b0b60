namespace OpencodeOtel.Pipeline.Receiving.Events;

/// <summary><c>session.error</c>. Times are Unix milliseconds; 0 when not said.</summary>
internal readonly ref struct SessionErrorEvent
{
    /// <summary>Gets the session; empty when the event names none.</summary>
    public ReadOnlySpan<byte> SessionId { get; init; }

    public ErrorInfo Error { get; init; }

    /// <summary>Gets the largest time in the event.</summary>
    public long EventTime { get; init; }
}
