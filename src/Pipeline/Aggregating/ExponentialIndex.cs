using System.Numerics;

namespace OpencodeOtel.Pipeline.Aggregating;

/// <summary>Maps a value to its bucket in a base-2 exponential histogram.</summary>
/// <remarks>
/// Bucket i of scale s holds what is above 2^(i/2^s) and at most 2^((i+1)/2^s). A power of two is an upper bound at every scale
/// from 0 up, and lands exactly there, for it is found without a logarithm; another value may miss its bucket by one where it is
/// within a rounding error of a bound. Subnormals are mapped like all others.
/// <see href="https://github.com/open-telemetry/opentelemetry-specification/blob/v1.60.0/specification/metrics/data-model.md"/>
/// </remarks>
internal static class ExponentialIndex
{
    private const int FractionBits = 52;
    private const long FractionMask = (1L << FractionBits) - 1;
    private const int Bias = 1023;
    private const long One = (long)Bias << FractionBits;

    /// <summary>Gets the index of the bucket of <paramref name="value"/>, which is positive and finite.</summary>
    public static int Of(double value, int scale)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        long fraction = bits & FractionMask;
        int exponent = (int)(bits >> FractionBits);
        if (exponent == 0)
        {
            // Subnormal: the leading bit is moved to where that of a normal number is implied.
            int shift = BitOperations.LeadingZeroCount((ulong)fraction) - (63 - FractionBits);
            fraction = (fraction << shift) & FractionMask;
            exponent = 1 - shift;
        }

        exponent -= Bias;
        if (scale <= 0)
        {
            return (exponent - (fraction == 0 ? 1 : 0)) >> -scale;
        }

        if (fraction == 0)
        {
            return (exponent << scale) - 1;
        }

        // The logarithm of the fraction alone keeps all its digits; what rounding makes of it stays within the power of two.
        int buckets = 1 << scale;
        double position = Math.Log2(BitConverter.Int64BitsToDouble(One | fraction)) * buckets;
        return (exponent << scale) + Math.Clamp((int)Math.Ceiling(position) - 1, 0, buckets - 1);
    }
}
