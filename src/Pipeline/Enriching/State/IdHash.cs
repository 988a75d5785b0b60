using System.Buffers.Binary;

namespace OpencodeOtel.Pipeline.Enriching.State;

/// <summary>An id as 128 well-mixed bits, which stand for it as a key: no allocation, and no two ids of one process share them.</summary>
/// <remarks>Only for lookups within this process; what is exported is derived by <see cref="Emitting.SpanIds"/>.</remarks>
internal readonly record struct IdHash(ulong High, ulong Low)
{
    private const ulong Odd1 = 0x9E3779B97F4A7C15;
    private const ulong Odd2 = 0xC2B2AE3D27D4EB4F;
    private const ulong Odd3 = 0x165667B19E3779F9;
    private const ulong Odd4 = 0xD6E8FEB86659FD93;

    /// <summary>The key of a session.</summary>
    public static IdHash OfSession(ReadOnlySpan<byte> id) => new IdHash(Odd3, Odd4).Append(IdKind.Session, id);

    /// <summary>The key of something within what this one is the key of: the session is part of its name, so are kind and length.</summary>
    public IdHash Append(IdKind kind, ReadOnlySpan<byte> id)
    {
        ulong length = (ulong)id.Length;
        ulong high = High ^ (length * Odd3);
        ulong low = Low ^ ((ulong)kind * Odd4);
        while (id.Length >= 16)
        {
            ulong first = BinaryPrimitives.ReadUInt64LittleEndian(id);
            ulong second = BinaryPrimitives.ReadUInt64LittleEndian(id[8..]);
            high = Mix(first ^ Odd1, second ^ high);
            low = Mix(second ^ Odd2, first ^ low);
            id = id[16..];
        }

        Span<byte> tail = stackalloc byte[16];
        tail.Clear();
        id.CopyTo(tail);
        ulong last = BinaryPrimitives.ReadUInt64LittleEndian(tail);
        ulong rest = BinaryPrimitives.ReadUInt64LittleEndian(tail[8..]);
        high = Mix(last ^ Odd1, rest ^ high);
        low = Mix(rest ^ Odd2, last ^ low);
        return new IdHash(Mix(high ^ Odd3, low ^ Odd1 ^ length), Mix(low ^ Odd4, high ^ Odd2));
    }

    /// <inheritdoc/>
    public override int GetHashCode() => (int)Low;

    private static ulong Mix(ulong left, ulong right)
    {
        ulong high = Math.BigMul(left, right, out ulong low);
        return high ^ low;
    }
}
