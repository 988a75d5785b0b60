using System.Text;

namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>Text that came from outside, made fit for a message: one line, bounded, without the parts of a URL that hold secrets.</summary>
internal static class ShownText
{
    private const int MaxLength = 120;

    /// <summary>One line of at most 120 characters; control characters become spaces.</summary>
    public static string Of(string text)
    {
        StringBuilder shown = new(Math.Min(text.Length, MaxLength) + 1);
        foreach (char character in text.AsSpan(0, Math.Min(text.Length, MaxLength)))
        {
            shown.Append(char.IsControl(character) || char.IsSurrogate(character) ? ' ' : character);
        }

        return text.Length > MaxLength ? shown.Append('…').ToString() : shown.ToString();
    }

    /// <summary>An address without user info, and with its query as <c>?***</c>, whether or not it is a valid URL.</summary>
    /// <remarks>Of one with an <c>@</c> behind a <c>?</c> or <c>#</c> only the scheme is shown: it may be a password with these in it, or a query.</remarks>
    public static string OfAddress(string text)
    {
        int scheme = text.IndexOf("://", StringComparison.Ordinal);
        string prefix = scheme < 0 ? string.Empty : text[..(scheme + 3)];
        string rest = text[prefix.Length..];
        int query = rest.AsSpan().IndexOfAny('?', '#');
        if (query >= 0 && rest.AsSpan(query).Contains('@'))
        {
            return Of($"{prefix}***");
        }

        string suffix = query < 0 ? string.Empty : "?***";
        rest = query < 0 ? rest : rest[..query];
        int user = rest.LastIndexOf('@'); // The last one: a password may hold others, and even a slash.
        return Of(string.Concat(prefix, user < 0 ? rest : rest[(user + 1)..], suffix));
    }

    /// <summary>An address without user info, and with its query as <c>?***</c>.</summary>
    public static string OfAddress(Uri address) => OfAddress(address.OriginalString);
}
