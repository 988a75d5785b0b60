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
    private Span<byte> _buffer; // empty once something did not fit
    private Span<byte> _free; // what is left of it
    private long _origin; // the position is this less what is free: the buffer's length, or a mere count once it is empty
    private long _highest;

    /// <inheritdoc/>
    public static WireForm Form => WireForm.Protobuf;

    /// <inheritdoc/>
    public readonly long Length => Position;

    /// <inheritdoc/>
    public readonly long BytesRequired => Math.Max(Position, _highest);

    /// <inheritdoc/>
    public readonly bool Fits => _origin == _buffer.Length;

    private readonly long Position => _origin - _free.Length;

    /// <inheritdoc/>
    public void Use(Span<byte> buffer)
    {
        _buffer = buffer;
        _free = buffer;
        _origin = buffer.Length;
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
    public void WriteTraceId(Field field, TraceId value)
    {
        if (TryReserve(TagSize(field.Tag) + 1 + TraceId.Size, out Span<byte> target))
        {
            int at = WriteTag(target, field.Tag);
            target[at] = TraceId.Size;
            value.CopyTo(target[(at + 1)..]);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteSpanId(Field field, SpanId value)
    {
        if (TryReserve(TagSize(field.Tag) + 1 + SpanId.Size, out Span<byte> target))
        {
            int at = WriteTag(target, field.Tag);
            target[at] = SpanId.Size;
            value.CopyTo(target[(at + 1)..]);
        }
    }

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
    public void WriteFixed32(Field field, uint value)
    {
        if (TryReserve(TagSize(field.Tag) + sizeof(uint), out Span<byte> target))
        {
            int at = WriteTag(target, field.Tag);
            BinaryPrimitives.WriteUInt32LittleEndian(target[at..], value);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteFixed64(Field field, ulong value)
    {
        if (TryReserve(TagSize(field.Tag) + sizeof(ulong), out Span<byte> target))
        {
            int at = WriteTag(target, field.Tag);
            BinaryPrimitives.WriteUInt64LittleEndian(target[at..], value);
        }
    }

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
    public Mark BeginItem(Field field, int expectedLength) => Begin(field.Tag, Varint.Size((uint)expectedLength));

    /// <inheritdoc/>
    public void EndMessage(Mark mark)
    {
        ulong length = (ulong)(Position - mark.Content);
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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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
    private static int WriteTag(Span<byte> target, uint tag)
    {
        if (tag < 0x80)
        {
            target[0] = (byte)tag;
            return 1;
        }

        Debug.Assert(tag < 0x4000, "OTLP has no field number that needs a longer tag.");
        target[0] = (byte)(tag | 0x80);
        target[1] = (byte)(tag >> 7);
        return 2;
    }

    private Mark Begin(uint tag, int width)
    {
        if (TryReserve(TagSize(tag) + width, out Span<byte> target))
        {
            WriteTag(target, tag);
        }

        return new Mark(Position, width);
    }

    private void WriteVarint(uint tag, ulong value)
    {
        if (TryReserve(TagSize(tag) + Varint.Size(value), out Span<byte> target))
        {
            int at = WriteTag(target, tag);
            Varint.Write(target[at..], value);
        }
    }

    private void WriteDelimited(uint tag, ReadOnlySpan<byte> value)
    {
        if (TryReserve((long)TagSize(tag) + Varint.Size((uint)value.Length) + value.Length, out Span<byte> target))
        {
            target = target[WriteTag(target, tag)..];
            target = target[Varint.Write(target, (uint)value.Length)..];
            value.CopyTo(target);
        }
    }

    /// <summary>Takes the next bytes; the target is what is free, which may be more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryReserve(int count, out Span<byte> target)
    {
        Span<byte> free = _free;
        target = free;
        if (count <= free.Length)
        {
            _free = free[count..];
            return true;
        }

        Overflow(count);
        return false;
    }

    private bool TryReserve(long count, out Span<byte> target)
    {
        Span<byte> free = _free;
        target = free;
        if (count <= free.Length)
        {
            _free = free[(int)count..];
            return true;
        }

        Overflow(count);
        return false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Overflow(long count)
    {
        // Never again: what follows is only counted, even where a move back would make it fit.
        _origin = Position + count;
        _buffer = default;
        _free = default;
    }

    private void Move(Mark mark, int difference)
    {
        long end = Position;
        _highest = Math.Max(_highest, end);
        if (!Fits || end + difference > _buffer.Length)
        {
            Overflow(difference);
            return;
        }

        Span<byte> content = _buffer[(int)mark.Content..(int)end];
        content.CopyTo(_buffer[(int)(mark.Content + difference)..]);
        _free = _buffer[(int)(end + difference)..];
    }
}
