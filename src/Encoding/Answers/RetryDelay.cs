using System.Globalization;
using OpencodeOtel.Otlp.Protobuf;
using OpencodeOtel.Otlp.Schema;

namespace OpencodeOtel.Otlp.Answers;

/// <summary>The delay that a server asks for in <c>google.rpc.RetryInfo</c>: a <c>google.protobuf.Duration</c>.</summary>
internal static class RetryDelay
{
    /// <summary>The longest delay that is believed; beyond it, the server is taken to be wrong, not patient.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private const int NanosecondsASecond = 1_000_000_000;

    /// <summary>Reads the bytes of a <c>RetryInfo</c>; <see langword="null"/> unless they hold a usable delay.</summary>
    public static TimeSpan? FromProtobuf(ReadOnlySpan<byte> retryInfo)
    {
        long seconds = 0;
        long nanoseconds = 0;
        var info = new ProtobufReader(retryInfo);
        while (info.Read())
        {
            if (info.Tag != RpcFields.RetryInfo.RetryDelay.Tag)
            {
                continue;
            }

            var duration = new ProtobufReader(info.Content);
            while (duration.Read())
            {
                if (duration.Tag == RpcFields.Duration.Seconds.Tag)
                {
                    seconds = (long)duration.Number;
                }
                else if (duration.Tag == RpcFields.Duration.Nanos.Tag)
                {
                    nanoseconds = (int)duration.Number;
                }
            }

            if (duration.IsMalformed)
            {
                return null;
            }
        }

        return info.IsMalformed ? null : Usable(seconds, nanoseconds);
    }

    /// <summary>Reads the JSON form, seconds with up to nine decimals and an <c>s</c>; <see langword="null"/> unless it is a usable delay.</summary>
    public static TimeSpan? FromJson(ReadOnlySpan<char> text)
    {
        if (text.Length < 2 || text[^1] != 's')
        {
            return null;
        }

        ReadOnlySpan<char> number = text[..^1];
        int point = number.IndexOf('.');
        ReadOnlySpan<char> whole = point < 0 ? number : number[..point];
        ReadOnlySpan<char> decimals = point < 0 ? "0" : number[(point + 1)..];
        if (decimals.Length > 9
            || !long.TryParse(whole, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            || !int.TryParse(decimals, NumberStyles.None, CultureInfo.InvariantCulture, out int fraction))
        {
            return null;
        }

        for (int digits = decimals.Length; digits < 9; digits++)
        {
            fraction *= 10;
        }

        return Usable(seconds, fraction);
    }

    private static TimeSpan? Usable(long seconds, long nanoseconds)
    {
        if (seconds < 0 || seconds > Longest.TotalSeconds || nanoseconds is < 0 or >= NanosecondsASecond)
        {
            return null;
        }

        // Rounded up: a retry a moment too late is what was asked for, one too early is not.
        long ticks = (seconds * TimeSpan.TicksPerSecond) + ((nanoseconds + TimeSpan.NanosecondsPerTick - 1) / TimeSpan.NanosecondsPerTick);
        var delay = TimeSpan.FromTicks(ticks);
        return delay > TimeSpan.Zero && delay <= Longest ? delay : null;
    }
}
