namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>Reads a W3C <c>tracestate</c>: <see href="https://www.w3.org/TR/2021/REC-trace-context-1-20211123/#tracestate-header"/>.</summary>
internal static class TraceStateReader
{
    private const int MaxMembers = 32;
    private const int MaxKey = 256;
    private const int MaxTenant = 241;
    private const int MaxSystem = 14;
    private const int MaxValue = 256;

    /// <summary>Keeps the first 32 valid members; of equal keys the first, which is the newest.</summary>
    /// <param name="text">The header's text.</param>
    /// <param name="dropped">How many members were left out.</param>
    /// <returns>The members in header form; <see langword="null"/> for none.</returns>
    public static string? Read(string text, out int dropped)
    {
        dropped = 0;
        List<string> kept = [];
        HashSet<string> keys = new(StringComparer.Ordinal);
        foreach (string piece in text.Split(','))
        {
            string member = piece.TrimStart(' ', '\t').TrimEnd(' ', '\t');
            if (member.Length == 0)
            {
                continue; // Allowed, and nothing.
            }

            int equals = member.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0
                && IsKey(member.AsSpan(0, equals))
                && IsValue(member.AsSpan(equals + 1))
                && kept.Count < MaxMembers
                && keys.Add(member[..equals]))
            {
                kept.Add(member);
            }
            else
            {
                dropped++;
            }
        }

        return kept.Count == 0 ? null : string.Join(',', kept);
    }

    private static bool IsKey(ReadOnlySpan<char> key)
    {
        int at = key.IndexOf('@');
        return at < 0
            ? key.Length <= MaxKey && char.IsAsciiLetterLower(key[0]) && HasKeyCharacters(key)
            : at is > 0 and <= MaxTenant
                && key.Length - at - 1 is > 0 and <= MaxSystem
                && (char.IsAsciiLetterLower(key[0]) || char.IsAsciiDigit(key[0]))
                && char.IsAsciiLetterLower(key[at + 1])
                && HasKeyCharacters(key[..at])
                && HasKeyCharacters(key[(at + 1)..]);
    }

    private static bool HasKeyCharacters(ReadOnlySpan<char> text)
    {
        foreach (char character in text)
        {
            if (!char.IsAsciiLetterLower(character) && !char.IsAsciiDigit(character) && character is not ('_' or '-' or '*' or '/'))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsValue(ReadOnlySpan<char> value) =>
        value.Length is > 0 and <= MaxValue && !value.ContainsAnyExceptInRange(' ', '~') && !value.Contains('=') && value[^1] != ' ';
}
