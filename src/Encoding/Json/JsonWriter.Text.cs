using System.Buffers;
using System.Text;
using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Otlp.Json;

/// <summary>JSON strings: copied when nothing needs an escape, else run by run.</summary>
internal ref partial struct JsonWriter
{
    private static readonly SearchValues<byte> EscapedBytes = SearchValues.Create(
        "\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u0009\u000A\u000B\u000C\u000D\u000E\u000F"u8
        + "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F\"\\"u8);

    private static readonly SearchValues<char> EscapedChars = SearchValues.Create(
        "\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u0009\u000A\u000B\u000C\u000D\u000E\u000F"
        + "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F\"\\");

    private void WriteText(in OtlpString value)
    {
        long end = _position + value.Length + 3;
        if (end <= _buffer.Length)
        {
            Span<byte> target = _buffer.Slice((int)_position, value.Length + 3);
            Span<byte> content = target[1..^2];
            if (TryCopy(value, content) && !content.ContainsAny(EscapedBytes))
            {
                Quote(target);
                _position = end;
                return;
            }
        }

        WriteRaw("\""u8);
        if (value.IsUtf16)
        {
            WriteRuns(value.Utf16);
        }
        else
        {
            WriteRuns(value.Utf8);
        }

        WriteRaw("\","u8);
    }

    private static bool TryCopy(in OtlpString value, Span<byte> target)
    {
        if (value.IsUtf16)
        {
            return Ascii.FromUtf16(value.Utf16, target, out _) == OperationStatus.Done;
        }

        value.Utf8.CopyTo(target);
        return true;
    }

    private void WriteRuns(ReadOnlySpan<byte> text)
    {
        int run;
        while ((run = text.IndexOfAny(EscapedBytes)) >= 0)
        {
            WriteRaw(text[..run]);
            WriteEscape(text[run]);
            text = text[(run + 1)..];
        }

        WriteRaw(text);
    }

    private void WriteRuns(ReadOnlySpan<char> text)
    {
        int run;
        while ((run = text.IndexOfAny(EscapedChars)) >= 0)
        {
            WriteTranscoded(text[..run]); // An escaped character is ASCII, so no surrogate pair is cut.
            WriteEscape((byte)text[run]);
            text = text[(run + 1)..];
        }

        WriteTranscoded(text);
    }

    private void WriteTranscoded(ReadOnlySpan<char> text)
    {
        if (TryReserve(Encoding.UTF8.GetByteCount(text), out Span<byte> target))
        {
            Encoding.UTF8.GetBytes(text, target);
        }
    }

    private void WriteEscape(byte value)
    {
        byte letter = value switch
        {
            (byte)'"' or (byte)'\\' => value,
            (byte)'\n' => (byte)'n',
            (byte)'\r' => (byte)'r',
            (byte)'\t' => (byte)'t',
            (byte)'\b' => (byte)'b',
            (byte)'\f' => (byte)'f',
            _ => (byte)'u',
        };
        WriteRaw([(byte)'\\', letter]);
        if (letter == 'u' && TryReserve(4, out Span<byte> target))
        {
            "00"u8.CopyTo(target);
            Convert.TryToHexStringLower([value], target[2..], out _);
        }
    }
}
