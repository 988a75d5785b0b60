using System.Globalization;

namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>Reads where requests are spooled, and how long they wait there.</summary>
internal static class SpoolReader
{
    /// <summary>The smallest spool: a few requests.</summary>
    public const long LeastBytes = 64 * 1024;

    private const string Days = "d";

    private static readonly TimeSpan LongestAge = TimeSpan.FromDays(365);

    /// <summary>Reads the directory; <see langword="null"/> for no spool.</summary>
    public static string? ReadDirectory(SettingSource source)
    {
        FoundValue? found = source.Find(SettingTable.Spool);
        string? directory = found is { } value ? Path.GetFullPath(value.Text) : null;
        source.Note(SettingTable.Spool, directory ?? "none", found?.Origin ?? "default");
        return directory;
    }

    /// <summary>Reads the longest wait.</summary>
    /// <exception cref="ConfigurationException">What was typed is none.</exception>
    public static TimeSpan ReadMaxAge(SettingSource source, TimeSpan fallback)
    {
        (TimeSpan value, string origin) = source.Read(
            SettingTable.SpoolMaxAge,
            fallback,
            (FoundValue found, out TimeSpan age) => TryParse(found, out age),
            "a time such as 90s, 12h or 7d, and at most 365d");
        source.Note(SettingTable.SpoolMaxAge, DurationText.Show(value), origin);
        return value;
    }

    /// <summary>Reads a time in days, or as all other times are written.</summary>
    public static bool TryParse(string text, out TimeSpan age) => TryParse(new FoundValue([text], string.Empty, true), out age);

    private static bool TryParse(FoundValue found, out TimeSpan age)
    {
        if (!found.Text.EndsWith(Days, StringComparison.Ordinal))
        {
            return DurationText.TryParse(found, 1, out age);
        }

        bool read = int.TryParse(found.Text.AsSpan(0, found.Text.Length - Days.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int days)
            && days > 0
            && days <= LongestAge.TotalDays;
        age = read ? TimeSpan.FromDays(days) : default;
        return read;
    }
}
