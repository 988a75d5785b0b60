using System.Buffers;

namespace OpencodeOtel.Pipeline.Receiving.Framing;

/// <summary>Tells what a line is by its first bytes.</summary>
/// <remarks>Fields: <see href="https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream"/>.</remarks>
internal static class StreamLine
{
    /// <summary>As many bytes of a line as tell its kind for certain, unless a field's name is longer.</summary>
    public const int TellingLength = 64;

    private static readonly SearchValues<byte> NameBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8);

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Tells the kind of a line.</summary>
    /// <param name="line">The line without its end.</param>
    /// <param name="text">The object, or the value of the data field.</param>
    public static LineKind Classify(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> text)
    {
        if (line.StartsWith("data:"u8))
        {
            line = line["data:".Length..];
            text = line is [(byte)' ', ..] ? line[1..] : line;
            return LineKind.Data;
        }

        // The standard strips it from the start of a stream only; joined recordings have it anywhere.
        if (line.StartsWith(ByteOrderMark))
        {
            return Classify(line[ByteOrderMark.Length..], out text);
        }

        text = line.TrimStart(" \t"u8);
        if (text.IsEmpty)
        {
            return line.IsEmpty ? LineKind.Empty : LineKind.Blank;
        }

        return text[0] == (byte)'{' ? LineKind.Object : ClassifyField(line, out text);
    }

    private static LineKind ClassifyField(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> value)
    {
        value = default;
        int colon = line.IndexOf((byte)':');
        ReadOnlySpan<byte> name = colon < 0 ? line : line[..colon];
        return name.SequenceEqual("data"u8) ? LineKind.Data
            : name.IsEmpty || IsOtherField(name) ? LineKind.Ignored
            : colon > 0 && !name.ContainsAnyExcept(NameBytes) ? LineKind.UnknownField
            : LineKind.Garbage;
    }

    private static bool IsOtherField(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("event"u8) || name.SequenceEqual("id"u8) || name.SequenceEqual("retry"u8);
}
