namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>Reads lists of key=value pairs: the product's own form, not decoded.</summary>
/// <remarks>
/// A variable is split at its commas; each use of an option is one pair, whose value may hold commas. The first <c>=</c> separates;
/// both sides are trimmed; an empty value is kept; the last of equal keys wins. A piece without a key is skipped with a warning that
/// names its position from 1, never its text.
/// </remarks>
internal static class KeyValueList
{
    /// <summary>Reads a list.</summary>
    public static List<(int Position, string Key, string Value)> Read(FoundValue found, SettingSource source)
    {
        IReadOnlyList<string> pieces = found.FromCommandLine ? found.Texts : found.Text.Split(',');
        List<(int Position, string Key, string Value)> pairs = new(pieces.Count);
        for (int index = 0; index < pieces.Count; index++)
        {
            string piece = pieces[index].Trim();
            if (piece.Length == 0 && index == pieces.Count - 1)
            {
                break; // A trailing comma is no mistake worth a warning.
            }

            int equals = piece.IndexOf('=', StringComparison.Ordinal);
            string key = equals < 0 ? string.Empty : piece[..equals].Trim();
            if (key.Length == 0)
            {
                source.Warn($"piece {index + 1} of {found.Origin} is not of the form key=value and is ignored");
                continue;
            }

            pairs.Add((index + 1, key, piece[(equals + 1)..].Trim()));
        }

        return pairs;
    }

    /// <summary>Keeps the last of equal keys, in the order of first appearance.</summary>
    public static KeyValuePair<string, string>[] Distinct(List<(int Position, string Key, string Value)> pairs)
    {
        OrderedDictionary<string, string> last = new(StringComparer.Ordinal);
        foreach ((_, string key, string value) in pairs)
        {
            last[key] = value;
        }

        return [.. last];
    }
}
