using System.Text.Json;

namespace OpencodeOtel.Pipeline.Attaching;

/// <summary>Takes values out of a server's documents, whatever they are: what is missing or of another kind is absent.</summary>
internal static class ApiJson
{
    /// <summary>A text; empty when absent.</summary>
    public static string Text(JsonElement element, string name)
    {
        try
        {
            return Member(element, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() ?? string.Empty : string.Empty;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, written as an escape.
            return string.Empty;
        }
    }

    /// <summary>A time of the member <c>time</c>, in Unix milliseconds; 0 when absent.</summary>
    public static long Time(JsonElement element, string name) =>
        Member(element, "time") is { } time && Member(time, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out double number)
        && number is > 0 and < long.MaxValue
            ? (long)number
            : 0;

    /// <summary>A member; <see langword="null"/> when absent.</summary>
    public static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) ? value : null;

    /// <summary>The elements of a list; none of anything else.</summary>
    public static IEnumerable<JsonElement> Elements(JsonElement? list) =>
        list is { ValueKind: JsonValueKind.Array } value ? value.EnumerateArray() : [];
}
