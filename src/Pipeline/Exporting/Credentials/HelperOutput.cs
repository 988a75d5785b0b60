using System.Text.Json;
using System.Text.Unicode;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Exporting.Credentials;

/// <summary>Reads what a headers helper printed: a JSON object of strings. What is wrong is said with the key, and never with a value.</summary>
internal static class HelperOutput
{
    /// <summary>Reads an output.</summary>
    /// <param name="output">All that was printed.</param>
    /// <param name="grpc">Whether the headers become gRPC metadata.</param>
    /// <param name="headers">The headers; of names that differ only in case, the last.</param>
    /// <returns>What is wrong, after the helper's name; <see langword="null"/> when nothing is.</returns>
    public static string? Read(ReadOnlySpan<byte> output, bool grpc, out List<KeyValuePair<string, Secret>> headers)
    {
        headers = [];
        if (output.Trim(" \t\r\n"u8).IsEmpty)
        {
            return "printed nothing";
        }

        try
        {
            if (Utf8.IsValid(output))
            {
                return ReadDocument(output, grpc, headers);
            }
        }
        catch (JsonException)
        {
            // Its message repeats the text.
        }

        return "printed what is not JSON";
    }

    private static string? ReadDocument(ReadOnlySpan<byte> output, bool grpc, List<KeyValuePair<string, Secret>> headers)
    {
        var reader = new Utf8JsonReader(output);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            reader.Read(); // What follows the document must be no text either.
            return "printed JSON that is not an object";
        }

        // The whole is read first: what is no JSON is not blamed on a key.
        OrderedDictionary<string, Secret> read = new(StringComparer.OrdinalIgnoreCase);
        string? problem = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string? key = TextOf(ref reader);
            reader.Read();
            bool isText = reader.TokenType == JsonTokenType.String;
            string? value = isText ? TextOf(ref reader) : null;
            reader.Skip();
            problem ??= ProblemOf(key, isText, value, grpc);
            if (problem is null)
            {
                read[key!] = new Secret(value!);
            }
        }

        reader.Read();
        if (problem is null)
        {
            headers.AddRange(read);
        }

        return problem;
    }

    private static string? ProblemOf(string? key, bool isText, string? value, bool grpc)
    {
        string shown = ShownText.Of(key ?? string.Empty);
        return !isText ? $"gives '{shown}' a value that is not a string"
            : key is null || !HeaderRules.IsName(key, grpc) ? $"gives '{shown}', a name that is not allowed as {HeaderRules.KindOf(grpc)}"
            : HeaderRules.IsReserved(key) ? $"gives '{shown}', which the exporter sets itself"
            : value is null || !HeaderRules.IsValue(value) ? $"gives '{shown}' a value with characters that are not allowed in a header; only printable ASCII is"
            : null;
    }

    /// <summary>The text of a token; <see langword="null"/> for one that escapes half a character.</summary>
    private static string? TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
