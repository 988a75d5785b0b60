using System.Buffers;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace OpencodeOtel.Pipeline.Receiving.Reading;

/// <summary>Measures JSON strings and numbers.</summary>
internal static class JsonBytes
{
    private const byte Quote = (byte)'"';
    private const byte Backslash = (byte)'\\';
    private const int FirstPrintable = 0x20;

    private static readonly SearchValues<byte> Special = SearchValues.Create(
        [.. Enumerable.Range(0, FirstPrintable).Select(value => (byte)value), Quote, Backslash]);

    /// <summary>Measures a string.</summary>
    /// <param name="text">What follows its opening quote.</param>
    /// <param name="isEscaped">Whether it has escapes.</param>
    /// <returns>The length up to its closing quote; −1 when there is none, or what is before it is not allowed in a string.</returns>
    public static int StringLength(ReadOnlySpan<byte> text, out bool isEscaped)
    {
        isEscaped = false;
        int position = PlainLength(text);
        while ((uint)position < (uint)text.Length)
        {
            byte special = text[position];
            if (special == Quote)
            {
                return position;
            }

            int escape = special == Backslash ? EscapeLength(text[position..]) : 0;
            if (escape == 0)
            {
                return -1;
            }

            isEscaped = true;
            position += escape;
            position += PlainLength(text[position..]);
        }

        return -1;
    }

    /// <summary>Measures a number at the start of a text.</summary>
    /// <returns>0 when there is none.</returns>
    public static int NumberLength(ReadOnlySpan<byte> text)
    {
        int length = text is [(byte)'-', ..] ? 1 : 0;
        int digits = DigitsLength(text[length..]);
        if (digits == 0 || (digits > 1 && text[length] == (byte)'0'))
        {
            return 0;
        }

        length += digits;
        if ((uint)length < (uint)text.Length && text[length] == (byte)'.')
        {
            digits = DigitsLength(text[(length + 1)..]);
            if (digits == 0)
            {
                return 0;
            }

            length += 1 + digits;
        }

        if ((uint)length < (uint)text.Length && text[length] is (byte)'e' or (byte)'E')
        {
            int sign = text[(length + 1)..] is [(byte)'+' or (byte)'-', ..] ? 1 : 0;
            digits = DigitsLength(text[(length + 1 + sign)..]);
            if (digits == 0)
            {
                return 0;
            }

            length += 1 + sign + digits;
        }

        return length;
    }

    private static int DigitsLength(ReadOnlySpan<byte> text)
    {
        int length = 0;
        while ((uint)length < (uint)text.Length && (uint)(text[length] - '0') <= 9)
        {
            length++;
        }

        return length;
    }

    // Names and ids mostly end within the first two steps, which cost less than the call of the general search.
    private static int PlainLength(ReadOnlySpan<byte> text)
    {
        int position = 0;
        if (Vector128.IsHardwareAccelerated && text.Length >= 2 * Vector128<byte>.Count)
        {
            uint found = FindSpecial(text);
            if (found != 0)
            {
                return BitOperations.TrailingZeroCount(found);
            }

            found = FindSpecial(text[Vector128<byte>.Count..]);
            if (found != 0)
            {
                return Vector128<byte>.Count + BitOperations.TrailingZeroCount(found);
            }

            position = 2 * Vector128<byte>.Count;
        }

        int more = text[position..].IndexOfAny(Special);
        return more < 0 ? text.Length : position + more;
    }

    private static uint FindSpecial(ReadOnlySpan<byte> text)
    {
        Vector128<byte> bytes = Vector128.Create(text);
        Vector128<byte> special = Vector128.Equals(bytes, Vector128.Create(Quote))
            | Vector128.Equals(bytes, Vector128.Create(Backslash))
            | Vector128.LessThan(bytes, Vector128.Create((byte)FirstPrintable));
        return special.ExtractMostSignificantBits();
    }

    private static int EscapeLength(ReadOnlySpan<byte> text)
    {
        if (text.Length < 2)
        {
            return 0;
        }

        if (text[1] != (byte)'u')
        {
            return text[1] is Quote or Backslash or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t' ? 2 : 0;
        }

        return text.Length >= 6
            && char.IsAsciiHexDigit((char)text[2])
            && char.IsAsciiHexDigit((char)text[3])
            && char.IsAsciiHexDigit((char)text[4])
            && char.IsAsciiHexDigit((char)text[5]) ? 6 : 0;
    }
}
