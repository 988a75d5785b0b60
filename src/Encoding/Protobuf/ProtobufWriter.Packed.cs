using System.Buffers.Binary;
using System.Runtime.Intrinsics;
using OpencodeOtel.Otlp.Schema;

namespace OpencodeOtel.Otlp.Protobuf;

/// <summary>Packed lists: one length, then the values without tags.</summary>
internal ref partial struct ProtobufWriter
{
    /// <inheritdoc/>
    public void WritePackedFixed64(Field field, ReadOnlySpan<ulong> values)
    {
        if (TryReservePacked(field.Tag, (long)values.Length * sizeof(ulong), out Span<byte> target))
        {
            int index = 0;
            if (BitConverter.IsLittleEndian)
            {
                for (; index <= values.Length - Vector256<ulong>.Count; index += Vector256<ulong>.Count)
                {
                    Vector256.Create(values[index..]).AsByte().CopyTo(target[(index * sizeof(ulong))..]);
                }
            }

            for (; index < values.Length; index++)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(target[(index * sizeof(ulong))..], values[index]);
            }
        }
    }

    /// <inheritdoc/>
    public void WritePackedDouble(Field field, ReadOnlySpan<double> values)
    {
        if (TryReservePacked(field.Tag, (long)values.Length * sizeof(double), out Span<byte> target))
        {
            int index = 0;
            if (BitConverter.IsLittleEndian)
            {
                for (; index <= values.Length - Vector256<double>.Count; index += Vector256<double>.Count)
                {
                    Vector256.Create(values[index..]).AsByte().CopyTo(target[(index * sizeof(double))..]);
                }
            }

            for (; index < values.Length; index++)
            {
                BinaryPrimitives.WriteDoubleLittleEndian(target[(index * sizeof(double))..], values[index]);
            }
        }
    }

    /// <inheritdoc/>
    public void WritePackedUInt64(Field field, ReadOnlySpan<ulong> values)
    {
        long size = 0;
        foreach (ulong value in values)
        {
            size += Varint.Size(value);
        }

        if (TryReservePacked(field.Tag, size, out Span<byte> target))
        {
            foreach (ulong value in values)
            {
                target = target[Varint.Write(target, value)..];
            }
        }
    }

    private bool TryReservePacked(uint tag, long size, out Span<byte> values)
    {
        if (!TryReserve(TagSize(tag) + Varint.Size((ulong)size) + size, out values))
        {
            return false;
        }

        values = values[WriteTag(values, tag)..];
        values = values[Varint.Write(values, (ulong)size)..];
        return true;
    }
}
