using System.Text;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Exporting;

/// <summary>Makes what a server said fit for a message: one line, bounded, without our own secrets, should it echo them.</summary>
internal static class ServerText
{
    private const int MaxLength = 500;

    // A shorter secret is no secret, and replacing it would garble the text.
    private const int LeastSecret = 4;

    /// <summary>Cleans a text of the server that <paramref name="destination"/> names.</summary>
    /// <returns><see langword="null"/> when nothing is left.</returns>
    public static string? Clean(string? text, OtlpDestination destination)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        foreach ((_, Secret value) in destination.Headers)
        {
            text = Mask(text, value.Reveal());
        }

        StringBuilder line = new(Math.Min(text.Length, MaxLength));
        foreach (char character in text.AsSpan().Trim())
        {
            if (line.Length == MaxLength)
            {
                line.Append('…');
                break;
            }

            line.Append(char.IsControl(character) ? ' ' : character);
        }

        return line.ToString();
    }

    /// <summary>Masks a value, and its credentials without the name of their scheme.</summary>
    private static string Mask(string text, string secret)
    {
        foreach (string part in (string[])[secret, secret[(secret.LastIndexOf(' ') + 1)..]])
        {
            if (part.Length >= LeastSecret)
            {
                text = text.Replace(part, "***", StringComparison.OrdinalIgnoreCase);
            }
        }

        return text;
    }
}
