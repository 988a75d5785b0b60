using System.Text;
using System.Text.Json;

namespace OpencodeOtel.EndToEnd.Live.Opencode;

/// <summary>A tool call that a model asks for.</summary>
/// <param name="Name">The tool.</param>
/// <param name="Arguments">Its arguments, as JSON text.</param>
public sealed record ModelToolCall(string Name, string Arguments)
{
    /// <summary>A call whose arguments are texts.</summary>
    public static ModelToolCall Of(string name, params (string Name, string Value)[] arguments)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            foreach ((string key, string value) in arguments)
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
        }

        return new ModelToolCall(name, Encoding.UTF8.GetString(bytes.ToArray()));
    }
}
