using System.Buffers;
using System.Text;
using System.Text.Json;

namespace OpencodeOtel.Cli.Wrapping;

/// <summary>opencode's configuration in a variable: merged by opencode over the user's files, lists of plugins joined.</summary>
internal static class OpencodeConfig
{
    /// <summary>The variable.</summary>
    public const string Variable = "OPENCODE_CONFIG_CONTENT";

    private static readonly JsonDocumentOptions Relaxed = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Adds a plugin to a configuration.</summary>
    /// <param name="existing">The variable's text; <see langword="null"/> or blank for none. Comments and trailing commas are allowed.</param>
    /// <param name="plugin">The address of the plugin.</param>
    /// <returns>The new text, in which all else stands as it stood; <see langword="null"/> when the old one cannot be read.</returns>
    public static string? AddPlugin(string? existing, string plugin)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(string.IsNullOrWhiteSpace(existing) ? "{}" : existing, Relaxed);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Write(document.RootElement, plugin) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Write(JsonElement root, string plugin)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(bytes);
        json.WriteStartObject();
        JsonElement plugins = default;
        foreach (JsonProperty property in root.EnumerateObject())
        {
            if (property.NameEquals("plugin"))
            {
                plugins = property.Value;
                continue;
            }

            json.WritePropertyName(property.Name);
            WriteAsItStands(json, property.Value);
        }

        if (plugins.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.Array))
        {
            return null;
        }

        json.WriteStartArray("plugin");
        foreach (JsonElement other in plugins.ValueKind == JsonValueKind.Array ? plugins.EnumerateArray() : default)
        {
            WriteAsItStands(json, other);
        }

        json.WriteStringValue(plugin);
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    // opencode replaces {env:…} and {file:…} in the text before it reads it, so nothing may be escaped anew.
    private static void WriteAsItStands(Utf8JsonWriter json, JsonElement value) => json.WriteRawValue(value.GetRawText(), skipInputValidation: true);
}
