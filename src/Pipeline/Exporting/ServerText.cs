using System.Text;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Exporting.Proxies;

namespace OpencodeOtel.Pipeline.Exporting;

/// <summary>Makes what a server said fit for a message: one line, bounded, without our own secrets and the content that we sent, should it echo them.</summary>
internal static class ServerText
{
    private const int MaxLength = 500;

    // A shorter secret is no secret, and replacing it would garble the text.
    private const int LeastSecret = 4;

    private const string Basic = "Basic ";

    /// <summary>Cleans a text of the server that <paramref name="destination"/> names.</summary>
    /// <param name="text">What it said.</param>
    /// <param name="destination">Whose headers and query are secret.</param>
    /// <param name="sent">The body of the request that it answers.</param>
    /// <returns><see langword="null"/> when nothing is left.</returns>
    public static string? Clean(string? text, OtlpDestination destination, ReadOnlySpan<byte> sent)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        foreach (string secret in Secrets(destination).Where(secret => secret.Length >= LeastSecret))
        {
            text = text.Replace(secret, "***", StringComparison.OrdinalIgnoreCase);
        }

        text = text.Trim();
        text = EchoedText.Hide(text[..Math.Min(text.Length, MaxLength + 1)], sent);
        StringBuilder line = new(Math.Min(text.Length, MaxLength));
        foreach (char character in text)
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

    /// <summary>What a server may repeat of what only we and it should know, the longer of two that overlap first.</summary>
    private static IEnumerable<string> Secrets(OtlpDestination destination)
    {
        foreach ((_, Secret header) in destination.Headers.Concat(destination.FormerHeaders))
        {
            string value = header.Reveal();
            yield return value;

            // Credentials without the name of their scheme, and a password as it was before it was encoded.
            yield return value[(value.LastIndexOf(' ') + 1)..];
            if (value.StartsWith(Basic, StringComparison.OrdinalIgnoreCase) && Decoded(value[Basic.Length..]) is { } credentials)
            {
                yield return credentials;
                yield return credentials[(credentials.IndexOf(':', StringComparison.Ordinal) + 1)..];
            }
        }

        // A proxy may answer in the place of the server.
        if (ProxyChoice.Of(destination) is { UserInfo: { Length: > 0 } user })
        {
            string credentials = Uri.UnescapeDataString(user);
            yield return Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials));
            yield return credentials;
            yield return credentials[(credentials.IndexOf(':', StringComparison.Ordinal) + 1)..];
        }

        // As it was written, which is how it goes on the wire.
        string address = destination.Endpoint.OriginalString;
        int query = address.IndexOf('?', StringComparison.Ordinal);
        foreach (string part in query < 0 ? [] : address[(query + 1)..].Split('&'))
        {
            string value = part[(part.IndexOf('=', StringComparison.Ordinal) + 1)..];
            yield return value;
            yield return Uri.UnescapeDataString(value);
        }
    }

    private static string? Decoded(string credentials)
    {
        byte[] bytes = new byte[credentials.Length];
        return Convert.TryFromBase64String(credentials.Trim(), bytes, out int length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }
}
