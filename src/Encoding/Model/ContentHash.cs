using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Text.Unicode;

namespace OpencodeOtel.Otlp.Model;

/// <summary>A fast hash over the content of a text; the same for UTF-8 and for the UTF-16 that transcodes to it.</summary>
/// <remarks>
/// It is neither keyed nor cryptographic: it serves tables whose size is bounded. Eight bytes a step, multiplied and
/// rotated; the last step overlaps the one before, so that no byte is read alone.
/// </remarks>
internal static class ContentHash
{
    // Odd, with about half of the bits set: the fractional part of the golden ratio.
    private const ulong Factor = 0x9E37_79B9_7F4A_7C15;

    private const int StackBytes = 256;

    /// <summary>Hashes UTF-8.</summary>
    public static uint OfUtf8(ReadOnlySpan<byte> bytes)
    {
        ulong hash = (ulong)bytes.Length;
        if (bytes.Length >= sizeof(ulong))
        {
            ulong last = BinaryPrimitives.ReadUInt64LittleEndian(bytes[^sizeof(ulong)..]);
            while (bytes.Length > sizeof(ulong))
            {
                hash = Step(hash, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
                bytes = bytes[sizeof(ulong)..];
            }

            hash = Step(hash, last);
        }
        else if (bytes.Length >= sizeof(uint))
        {
            ulong last = BinaryPrimitives.ReadUInt32LittleEndian(bytes[^sizeof(uint)..]);
            hash = Step(hash, BinaryPrimitives.ReadUInt32LittleEndian(bytes) | (last << 32));
        }
        else if (bytes.Length > 0)
        {
            hash = Step(hash, bytes[0] | ((ulong)bytes[bytes.Length >> 1] << 8) | ((ulong)bytes[^1] << 16));
        }

        return Fold(hash);
    }

    /// <summary>Hashes the UTF-8 that <paramref name="text"/> transcodes to, lone surrogates as U+FFFD.</summary>
    public static uint OfUtf16(ReadOnlySpan<char> text)
    {
        int capacity = text.Length * 3;
        byte[]? rented = capacity > StackBytes ? ArrayPool<byte>.Shared.Rent(capacity) : null;
        Span<byte> buffer = rented ?? stackalloc byte[StackBytes];
        _ = Utf8.FromUtf16(text, buffer, out _, out int written);
        uint hash = OfUtf8(buffer[..written]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return hash;
    }

    /// <summary>Makes one hash of two; the order matters.</summary>
    public static uint Combine(uint first, uint second) => Fold((((ulong)first << 32) | second) * Factor);

    /// <summary>Hashes a number.</summary>
    public static uint OfBits(ulong bits) => Fold(bits * Factor);

    private static ulong Step(ulong hash, ulong word) => BitOperations.RotateLeft((hash ^ word) * Factor, 29);

    // The product's high bits depend on all of its input, its low bits on few.
    private static uint Fold(ulong hash) => (uint)(hash ^ (hash >> 32));
}
