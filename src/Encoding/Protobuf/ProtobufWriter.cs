using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using OpencodeOtel.Otlp.Messages;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Otlp.Schema;

namespace OpencodeOtel.Otlp.Protobuf;

/// <summary>Writes canonical protobuf: the shortest lengths, no padding, the same bytes for the same message.</summary>
/// <remarks>
/// The length of a message is known when it closes. Room for it is kept by what the encoder expects; a message that
/// needs another width is moved by the difference. Wire format: <see href="https://protobuf.dev/programming-guides/encoding/"/>.
/// </remarks>
internal ref partial struct ProtobufWriter : IOtlpWriter
{
    private Span<byte> _buffer;
    private long _position;
    private long _highest;

    /// <inheritdoc/>
    public static WireForm Form => WireForm.Protobuf;

    /// <inheritdoc/>
    public readonly long Length => _position;

    /// <inheritdoc/>
    public readonly long BytesRequired => Math.Max(_position, _highest);

    /// <inheritdoc/>
    public readonly bool Fits => _position <= _buffer.Length;

    /// <inheritdoc/>
    public void Use(Span<byte> buffer)
    {
        _buffer = buffer;
        _position = 0;
        _highest = 0;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteString(Field field, in OtlpString value) => WriteText(field.Tag, value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteStringItem(Field field, in OtlpString value) => WriteText(field.Tag, value);

    /// <inheritdoc/>
    public void WriteBytes(Field field, ReadOnlySpan<byte> value) => WriteDelimited(field.Tag, value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteTraceId(Field field, TraceId value) => WriteId(field.Tag, value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteSpanId(Field field, SpanId value) => WriteId(field.Tag, value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteBool(Field field, bool value) => WriteVarint(field.Tag, value ? 1u : 0u);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteEnum(Field field, int value) => WriteVarint(field.Tag, (ulong)value); // int32: a negative one is sign-extended

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteUInt32(Field field, uint value) => WriteVarint(field.Tag, value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteSInt32(Field field, int value) => WriteVarint(field.Tag, Varint.ZigZag(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteInt64(Field field, long value) => WriteVarint(field.Tag, (ulong)value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteFixed32(Field field, uint value) => WriteFixed(field.Tag, value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteFixed64(Field field, ulong value) => WriteFixed(field.Tag, value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteSFixed64(Field field, long value) => WriteFixed64(field, (ulong)value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteDouble(Field field, double value) => WriteFixed64(field, BitConverter.DoubleToUInt64Bits(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Mark BeginMessage(Field field, int expectedLength) => Begin(field.Tag, Varint.Size((uint)expectedLength));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Mark BeginItem(Field field, int expectedLength) => BeginMessage(field, expectedLength);

    /// <inheritdoc/>
    public void EndMessage(Mark mark)
    {
        ulong length = (ulong)(_position - mark.Content);
        int width = Varint.Size(length);
        if (width != mark.Width)
        {
            Move(mark, width - mark.Width);
        }

        if (Fits)
        {
            Varint.Write(_buffer[(int)(mark.Content - mark.Width)..], length);
        }
    }

    /// <inheritdoc/>
    public readonly Mark BeginList(Field field) => default; // A repeated message is its items, one after the other.

    /// <inheritdoc/>
    public readonly void EndList(Mark mark)
    {
    }

    /// <inheritdoc/>
    public void WriteEncoded(ReadOnlySpan<byte> fields)
    {
        if (TryReserve(fields.Length, out Span<byte> target))
        {
            fields.CopyTo(target);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int TagSize(uint tag) => tag < 0x80 ? 1 : 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteTag(Span<byte> target, uint tag)
    {
        if (tag < 0x80)
        {
            target[0] = (byte)tag;
            return;
        }

        Debug.Assert(tag < 0x4000, "OTLP has no field number that needs a longer tag.");
        target[1] = (byte)(tag >> 7);
        target[0] = (byte)(tag | 0x80);
    }

    private Mark Begin(uint tag, int width)
    {
        if (TryReserve(TagSize(tag) + width, out Span<byte> target))
        {
            WriteTag(target, tag);
        }

        return new Mark(_position, width);
    }

    private void WriteId(uint tag, TraceId value)
    {
        int tagSize = TagSize(tag);
        if (TryReserve(tagSize + 1 + TraceId.Size, out Span<byte> target))
        {
            WriteTag(target, tag);
            target[tagSize] = TraceId.Size;
            value.CopyTo(target[(tagSize + 1)..]);
        }
    }

    private void WriteId(uint tag, SpanId value)
    {
        int tagSize = TagSize(tag);
        if (TryReserve(tagSize + 1 + SpanId.Size, out Span<byte> target))
        {
            WriteTag(target, tag);
            target[tagSize] = SpanId.Size;
            value.CopyTo(target[(tagSize + 1)..]);
        }
    }

    private void WriteFixed(uint tag, uint value)
    {
        int tagSize = TagSize(tag);
        if (TryReserve(tagSize + sizeof(uint), out Span<byte> target))
        {
            WriteTag(target, tag);
            BinaryPrimitives.WriteUInt32LittleEndian(target[tagSize..], value);
        }
    }

    private void WriteFixed(uint tag, ulong value)
    {
        int tagSize = TagSize(tag);
        if (TryReserve(tagSize + sizeof(ulong), out Span<byte> target))
        {
            WriteTag(target, tag);
            BinaryPrimitives.WriteUInt64LittleEndian(target[tagSize..], value);
        }
    }

    private void WriteVarint(uint tag, ulong value)
    {
        int size = TagSize(tag);
        if (TryReserve(size + Varint.Size(value), out Span<byte> target))
        {
            WriteTag(target, tag);
            Varint.Write(target[size..], value);
        }
    }

    private void WriteDelimited(uint tag, ReadOnlySpan<byte> value)
    {
        int tagSize = TagSize(tag);
        int prefix = tagSize + Varint.Size((uint)value.Length);
        if (TryReserve(prefix + value.Length, out Span<byte> target))
        {
            WriteTag(target, tag);
            Varint.Write(target[tagSize..], (uint)value.Length);
            value.CopyTo(target[prefix..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryReserve(long count, out Span<byte> target)
    {
        long start = _position;
        long end = start + count;
        _position = end;
        if (end <= _buffer.Length)
        {
            target = _buffer.Slice((int)start, (int)count);
            return true;
        }

        _buffer = default; // Never again: what follows is only counted, even where a move back would make it fit.
        target = default;
        return false;
    }

    private void Move(Mark mark, int difference)
    {
        int length = (int)(_position - mark.Content);
        _highest = Math.Max(_highest, _position);
        bool fitted = Fits;
        _position += difference;
        if (!Fits)
        {
            _buffer = default;
        }
        else if (fitted)
        {
            Span<byte> content = _buffer.Slice((int)mark.Content, length);
            content.CopyTo(_buffer[(int)(mark.Content + difference)..]);
        }
    }
}
