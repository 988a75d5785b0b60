using System.Numerics;

namespace OpencodeOtel.Pipeline.Tests.Aggregating;

/// <summary>The bucket of a value in a base-2 exponential histogram, with integers of any size instead of a logarithm.</summary>
internal static class ExactIndex
{
    private const int Digits = 256;
    private static readonly BigInteger One = BigInteger.One << Digits;

    /// <summary>Gets the index; the value is positive.</summary>
    public static long Of(double value, int scale)
    {
        (BigInteger mantissa, int exponent) = Split(value);
        if (mantissa == One)
        {
            return scale >= 0 ? ((long)exponent << scale) - 1 : (exponent - 1L) >> -scale;
        }

        // Squaring doubles a logarithm: each time the mantissa passes two, its next binary digit is one.
        long index = exponent;
        for (int digit = 0; digit < scale; digit++)
        {
            mantissa = (mantissa * mantissa) >> Digits;
            bool passed = mantissa >= One * 2;
            mantissa = passed ? mantissa >> 1 : mantissa;
            index = (index << 1) + (passed ? 1 : 0);
        }

        return scale >= 0 ? index : index >> -scale;
    }

    /// <summary>A value as a mantissa from one, which is 2^256, to below two, and a power of two.</summary>
    private static (BigInteger Mantissa, int Exponent) Split(double value)
    {
        int exponent = Math.ILogB(value);
        BigInteger mantissa = BigInteger.Zero;
        double rest = Math.ScaleB(value, -exponent);
        for (int bit = 0; bit <= 52; bit++)
        {
            if (rest >= 1)
            {
                mantissa += One >> bit;
                rest -= 1;
            }

            rest *= 2;
        }

        return (mantissa, exponent);
    }
}
