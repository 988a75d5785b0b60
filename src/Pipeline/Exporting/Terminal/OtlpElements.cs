using System.Globalization;
using System.Text.Json;

namespace OpencodeOtel.Pipeline.Exporting.Terminal;

/// <summary>Reads OTLP/JSON without surprises: what is missing or of another kind reads as empty.</summary>
internal static class OtlpElements
{
    /// <summary>The records of a request, through resources and scopes.</summary>
    /// <param name="root">The request.</param>
    /// <param name="resources">The member that holds the resources, such as <c>resourceSpans</c>.</param>
    /// <param name="scopes">The member that holds their scopes.</param>
    /// <param name="records">The member that holds their records.</param>
    public static IEnumerable<JsonElement> Records(JsonElement root, string resources, string scopes, string records) =>
        root.Items(resources).SelectMany(resource => resource.Items(scopes)).SelectMany(scope => scope.Items(records));

    /// <summary>The elements of an array.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement array) && array.ValueKind == JsonValueKind.Array
            ? array.EnumerateArray()
            : [];

    /// <summary>A member; an undefined element when there is none.</summary>
    public static JsonElement Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) ? value : default;

    /// <summary>A text; empty when it is none.</summary>
    public static string String(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() ?? string.Empty : string.Empty;

    /// <summary>A number, also one written as a string; 0 when it is none.</summary>
    public static double Number(this JsonElement element, string name) => Number(element.Member(name)) ?? 0;

    /// <summary>Nanoseconds since 1970; 0 when there are none.</summary>
    public static ulong Nanoseconds(this JsonElement element, string name) =>
        ulong.TryParse(element.String(name), NumberStyles.None, CultureInfo.InvariantCulture, out ulong nanoseconds) ? nanoseconds
        : element.Member(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetUInt64(out nanoseconds) ? nanoseconds
        : 0;

    /// <summary>A number, also one written as a string.</summary>
    public static double? Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.String when double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) => number,
        _ => null,
    };

    /// <summary>The attributes, in order; the first of equal keys stays.</summary>
    public static OrderedDictionary<string, AttributeText> Attributes(this JsonElement element)
    {
        OrderedDictionary<string, AttributeText> attributes = new(StringComparer.Ordinal);
        foreach (JsonElement attribute in element.Items("attributes"))
        {
            attributes.TryAdd(attribute.String("key"), Read(attribute.Member("value")));
        }

        return attributes;
    }

    private static AttributeText Read(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return new AttributeText(string.Empty, null);
        }

        foreach (JsonProperty member in value.EnumerateObject())
        {
            return member.Name switch
            {
                "intValue" or "doubleValue" => new AttributeText(member.Value.ToString(), Number(member.Value)),
                "boolValue" => new AttributeText(member.Value.ValueKind == JsonValueKind.True ? "true" : "false", null),
                "stringValue" => new AttributeText(member.Value.ToString(), null),
                _ => new AttributeText(member.Value.GetRawText(), null),
            };
        }

        return new AttributeText(string.Empty, null);
    }
}
