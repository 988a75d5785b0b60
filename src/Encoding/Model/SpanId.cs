using System.Buffers.Binary;
using System.Globalization;

namespace OpencodeOtel.Otlp.Model;

/// <summary>The 8 bytes that name a span within its trace; all zero means none.</summary>
public readonly record struct SpanId
{
    /// <summary>The length, in bytes.</summary>
    public const int Size = 8;

    private readonly ulong _value;

    /// <summary>Reads the first 8 bytes of <paramref name="bytes"/>.</summary>
    public SpanId(ReadOnlySpan<byte> bytes) => _value = BinaryPrimitives.ReadUInt64BigEndian(bytes);

    /// <summary>Gets a value indicating whether no span is named.</summary>
    public bool IsZero => _value == 0;

    /// <summary>Writes the 8 bytes to the start of <paramref name="target"/>.</summary>
    public void CopyTo(Span<byte> target) => BinaryPrimitives.WriteUInt64BigEndian(target, _value);

    /// <summary>The 16 lower-case hexadecimal digits.</summary>
    public override string ToString() => _value.ToString("x16", CultureInfo.InvariantCulture);
}
