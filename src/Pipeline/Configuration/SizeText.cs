using System.Globalization;

namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>Reads counts, and sizes in bytes with binary units.</summary>
internal static class SizeText
{
    private static readonly (string Unit, long Bytes)[] Units = [("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30)];

    /// <summary>Reads a size between the bounds.</summary>
    public static bool TryParse(FoundValue found, long least, long most, out long bytes)
    {
        string text = found.Text;
        long factor = 1;
        foreach ((string unit, long size) in Units)
        {
            if (text.EndsWith(unit, StringComparison.OrdinalIgnoreCase))
            {
                text = text[..^unit.Length].TrimEnd();
                factor = size;
                break;
            }
        }

        bool read = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out bytes) && bytes <= most / factor && bytes * factor >= least;
        bytes = read ? bytes * factor : 0;
        return read;
    }
}
