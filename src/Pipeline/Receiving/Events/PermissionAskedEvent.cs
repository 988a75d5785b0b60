namespace OpencodeOtel.Pipeline.Receiving.Events;

/// <summary>A permission is asked for. Times are Unix milliseconds; 0 when not said.</summary>
internal readonly ref struct PermissionAskedEvent
{
    public ReadOnlySpan<byte> RequestId { get; init; }

    public ReadOnlySpan<byte> SessionId { get; init; }

    /// <summary>Gets <c>permission</c>, or <c>type</c> of the older form.</summary>
    public ReadOnlySpan<byte> Permission { get; init; }

    /// <summary>Gets <c>title</c> of the older form.</summary>
    public ReadOnlySpan<byte> Title { get; init; }

    public ReadOnlySpan<byte> CallId { get; init; }

    /// <summary>Gets the largest time in the event.</summary>
    public long EventTime { get; init; }
}
