using Google.Protobuf;
using OpencodeOtel.Otlp.Model;
using Wire = OpenTelemetry.Proto.Common.V1;
using WireResource = OpenTelemetry.Proto.Resource.V1;

namespace OpencodeOtel.Otlp.Tests.Oracle;

/// <summary>Our records for the messages of the generated classes: common messages.</summary>
internal static partial class ModelOf
{
    public static Resource Resource(WireResource.Resource resource, string schemaUrl) => new()
    {
        Attributes = Attributes(resource.Attributes),
        DroppedAttributesCount = resource.DroppedAttributesCount,
        EntityRefs = resource.EntityRefs.Select(entity => new EntityRef
        {
            SchemaUrl = Text(entity.SchemaUrl),
            Type = Text(entity.Type),
            IdKeys = entity.IdKeys.Select(Text).ToArray(),
            DescriptionKeys = entity.DescriptionKeys.Select(Text).ToArray(),
        }).ToArray(),
        SchemaUrl = Text(schemaUrl),
    };

    public static InstrumentationScope Scope(Wire.InstrumentationScope scope, string schemaUrl) => new()
    {
        Name = Text(scope.Name),
        Version = Text(scope.Version),
        Attributes = Attributes(scope.Attributes),
        DroppedAttributesCount = scope.DroppedAttributesCount,
        SchemaUrl = Text(schemaUrl),
    };

    public static KeyValue[] Attributes(IEnumerable<Wire.KeyValue> attributes) =>
        [.. attributes.Select(attribute => new KeyValue(Text(attribute.Key), Value(attribute.Value)))];

    public static AnyValue Value(Wire.AnyValue? value) => value?.ValueCase switch
    {
        Wire.AnyValue.ValueOneofCase.StringValue => AnyValue.FromText(Text(value.StringValue)),
        Wire.AnyValue.ValueOneofCase.BoolValue => value.BoolValue,
        Wire.AnyValue.ValueOneofCase.IntValue => value.IntValue,
        Wire.AnyValue.ValueOneofCase.DoubleValue => value.DoubleValue,
        Wire.AnyValue.ValueOneofCase.ArrayValue => AnyValue.FromArray([.. value.ArrayValue.Values.Select(Value)]),
        Wire.AnyValue.ValueOneofCase.KvlistValue => AnyValue.FromList(Attributes(value.KvlistValue.Values)),
        Wire.AnyValue.ValueOneofCase.BytesValue => AnyValue.FromBytes(value.BytesValue.ToByteArray()),
        _ => default,
    };

    /// <summary>A text in one of its two forms, by its content, so that both are seen.</summary>
    public static OtlpString Text(string text) =>
        text.Length % 2 == 0 ? OtlpString.FromString(text) : OtlpString.Transcode(text);

    private static TraceId Trace(ByteString id) => id.IsEmpty ? default : new TraceId(id.Span);

    private static SpanId SpanIdOf(ByteString id) => id.IsEmpty ? default : new SpanId(id.Span);
}
