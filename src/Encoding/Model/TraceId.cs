using System.Buffers.Binary;
using System.Globalization;

namespace OpencodeOtel.Otlp.Model;

/// <summary>The 16 bytes that name a trace; all zero means none.</summary>
public readonly record struct TraceId
{
    /// <summary>The length, in bytes.</summary>
    public const int Size = 16;

    private readonly ulong _high;
    private readonly ulong _low;

    /// <summary>Reads the first 16 bytes of <paramref name="bytes"/>.</summary>
    public TraceId(ReadOnlySpan<byte> bytes)
    {
        _high = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _low = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
    }

    /// <summary>Gets a value indicating whether no trace is named.</summary>
    public bool IsZero => (_high | _low) == 0;

    /// <summary>Writes the 16 bytes to the start of <paramref name="target"/>.</summary>
    public void CopyTo(Span<byte> target)
    {
        BinaryPrimitives.WriteUInt64BigEndian(target, _high);
        BinaryPrimitives.WriteUInt64BigEndian(target[8..], _low);
    }

    /// <summary>The 32 lower-case hexadecimal digits.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{_high:x16}{_low:x16}");
}
