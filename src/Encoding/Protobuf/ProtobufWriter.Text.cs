using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Otlp.Schema;

namespace OpencodeOtel.Otlp.Protobuf;

/// <summary>Strings: nearly all are ASCII or ready UTF-8, whose size is known before they are written.</summary>
internal ref partial struct ProtobufWriter
{
    private const int LongestShort = 0x7F; // the longest content whose length is one byte

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteTextEntry(Field entry, Field key, in OtlpString keyText, Field value, Field text, in OtlpString valueText)
    {
        // E l K l key V l T l text, where every length is one byte.
        int k = keyText.Length;
        int v = valueText.Length;
        int length = 8 + k + v;
        if (length - 2 <= LongestShort && k != 0 && _position + length <= _buffer.Length)
        {
            Span<byte> target = _buffer.Slice((int)_position, length);
            target[0] = (byte)entry.Tag;
            target[1] = (byte)(length - 2);
            target[2] = (byte)key.Tag;
            target[3] = (byte)k;
            Span<byte> tail = target[(4 + k)..];
            tail[0] = (byte)value.Tag;
            tail[1] = (byte)(v + 2);
            tail[2] = (byte)text.Tag;
            tail[3] = (byte)v;
            if (TryCopy(keyText, target.Slice(4, k)) && TryCopy(valueText, tail[4..]))
            {
                _position += length;
                return;
            }
        }

        WriteLongTextEntry(entry, key, keyText, value, text, valueText);
    }

    /// <summary>Copies a text whose UTF-8 is as long as the target; <see langword="false"/> when it is not, with anything in the target.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryCopy(in OtlpString value, Span<byte> target)
    {
        if (value.IsUtf16)
        {
            return Ascii.FromUtf16(value.Utf16, target, out _) == OperationStatus.Done;
        }

        value.Utf8.CopyTo(target);
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WriteLongTextEntry(Field entry, Field key, in OtlpString keyText, Field value, Field text, in OtlpString valueText)
    {
        int likely = valueText.Length + 1 + Varint.Size((uint)valueText.Length);
        var item = BeginItem(entry, keyText.Length + likely + 4);
        if (!keyText.IsEmpty)
        {
            WriteText(key.Tag, keyText);
        }

        var message = BeginMessage(value, likely);
        WriteText(text.Tag, valueText);
        EndMessage(message);
        EndMessage(item);
    }

    private void WriteText(uint tag, in OtlpString value)
    {
        if (!value.IsUtf16)
        {
            WriteDelimited(tag, value.Utf8);
            return;
        }

        ReadOnlySpan<char> text = value.Utf16;
        int tagSize = TagSize(tag);
        int prefix = tagSize + Varint.Size((uint)text.Length);
        long end = _position + prefix + text.Length;
        if (end <= _buffer.Length
            && Ascii.FromUtf16(text, _buffer.Slice((int)_position + prefix, text.Length), out _) == OperationStatus.Done)
        {
            Span<byte> target = _buffer[(int)_position..];
            WriteTag(target, tag);
            Varint.Write(target[tagSize..], (uint)text.Length);
            _position = end;
            return;
        }

        WriteTranscoded(tag, text);
    }

    private void WriteTranscoded(uint tag, ReadOnlySpan<char> text)
    {
        int tagSize = TagSize(tag);
        int length = Encoding.UTF8.GetByteCount(text);
        int prefix = tagSize + Varint.Size((uint)length);
        if (TryReserve((long)prefix + length, out Span<byte> target))
        {
            WriteTag(target, tag);
            Varint.Write(target[tagSize..], (uint)length);
            Encoding.UTF8.GetBytes(text, target[prefix..]);
        }
    }
}
