namespace OpencodeOtel.Pipeline.Receiving.Events;

/// <summary><c>command.executed</c>: a slash command. Times are Unix milliseconds; 0 when not said.</summary>
internal readonly ref struct CommandEvent
{
    public ReadOnlySpan<byte> SessionId { get; init; }

    public ReadOnlySpan<byte> MessageId { get; init; }

    public ReadOnlySpan<byte> Name { get; init; }

    public JsonText Arguments { get; init; }

    /// <summary>Gets the largest time in the event.</summary>
    public long EventTime { get; init; }
}
