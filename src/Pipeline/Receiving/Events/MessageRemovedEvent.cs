namespace OpencodeOtel.Pipeline.Receiving.Events;

/// <summary><c>message.removed</c>. Times are Unix milliseconds; 0 when not said.</summary>
internal readonly ref struct MessageRemovedEvent
{
    public ReadOnlySpan<byte> SessionId { get; init; }

    public ReadOnlySpan<byte> MessageId { get; init; }

    /// <summary>Gets the largest time in the event.</summary>
    public long EventTime { get; init; }
}
