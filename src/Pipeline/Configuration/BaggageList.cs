using System.Text;

namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>Reads OpenTelemetry's lists of key=value pairs: W3C Baggage form, percent-decoded, without properties.</summary>
internal static class BaggageList
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a list; pieces that are none are left out and their positions, from 1, go to <paramref name="bad"/>.</summary>
    public static List<(int Position, string Key, string Value)> Read(string text, List<int> bad)
    {
        string[] pieces = text.Split(',');
        List<(int Position, string Key, string Value)> pairs = new(pieces.Length);
        for (int index = 0; index < pieces.Length; index++)
        {
            string piece = pieces[index].Trim();
            if (piece.Length == 0)
            {
                continue;
            }

            int equals = piece.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0
                && TryDecode(piece[..equals].Trim()) is { Length: > 0 } key
                && TryDecode(piece[(equals + 1)..].Trim()) is { } value)
            {
                pairs.Add((index + 1, key, value));
            }
            else
            {
                bad.Add(index + 1);
            }
        }

        return pairs;
    }

    /// <summary>Percent-decodes UTF-8; <see langword="null"/> when an escape is broken. A plus sign stays one.</summary>
    private static string? TryDecode(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
        {
            return text;
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text);
        int length = 0;
        for (int index = 0; index < bytes.Length; index++)
        {
            byte next = bytes[index];
            if (next == '%')
            {
                if (index + 2 >= bytes.Length || !char.IsAsciiHexDigit((char)bytes[index + 1]) || !char.IsAsciiHexDigit((char)bytes[index + 2]))
                {
                    return null;
                }

                next = Convert.FromHexString([(char)bytes[index + 1], (char)bytes[index + 2]])[0];
                index += 2;
            }

            bytes[length++] = next; // Decoded text is never longer than its source.
        }

        try
        {
            return Strict.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
