namespace OpencodeOtel.Pipeline.Receiving.Events;

/// <summary><c>properties.info</c> of <c>message.updated</c>. Times are Unix milliseconds; 0 when not said.</summary>
internal readonly ref struct MessageEvent
{
    public ReadOnlySpan<byte> MessageId { get; init; }

    public ReadOnlySpan<byte> SessionId { get; init; }

    public MessageRole Role { get; init; }

    /// <summary>Gets the user message that an assistant message answers; empty for none.</summary>
    public ReadOnlySpan<byte> ParentId { get; init; }

    public ReadOnlySpan<byte> Agent { get; init; }

    /// <summary>Gets <c>providerID</c>, of a user message <c>model.providerID</c>.</summary>
    public ReadOnlySpan<byte> ProviderId { get; init; }

    /// <summary>Gets <c>modelID</c>, of a user message <c>model.modelID</c>.</summary>
    public ReadOnlySpan<byte> ModelId { get; init; }

    public long TimeCreated { get; init; }

    /// <summary>Gets when it was completed; 0 while it is open.</summary>
    public long TimeCompleted { get; init; }

    /// <summary>Gets the cost in US dollars; 0 when absent, negative or no finite number.</summary>
    public double Cost { get; init; }

    public TokenCounts Tokens { get; init; }

    public ReadOnlySpan<byte> Finish { get; init; }

    public ErrorInfo Error { get; init; }

    /// <summary>Gets the lines of <c>summary.diffs</c> of a user message.</summary>
    public LineCounts Lines { get; init; }

    /// <summary>Gets the largest time in the event.</summary>
    public long EventTime { get; init; }
}
