using System.Globalization;

namespace OpencodeOtel.Pipeline.Receiving.Reading;

/// <summary>Makes sane values of whatever number stands in an event, given as its JSON text.</summary>
internal static class JsonNumbers
{
    /// <summary>The largest integer that JavaScript, which wrote the events, tells from its neighbours.</summary>
    /// <remarks>As the largest count it also leaves room for a thousand of them in a sum.</remarks>
    public const long LargestCount = (1L << 53) - 1;

    /// <summary>The last millisecond before the year 2200, in Unix time; later ones are no times, and would not all fit in nanoseconds.</summary>
    public const long LatestTime = 7_258_118_399_999;

    private const int SafeDigits = 18;

    /// <summary>Reads a count: cut to a whole number from 0 to <see cref="LargestCount"/>; 0 for what no double holds.</summary>
    public static long Count(ReadOnlySpan<byte> number)
    {
        if (TryReadDigits(number, out long value))
        {
            return Math.Min(value, LargestCount);
        }

        double amount = Amount(number);
        return amount >= LargestCount ? LargestCount : (long)amount;
    }

    /// <summary>Reads an amount: finite and not negative, else 0.</summary>
    public static double Amount(ReadOnlySpan<byte> number) =>
        TryReadDigits(number, out long digits) ? digits
        : double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) && value > 0 ? value
        : 0;

    /// <summary>Reads a time in Unix milliseconds; 0 for what is not after 1970 and before 2200.</summary>
    public static long Time(ReadOnlySpan<byte> number)
    {
        long value = Count(number);
        return value <= LatestTime ? value : 0;
    }

    private static bool TryReadDigits(ReadOnlySpan<byte> number, out long value)
    {
        value = 0;
        if (number.Length > SafeDigits)
        {
            return false;
        }

        foreach (byte letter in number)
        {
            uint digit = (uint)(letter - '0');
            if (digit > 9)
            {
                return false;
            }

            value = (value * 10) + digit;
        }

        return true;
    }
}
