using System.Globalization;

namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>Reads times: integers of milliseconds, and with a unit where a person types them.</summary>
internal static class DurationText
{
    /// <summary>The longest time that can be set: a day.</summary>
    public const int MaxMilliseconds = 86_400_000;

    private static readonly (string Unit, int Milliseconds)[] Units = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000)];

    /// <summary>Reads a time between <paramref name="least"/> milliseconds and a day.</summary>
    public static bool TryParse(FoundValue found, long least, out TimeSpan value)
    {
        string text = found.Text;
        long factor = 1;
        if (found.FromCommandLine)
        {
            foreach ((string unit, int milliseconds) in Units)
            {
                if (text.EndsWith(unit, StringComparison.Ordinal) && text.Length > unit.Length && char.IsAsciiDigit(text[^(unit.Length + 1)]))
                {
                    text = text[..^unit.Length];
                    factor = milliseconds;
                    break;
                }
            }
        }

        bool read = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            && number <= MaxMilliseconds
            && number * factor >= least
            && number * factor <= MaxMilliseconds;
        value = read ? TimeSpan.FromMilliseconds(number * factor) : default;
        return read;
    }

    /// <summary>A time as it can be typed.</summary>
    public static string Show(TimeSpan value) => value == Timeout.InfiniteTimeSpan
        ? "no limit"
        : string.Create(CultureInfo.InvariantCulture, $"{(long)value.TotalMilliseconds} ms");
}
