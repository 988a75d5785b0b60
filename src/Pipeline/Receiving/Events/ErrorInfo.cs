namespace OpencodeOtel.Pipeline.Receiving.Events;

/// <summary>opencode's error object: a name, and often <c>data.message</c>.</summary>
internal readonly ref struct ErrorInfo
{
    /// <summary>Gets a value indicating whether there is an error object.</summary>
    public bool IsPresent { get; init; }

    public ReadOnlySpan<byte> Name { get; init; }

    /// <summary>Gets <c>data.message</c>.</summary>
    public JsonText Message { get; init; }
}
