namespace OpencodeOtel.Pipeline.Receiving.Events;

/// <summary>A JSON string as it stands in the event, unescaped only on demand: prompts and outputs can be megabytes.</summary>
/// <param name="raw">The bytes between the quotes: valid UTF-8.</param>
/// <param name="isEscaped">Whether there is a backslash in them.</param>
/// <param name="isPresent">Whether the event had the string at all.</param>
internal readonly ref struct JsonText(ReadOnlySpan<byte> raw, bool isEscaped, bool isPresent)
{
    /// <summary>Gets the bytes between the quotes.</summary>
    public ReadOnlySpan<byte> Raw { get; } = raw;

    /// <summary>Gets a value indicating whether <see cref="Raw"/> holds escapes.</summary>
    public bool IsEscaped { get; } = isEscaped;

    /// <summary>Gets a value indicating whether the event had the string at all.</summary>
    public bool IsPresent { get; } = isPresent;
}
