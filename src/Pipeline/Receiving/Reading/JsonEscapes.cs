using System.Globalization;
using System.Text;

namespace OpencodeOtel.Pipeline.Receiving.Reading;

/// <summary>The escapes of JSON strings, decoded into UTF-8 or counted, without allocating.</summary>
/// <remarks>
/// The standard library throws on a lone surrogate escape, which opencode may well send: JavaScript cuts texts
/// between the halves of a pair. Here it becomes U+FFFD. Escapes: <see href="https://www.rfc-editor.org/rfc/rfc8259#section-7"/>.
/// </remarks>
internal static class JsonEscapes
{
    private const byte Backslash = (byte)'\\';
    private const int UnicodeEscapeLength = 6;

    /// <summary>Gets the number of UTF-8 bytes of a string, given as it stands between its quotes.</summary>
    public static int Utf8Length(ReadOnlySpan<byte> raw)
    {
        int length = 0;
        while (true)
        {
            int plain = raw.IndexOf(Backslash);
            if (plain < 0)
            {
                return length + raw.Length;
            }

            raw = raw[(plain + Decode(raw[plain..], out Rune rune))..];
            length += plain + rune.Utf8SequenceLength;
        }
    }

    /// <summary>Gets the number of UTF-16 units of a string, given as it stands between its quotes.</summary>
    public static int Utf16Length(ReadOnlySpan<byte> raw)
    {
        int length = 0;
        while (true)
        {
            int plain = raw.IndexOf(Backslash);
            if (plain < 0)
            {
                return length + Encoding.UTF8.GetCharCount(raw);
            }

            length += Encoding.UTF8.GetCharCount(raw[..plain]);
            raw = raw[(plain + Decode(raw[plain..], out Rune rune))..];
            length += rune.Utf16SequenceLength;
        }
    }

    /// <summary>Writes the string, given as it stands between its quotes: as many whole characters from its start as there is room for.</summary>
    /// <returns>The number of bytes written.</returns>
    public static int Copy(ReadOnlySpan<byte> raw, Span<byte> destination)
    {
        int written = 0;
        while (true)
        {
            int plain = raw.IndexOf(Backslash);
            int whole = plain < 0 ? raw.Length : plain;
            int copied = CopyPlain(raw[..whole], destination[written..]);
            written += copied;
            if (plain < 0 || copied < whole)
            {
                return written;
            }

            raw = raw[(plain + Decode(raw[plain..], out Rune rune))..];
            if (!rune.TryEncodeToUtf8(destination[written..], out int encoded))
            {
                return written;
            }

            written += encoded;
        }
    }

    private static int CopyPlain(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        int length = text.Length;
        if (length > destination.Length)
        {
            length = destination.Length;
            while (length > 0 && (text[length] & 0xC0) == 0x80)
            {
                length--;
            }
        }

        text[..length].CopyTo(destination);
        return length;
    }

    // The reader has found the text well-formed; what it would have refused becomes U+FFFD all the same, so that no input throws here.
    private static int Decode(ReadOnlySpan<byte> raw, out Rune rune)
    {
        byte kind = raw.Length > 1 ? raw[1] : (byte)0;
        if (kind == 'u')
        {
            return DecodeUnicode(raw, out rune);
        }

        rune = kind switch
        {
            (byte)'"' or (byte)'\\' or (byte)'/' => new Rune((char)kind),
            (byte)'b' => new Rune('\b'),
            (byte)'f' => new Rune('\f'),
            (byte)'n' => new Rune('\n'),
            (byte)'r' => new Rune('\r'),
            (byte)'t' => new Rune('\t'),
            _ => Rune.ReplacementChar,
        };
        return Math.Min(2, raw.Length);
    }

    private static int DecodeUnicode(ReadOnlySpan<byte> raw, out Rune rune)
    {
        if (!TryReadUnit(raw, out char unit))
        {
            rune = Rune.ReplacementChar;
            return Math.Min(UnicodeEscapeLength, raw.Length);
        }

        if (char.IsHighSurrogate(unit)
            && TryReadUnit(raw[UnicodeEscapeLength..], out char low)
            && Rune.TryCreate(unit, low, out rune))
        {
            return 2 * UnicodeEscapeLength;
        }

        if (!Rune.TryCreate(unit, out rune))
        {
            rune = Rune.ReplacementChar;
        }

        return UnicodeEscapeLength;
    }

    private static bool TryReadUnit(ReadOnlySpan<byte> raw, out char unit)
    {
        unit = default;
        if (raw.Length < UnicodeEscapeLength
            || raw[0] != Backslash
            || raw[1] != (byte)'u'
            || !ushort.TryParse(raw.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort value))
        {
            return false;
        }

        unit = (char)value;
        return true;
    }
}
