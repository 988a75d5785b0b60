namespace OpencodeOtel.Pipeline.Receiving.Events;

/// <summary>A permission is given or refused. Times are Unix milliseconds; 0 when not said.</summary>
internal readonly ref struct PermissionRepliedEvent
{
    /// <summary>Gets <c>requestID</c>, or <c>permissionID</c> of the older form.</summary>
    public ReadOnlySpan<byte> RequestId { get; init; }

    public ReadOnlySpan<byte> SessionId { get; init; }

    /// <summary>Gets <c>reply</c>, or <c>response</c> of the older form.</summary>
    public ReadOnlySpan<byte> Reply { get; init; }

    /// <summary>Gets the largest time in the event.</summary>
    public long EventTime { get; init; }
}
