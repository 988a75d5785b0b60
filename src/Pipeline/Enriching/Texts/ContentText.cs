using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Enriching.Texts;

/// <summary>Content in the forms that span attributes have it in, each at most a limit of bytes.</summary>
/// <param name="scratch">Where the texts are made.</param>
/// <param name="limit">The largest value, in UTF-8 bytes.</param>
internal sealed class ContentText(Utf8Scratch scratch, int limit)
{
    /// <summary>A message as a JSON array of one object with <c>role</c> and <c>content</c>; the content is cut so that the JSON stays whole.</summary>
    public OtlpString Message(ReadOnlySpan<byte> role, ReadOnlySpan<byte> content)
    {
        ReadOnlySpan<byte> before = "[{\"role\":\""u8;
        ReadOnlySpan<byte> between = "\",\"content\":\""u8;
        ReadOnlySpan<byte> after = "\"}]"u8;
        int frame = before.Length + role.Length + between.Length + after.Length;
        long room = Math.Max(0, limit - frame);
        Span<byte> target = scratch.Reserve(frame + (int)Math.Min(room, content.Length * 6L));
        int at = Copy(before, target, 0);
        at = Copy(role, target, at);
        at = Copy(between, target, at);
        at += Escape(content, target[at..^after.Length]);
        at = Copy(after, target, at);
        return scratch.Take(at);
    }

    /// <summary>JSON without the white space between its tokens.</summary>
    public OtlpString CompactJson(ReadOnlySpan<byte> json)
    {
        Span<byte> target = scratch.Reserve(json.Length);
        int written = 0;
        bool inText = false;
        for (int at = 0; at < json.Length; at++)
        {
            byte value = json[at];
            if (!inText && value is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                continue;
            }

            target[written++] = value;
            if (inText && value == (byte)'\\' && at + 1 < json.Length)
            {
                target[written++] = json[++at];
            }
            else if (value == (byte)'"')
            {
                inText = !inText;
            }
        }

        return scratch.Take(Utf8Cut.Prefix(target[..written], limit).Length);
    }

    private static int Copy(ReadOnlySpan<byte> source, Span<byte> target, int at)
    {
        source.CopyTo(target[at..]);
        return at + source.Length;
    }

    private static int Escape(ReadOnlySpan<byte> text, Span<byte> target)
    {
        Span<byte> escape = stackalloc byte[6];
        int written = 0;
        while (!text.IsEmpty)
        {
            int length = CharacterLength(text[0]);
            ReadOnlySpan<byte> piece = length == 1 && text[0] is < 0x20 or (byte)'"' or (byte)'\\'
                ? escape[..Escape(text[0], escape)]
                : text[..Math.Min(length, text.Length)];
            if (piece.Length > target.Length - written)
            {
                break;
            }

            piece.CopyTo(target[written..]);
            written += piece.Length;
            text = text[Math.Min(length, text.Length)..];
        }

        return written;
    }

    private static int Escape(byte value, Span<byte> target)
    {
        target[0] = (byte)'\\';
        byte letter = value switch
        {
            (byte)'\n' => (byte)'n',
            (byte)'\r' => (byte)'r',
            (byte)'\t' => (byte)'t',
            >= 0x20 => value,
            _ => (byte)'u',
        };
        target[1] = letter;
        if (letter != (byte)'u')
        {
            return 2;
        }

        target[2] = (byte)'0';
        target[3] = (byte)'0';
        target[4] = (byte)('0' + (value >> 4));
        target[5] = "0123456789abcdef"u8[value & 15];
        return 6;
    }

    private static int CharacterLength(byte lead) => lead switch
    {
        < 0xC0 => 1,
        < 0xE0 => 2,
        < 0xF0 => 3,
        _ => 4,
    };
}
