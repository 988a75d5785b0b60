using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Otlp.Protobuf;

/// <summary>Strings: nearly all are ASCII or ready UTF-8, whose size is known before they are written.</summary>
internal ref partial struct ProtobufWriter
{
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
