namespace OpencodeOtel.Otlp.Messages;

/// <summary>The encoded fields of a <see cref="Frame"/>, by where they stand.</summary>
/// <param name="fields">All of them, one after the other.</param>
/// <param name="outerHead">The end of those of the outer message before the inner one.</param>
/// <param name="innerHead">The end of those of the inner message before the list.</param>
/// <param name="innerTail">The end of those of the inner message after the list; the rest belong to the outer one.</param>
internal readonly ref struct FrameParts(ReadOnlySpan<byte> fields, int outerHead, int innerHead, int innerTail)
{
    public ReadOnlySpan<byte> OuterHead { get; } = fields[..outerHead];

    public ReadOnlySpan<byte> InnerHead { get; } = fields[outerHead..innerHead];

    public ReadOnlySpan<byte> InnerTail { get; } = fields[innerHead..innerTail];

    public ReadOnlySpan<byte> OuterTail { get; } = fields[innerTail..];
}
