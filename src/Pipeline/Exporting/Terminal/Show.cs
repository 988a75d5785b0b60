using System.Globalization;
using System.Text;

namespace OpencodeOtel.Pipeline.Exporting.Terminal;

/// <summary>Writes values as a person reads them.</summary>
internal static class Show
{
    private const int MaxText = 160;

    /// <summary>A time in the unit that suits it: <c>12 ms</c>, <c>3.4 s</c>, <c>2 m 05 s</c>, <c>1 h 02 m</c>.</summary>
    public static string Duration(double milliseconds)
    {
        double seconds = milliseconds / 1000;
        return !double.IsFinite(milliseconds) || milliseconds < 0 ? "?"
            : milliseconds < 10 ? Format($"{milliseconds:0.#} ms")
            : milliseconds < 999.5 ? Format($"{milliseconds:0} ms")
            : seconds < 59.95 ? Format($"{seconds:0.0} s")
            : seconds < 3599.5 ? Format($"{(long)Math.Round(seconds) / 60} m {(long)Math.Round(seconds) % 60:00} s")
            : Format($"{(long)Math.Round(seconds / 60) / 60} h {(long)Math.Round(seconds / 60) % 60:00} m");
    }

    /// <summary>An amount in dollars, with as many digits as it takes to see it.</summary>
    public static string Money(double dollars) => dollars switch
    {
        0 => "$0",
        >= 0.995 or <= -0.995 => Format($"${dollars:0.00}"),
        >= 0.00995 or <= -0.00995 => Format($"${dollars:0.000}"),
        _ => Format($"${dollars:0.000000}"),
    };

    /// <summary>A number with thousands set apart.</summary>
    public static string Number(double number) =>
        Math.Abs(number) < 1e15 && Math.Floor(number) == number ? number.ToString("#,0", CultureInfo.InvariantCulture) : number.ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>A size in bytes.</summary>
    public static string Size(double bytes) => bytes switch
    {
        < 1000 => Format($"{bytes:0} B"),
        < 1_000_000 => Format($"{bytes / 1000:0.0} kB"),
        _ => Format($"{bytes / 1_000_000:0.0} MB"),
    };

    /// <summary>A value with its unit, as far as the unit is known.</summary>
    public static string WithUnit(double value, string unit) => unit switch
    {
        "ms" => Duration(value),
        "USD" => Money(value),
        "By" => Size(value),
        _ => Number(value),
    };

    /// <summary>Text from outside on one line: bounded, and without characters that steer a terminal.</summary>
    public static string Text(string text)
    {
        StringBuilder shown = new(Math.Min(text.Length, MaxText) + 1);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (shown.Length >= MaxText)
            {
                shown.Append('…');
                break;
            }

            bool steers = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
            shown.Append(steers ? " " : rune.ToString());
        }

        return shown.ToString();
    }

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
