using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using OpencodeOtel.Conformance.Schema;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Otlp.Schema;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;

namespace OpencodeOtel.Conformance.Fields;

/// <summary>What is encoded when everything is said is the whole schema, and nothing that is not in it.</summary>
public sealed class EncodedFieldsTests
{
    [Fact]
    public void Items_098_106_In_protobuf_every_field_is_written_but_the_indexes_of_profiles()
    {
        SortedSet<string> seen = new(StringComparer.Ordinal);
        Walk(Everything.Traces(WireForm.Protobuf), ExportTraceServiceRequest.Descriptor, seen);
        Walk(Everything.Metrics(WireForm.Protobuf), ExportMetricsServiceRequest.Descriptor, seen);
        Walk(Everything.Logs(WireForm.Protobuf), ExportLogsServiceRequest.Descriptor, seen);
        Assert.Equal(Expected(), seen);
    }

    [Fact]
    public void Items_107_109_110_111_In_JSON_every_field_has_its_name_and_kind()
    {
        SortedSet<string> seen = new(StringComparer.Ordinal);
        Walk(JsonDocument.Parse(Everything.Traces(WireForm.Json)).RootElement, ExportTraceServiceRequest.Descriptor, seen);
        Walk(JsonDocument.Parse(Everything.Metrics(WireForm.Json)).RootElement, ExportMetricsServiceRequest.Descriptor, seen);
        Walk(JsonDocument.Parse(Everything.Logs(WireForm.Json)).RootElement, ExportLogsServiceRequest.Descriptor, seen);
        Assert.Equal(Expected(), seen);
    }

    private static SortedSet<string> Expected() => new(
        SchemaDescriptors.Files()
            .SelectMany(SchemaDescriptors.Messages)
            .SelectMany(message => message.Fields.InDeclarationOrder())
            .Select(field => field.FullName)
            .Except(Exclusion.All.Select(exclusion => exclusion.FullName)),
        StringComparer.Ordinal);

    private static void Walk(byte[] body, MessageDescriptor message, SortedSet<string> seen)
    {
        var input = new CodedInputStream(body);
        for (uint tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            FieldDescriptor? field = message.FindFieldByNumber((int)(tag >> 3));
            Assert.True(field is not null, $"{message.FullName} has no field {tag >> 3}");
            Assert.Equal(FieldConstants.WireTypeOf(field), (WireType)(tag & 7));
            seen.Add(field.FullName);
            if (field.FieldType == FieldType.Message)
            {
                Walk(input.ReadBytes().ToByteArray(), field.MessageType, seen);
            }
            else
            {
                input.SkipLastField();
            }
        }
    }

    private static void Walk(JsonElement element, MessageDescriptor message, SortedSet<string> seen)
    {
        foreach (JsonProperty member in element.EnumerateObject())
        {
            FieldDescriptor? field = message.Fields.InDeclarationOrder().SingleOrDefault(field => field.JsonName == member.Name);
            Assert.True(field is not null, $"{message.FullName} has no member {member.Name}");
            Assert.Equal(field.IsRepeated, member.Value.ValueKind == JsonValueKind.Array);
            seen.Add(field.FullName);
            foreach (JsonElement value in field.IsRepeated ? member.Value.EnumerateArray().ToArray() : [member.Value])
            {
                AssertKind(field, value);
                if (field.FieldType == FieldType.Message)
                {
                    Walk(value, field.MessageType, seen);
                }
            }
        }
    }

    private static void AssertKind(FieldDescriptor field, JsonElement value)
    {
        bool right = field.FieldType switch
        {
            FieldType.Message => value.ValueKind == JsonValueKind.Object,
            FieldType.Bool => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            FieldType.String or FieldType.Bytes => value.ValueKind == JsonValueKind.String,
            FieldType.Int64 or FieldType.UInt64 or FieldType.Fixed64 or FieldType.SFixed64 => value.ValueKind == JsonValueKind.String,
            _ => value.ValueKind == JsonValueKind.Number,
        };
        Assert.True(right, $"{field.FullName} is written as {value}");
    }
}
