using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using OpencodeOtel.Otlp.Messages;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Otlp.Schema;

namespace OpencodeOtel.Otlp.Protobuf;

/// <summary>Strings: nearly all are ASCII or ready UTF-8, whose size is known before they are written.</summary>
internal ref partial struct ProtobufWriter
{
    private const int LongestShort = 0x7F; // the longest content whose length is one byte

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteTextAttribute(Field list, Field key, Field value, Field text, in KeyValue attribute)
    {
        // E l K k key V l T t text, where every length is one byte.
        OtlpString keyText = attribute.Key;
        OtlpString valueText = attribute.Value.Text;
        int k = keyText.Length;
        int t = valueText.Length;
        int length = 8 + k + t;
        Span<byte> target = _free;
        if (length - 2 <= LongestShort && k != 0 && length <= target.Length)
        {
            target[0] = (byte)list.Tag;
            target[1] = (byte)(length - 2);
            target[2] = (byte)key.Tag;
            target[3] = (byte)k;
            Span<byte> tail = target[(4 + k)..];
            tail[0] = (byte)value.Tag;
            tail[1] = (byte)(t + 2);
            tail[2] = (byte)text.Tag;
            tail[3] = (byte)t;
            if (TryCopy(keyText, target.Slice(4, k)) && TryCopy(valueText, tail.Slice(4, t)))
            {
                _free = target[length..];
                return;
            }
        }

        WriteLongTextAttribute(list.Tag, key.Tag, value.Tag, text.Tag, attribute);
    }

    /// <summary>Copies a text whose UTF-8 is as long as the target; <see langword="false"/> when it is not, with anything in the target.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryCopy(OtlpString value, Span<byte> target)
    {
        if (value.IsUtf16)
        {
            return Ascii.FromUtf16(value.Utf16, target, out _) == OperationStatus.Done;
        }

        value.Utf8.CopyTo(target);
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WriteLongTextAttribute(uint list, uint key, uint value, uint text, in KeyValue attribute)
    {
        OtlpString keyText = attribute.Key;
        OtlpString valueText = attribute.Value.Text;
        int likely = valueText.Length + 1 + Varint.Size((uint)valueText.Length);
        Mark item = Begin(list, Varint.Size((uint)(keyText.Length + likely + 4)));
        if (!keyText.IsEmpty)
        {
            WriteText(key, keyText);
        }

        Mark message = Begin(value, Varint.Size((uint)likely));
        WriteText(text, valueText);
        EndMessage(message);
        EndMessage(item);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WriteText(uint tag, in OtlpString value)
    {
        if (!value.IsUtf16)
        {
            WriteDelimited(tag, value.Utf8);
            return;
        }

        ReadOnlySpan<char> text = value.Utf16;
        int prefix = TagSize(tag) + Varint.Size((uint)text.Length);
        Span<byte> target = _free;
        if ((long)prefix + text.Length <= target.Length
            && Ascii.FromUtf16(text, target.Slice(prefix, text.Length), out _) == OperationStatus.Done)
        {
            int at = WriteTag(target, tag);
            Varint.Write(target[at..], (uint)text.Length);
            _free = target[(prefix + text.Length)..];
            return;
        }

        WriteTranscoded(tag, text);
    }

    private void WriteTranscoded(uint tag, ReadOnlySpan<char> text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        if (TryReserve((long)TagSize(tag) + Varint.Size((uint)length) + length, out Span<byte> target))
        {
            target = target[WriteTag(target, tag)..];
            target = target[Varint.Write(target, (uint)length)..];
            Encoding.UTF8.GetBytes(text, target);
        }
    }
}
