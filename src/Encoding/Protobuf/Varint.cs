using System.Numerics;
using System.Runtime.CompilerServices;

namespace OpencodeOtel.Otlp.Protobuf;

/// <summary>Base-128 numbers, always in the fewest bytes.</summary>
/// <remarks><see href="https://protobuf.dev/programming-guides/encoding/#varints"/>.</remarks>
internal static class Varint
{
    /// <summary>The longest varint, in bytes.</summary>
    public const int MaxSize = 10;

    /// <summary>Gives the size in bytes, 1 to 10.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Size(ulong value) => ((BitOperations.Log2(value | 1) * 9) + 73) >> 6; // ⌊log2 / 7⌋ + 1 without a division

    /// <summary>Writes the number to the start of <paramref name="target"/>, which has room for it, and returns its size.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Write(Span<byte> target, ulong value)
    {
        if (value < 0x80)
        {
            target[0] = (byte)value;
            return 1;
        }

        return WriteLong(target, value);
    }

    /// <summary>Maps small negative numbers to small positive ones: <c>sint32</c>.</summary>
    public static uint ZigZag(int value) => (uint)((value << 1) ^ (value >> 31));

    private static int WriteLong(Span<byte> target, ulong value)
    {
        int index = 0;
        while (value >= 0x80)
        {
            target[index++] = (byte)(value | 0x80);
            value >>= 7;
        }

        target[index++] = (byte)value;
        return index;
    }
}
