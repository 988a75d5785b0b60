namespace OpencodeOtel.Pipeline.Aggregating;

/// <summary>The times of data points: nanoseconds since the Unix epoch.</summary>
internal static class UnixNanoseconds
{
    private const long PerMillisecond = 1_000_000;
    private const long LargestMilliseconds = long.MaxValue / PerMillisecond;

    /// <summary>Converts Unix milliseconds; what lies before the epoch, or more than 292 years after it, is brought to the nearer end.</summary>
    public static ulong FromMilliseconds(long milliseconds) =>
        (ulong)(Math.Clamp(milliseconds, 0, LargestMilliseconds) * PerMillisecond);

    /// <summary>Converts to Unix milliseconds, rounding down.</summary>
    public static long ToMilliseconds(ulong nanoseconds) => (long)(nanoseconds / (ulong)PerMillisecond);
}
