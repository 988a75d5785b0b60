using System.Text.Json;
using Google.Protobuf.Reflection;

namespace OpencodeOtel.TestCollector.Reading;

/// <summary>Writes OTLP/JSON as the proto3 JSON of the same message, refusing what OTLP does not allow.</summary>
internal sealed class OtlpJsonRewriter(Utf8JsonWriter writer)
{
    private readonly Stack<string> _path = new();

    /// <summary>Writes one message; members that its type does not have are left out.</summary>
    /// <exception cref="InvalidDataException">A value is not of the form that OTLP asks for.</exception>
    public void WriteMessage(JsonElement json, MessageDescriptor type)
    {
        Expect(json, JsonValueKind.Object, "an object");
        writer.WriteStartObject();
        foreach (JsonProperty member in json.EnumerateObject())
        {
            // Only the JSON name counts: a proto3 reader would also take the name in the .proto file.
            if (type.Fields.InDeclarationOrder().FirstOrDefault(f => f.JsonName == member.Name) is { } field)
            {
                _path.Push(member.Name);
                writer.WritePropertyName(member.Name);
                WriteField(member.Value, field);
                _path.Pop();
            }
        }

        writer.WriteEndObject();
    }

    private void WriteField(JsonElement json, FieldDescriptor field)
    {
        if (json.ValueKind is JsonValueKind.Null)
        {
            writer.WriteNullValue();
        }
        else if (field.IsRepeated)
        {
            WriteArray(json, field);
        }
        else
        {
            WriteValue(json, field);
        }
    }

    private void WriteArray(JsonElement json, FieldDescriptor field)
    {
        Expect(json, JsonValueKind.Array, "an array");
        writer.WriteStartArray();
        int index = 0;
        foreach (JsonElement element in json.EnumerateArray())
        {
            _path.Push($"[{index++}]");
            WriteValue(element, field);
            _path.Pop();
        }

        writer.WriteEndArray();
    }

    private void WriteValue(JsonElement json, FieldDescriptor field)
    {
        switch (field.FieldType)
        {
            case FieldType.Message:
                WriteMessage(json, field.MessageType);
                break;
            case FieldType.Bytes:
                Expect(json, JsonValueKind.String, "a string");
                writer.WriteBase64StringValue(
                    RecordIds.LengthOf(field.Name) is { } length ? FromHex(json, length) : FromBase64(json));
                break;
            case FieldType.Enum:
                WriteEnum(json);
                break;
            case FieldType.Int64 or FieldType.UInt64 or FieldType.Fixed64 or FieldType.SFixed64 or FieldType.SInt64:
                WriteInteger64(json);
                break;
            case FieldType.Int32 or FieldType.UInt32 or FieldType.Fixed32 or FieldType.SFixed32 or FieldType.SInt32:
                Expect(json, JsonValueKind.Number, "a number");
                json.WriteTo(writer);
                break;
            default:
                json.WriteTo(writer);
                break;
        }
    }

    private void WriteEnum(JsonElement json)
    {
        if (json.ValueKind is not JsonValueKind.Number || !json.TryGetInt32(out int value))
        {
            throw Wrong(json, "an enum as an integer");
        }

        writer.WriteNumberValue(value);
    }

    private void WriteInteger64(JsonElement json)
    {
        if (json.ValueKind is JsonValueKind.Number && (json.TryGetInt64(out _) || json.TryGetUInt64(out _)))
        {
            // As a string, because the proto3 reader takes numbers for doubles, which lose digits above 2^53.
            writer.WriteStringValue(json.GetRawText());
        }
        else if (json.ValueKind is JsonValueKind.Number or JsonValueKind.String)
        {
            json.WriteTo(writer);
        }
        else
        {
            throw Wrong(json, "a 64-bit integer as a string or a number");
        }
    }

    private byte[] FromHex(JsonElement json, int length)
    {
        string text = json.GetString()!;
        if (text.Length != 0 && (text.Length != 2 * length || !text.All(char.IsAsciiHexDigit)))
        {
            throw Wrong(json, $"{2 * length} hex digits");
        }

        return Convert.FromHexString(text);
    }

    private byte[] FromBase64(JsonElement json)
    {
        // Proto3 readers take both alphabets, with padding or without.
        string text = json.GetString()!.Replace('-', '+').Replace('_', '/').TrimEnd('=');
        try
        {
            return Convert.FromBase64String(text + new string('=', -text.Length & 3));
        }
        catch (FormatException)
        {
            throw Wrong(json, "bytes in base64");
        }
    }

    private void Expect(JsonElement json, JsonValueKind kind, string expectation)
    {
        if (json.ValueKind != kind)
        {
            throw Wrong(json, expectation);
        }
    }

    private InvalidDataException Wrong(JsonElement json, string expectation)
    {
        string where = _path.Count == 0 ? "The message" : string.Join('.', _path.Reverse());
        return new InvalidDataException($"{where}: expected {expectation}, not {Shortened(json.GetRawText())}");
    }

    private static string Shortened(string text) => text.Length <= 60 ? text : string.Concat(text.AsSpan(0, 60), "…");
}
