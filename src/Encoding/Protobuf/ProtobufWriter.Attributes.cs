using System.Diagnostics;
using System.Runtime.CompilerServices;
using OpencodeOtel.Otlp.Messages;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Otlp.Schema;

namespace OpencodeOtel.Otlp.Protobuf;

/// <summary>Attributes in one step: a short one is a single check of what is free, and every byte is known where it goes.</summary>
internal ref partial struct ProtobufWriter
{
    private const int LongestShort = 0x7F; // the longest content whose length is one byte

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteTextAttribute(Field list, Field key, Field value, Field text, in KeyValue attribute)
    {
        // E l K k key V l T t text, where every length is one byte.
        Debug.Assert(list.Number < 16, "The tags around attributes are one byte.");
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

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteIntAttribute(Field list, Field key, Field value, Field number, in KeyValue attribute)
    {
        // E l K k key V l N number, as above.
        OtlpString keyText = attribute.Key;
        ulong bits = (ulong)attribute.Value.Int;
        int k = keyText.Length;
        int n = Varint.Size(bits);
        int length = 7 + k + n;
        Span<byte> target = _free;
        if (length - 2 <= LongestShort && k != 0 && length <= target.Length && TryCopy(keyText, target.Slice(4, k)))
        {
            target[0] = (byte)list.Tag;
            target[1] = (byte)(length - 2);
            target[2] = (byte)key.Tag;
            target[3] = (byte)k;
            Span<byte> tail = target[(4 + k)..];
            tail[0] = (byte)value.Tag;
            tail[1] = (byte)(n + 1);
            tail[2] = (byte)number.Tag;
            Varint.Write(tail[3..], bits);
            _free = target[length..];
            return;
        }

        WriteLongIntAttribute(list.Tag, key.Tag, value.Tag, number.Tag, attribute);
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
    private void WriteLongIntAttribute(uint list, uint key, uint value, uint number, in KeyValue attribute)
    {
        OtlpString keyText = attribute.Key;
        Mark item = Begin(list, Varint.Size((uint)keyText.Length + Varint.MaxSize));
        if (!keyText.IsEmpty)
        {
            WriteText(key, keyText);
        }

        Mark message = Begin(value, 1);
        WriteVarint(number, (ulong)attribute.Value.Int);
        EndMessage(message);
        EndMessage(item);
    }
}
