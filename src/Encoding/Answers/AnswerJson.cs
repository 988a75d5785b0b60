using System.Globalization;
using System.Text.Json;

namespace OpencodeOtel.Otlp.Answers;

/// <summary>Reads the JSON of a server leniently: a value of the wrong type is as if it were not there.</summary>
internal static class AnswerJson
{
    private const int MaxDepth = 64;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Begins to read; what is not JSON is a fault on the way, which the caller catches.</summary>
    public static Utf8JsonReader Open(ReadOnlySpan<byte> body) => new(
        body.StartsWith(ByteOrderMark) ? body[ByteOrderMark.Length..] : body,
        new JsonReaderOptions { MaxDepth = MaxDepth });

    /// <summary>Says whether <see cref="Utf8JsonReader"/> throws this for its input: no JSON, or a name with a lone surrogate.</summary>
    public static bool IsFault(Exception exception) => exception is JsonException or InvalidOperationException;

    /// <summary>Goes to the next member of the current object and to its value; <see langword="false"/> at its end.</summary>
    /// <param name="reader">The reader, in an object.</param>
    /// <param name="first">The name that is reported as 1.</param>
    /// <param name="second">The name that is reported as 2.</param>
    /// <param name="third">The name that is reported as 3.</param>
    /// <param name="which">Which of the names the member has; 0 for another.</param>
    public static bool ReadMember(
        ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> first, scoped ReadOnlySpan<byte> second, scoped ReadOnlySpan<byte> third, out int which)
    {
        which = 0;
        if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName)
        {
            return false;
        }

        which = reader.ValueTextEquals(first) ? 1 : reader.ValueTextEquals(second) ? 2 : reader.ValueTextEquals(third) ? 3 : 0;
        return reader.Read();
    }

    /// <summary>Takes a 64-bit integer, written as a number or as a string; 0 for anything else.</summary>
    public static long Integer(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            return reader.TryGetInt64(out long integer) ? integer
                : reader.TryGetDouble(out double real) ? Whole(real)
                : 0;
        }

        if (reader.TokenType == JsonTokenType.String)
        {
            string text = AnswerText.From(ref reader) ?? "";
            return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long integer) ? integer
                : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double real) ? Whole(real)
                : 0;
        }

        reader.Skip();
        return 0;
    }

    /// <summary>Takes a string; <see langword="null"/> for an empty one and for anything else.</summary>
    public static string? Text(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return AnswerText.From(ref reader);
        }

        reader.Skip();
        return null;
    }

    private static long Whole(double value) => value is > -1e18 and < 1e18 && Math.Floor(value) == value ? (long)value : 0;
}
