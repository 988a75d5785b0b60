using System.Text;
using System.Text.Json;

namespace OpencodeOtel.Otlp.Answers;

/// <summary>A text from a server, which may be of any length and hold anything.</summary>
internal static class AnswerText
{
    /// <summary>The longest text that is kept, in characters.</summary>
    public const int MaxLength = 4_096;

    private const int MostBytesACharacter = 3;

    /// <summary>Takes UTF-8, invalid bytes as U+FFFD; <see langword="null"/> for none.</summary>
    public static string? From(ReadOnlySpan<byte> utf8)
    {
        // One sequence more than can be kept, so that the cut falls behind what is kept.
        ReadOnlySpan<byte> kept = utf8[..Math.Min(utf8.Length, (MaxLength * MostBytesACharacter) + MostBytesACharacter)];
        return Cut(Encoding.UTF8.GetString(kept));
    }

    /// <summary>Takes a JSON string; one with lone surrogates or invalid bytes is taken as it is written.</summary>
    public static string? From(ref Utf8JsonReader reader)
    {
        try
        {
            return Cut(reader.GetString() ?? "");
        }
        catch (InvalidOperationException)
        {
            return From(reader.ValueSpan);
        }
    }

    private static string? Cut(string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        if (text.Length <= MaxLength)
        {
            return text;
        }

        bool cutsPair = char.IsHighSurrogate(text[MaxLength - 1]);
        return text[..(cutsPair ? MaxLength - 1 : MaxLength)];
    }
}
