using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using OpencodeOtel.TestCollector.Reading;

namespace OpencodeOtel.TestCollector;

/// <summary>Reads OTLP/JSON into the generated classes, by the rules of OTLP and not by those of proto3 alone.</summary>
/// <remarks>
/// Ids are hex, enums are integers, names are lowerCamelCase and nothing else, other members are ignored; 64-bit
/// integers may be strings or numbers. Rules:
/// <see href="https://github.com/open-telemetry/opentelemetry-proto/blob/v1.11.0/docs/specification.md#json-protobuf-encoding"/>.
/// </remarks>
public static class OtlpJson
{
    // A level of an attribute's map takes six levels of JSON; the specification allows 64 of them.
    private const int MaxDepth = 1000;

    private static readonly JsonDocumentOptions DocumentOptions =
        new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    // Members that the schema does not know are gone by then: one that is left would be a mistake of the rewriter.
    private static readonly JsonParser Parser = new(new JsonParser.Settings(MaxDepth));

    /// <summary>Reads one message of the given type.</summary>
    /// <exception cref="InvalidDataException">The text breaks a rule; the message says where.</exception>
    public static T Parse<T>(ReadOnlyMemory<byte> json)
        where T : IMessage<T>, new() => (T)Parse(new T().Descriptor, json);

    /// <summary>Reads one message of the given type.</summary>
    /// <exception cref="InvalidDataException">The text breaks a rule; the message says where.</exception>
    public static IMessage Parse(MessageDescriptor type, ReadOnlyMemory<byte> json)
    {
        if (!Utf8.IsValid(json.Span))
        {
            throw new InvalidDataException("The text is not UTF-8.");
        }

        try
        {
            return Parser.Parse(ToProto3Json(type, json), type);
        }
        catch (Exception e) when (e is JsonException or IOException or InvalidOperationException)
        {
            // The readers' own: JSON syntax, proto3 JSON, and a lone surrogate in a string.
            throw new InvalidDataException(e.Message, e);
        }
    }

    private static string ToProto3Json(MessageDescriptor type, ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json, DocumentOptions);
        using var proto3 = new MemoryStream();
        using (var writer = new Utf8JsonWriter(proto3, new JsonWriterOptions { MaxDepth = MaxDepth }))
        {
            new OtlpJsonRewriter(writer).WriteMessage(document.RootElement, type);
        }

        return Encoding.UTF8.GetString(proto3.GetBuffer().AsSpan(0, (int)proto3.Length));
    }
}
