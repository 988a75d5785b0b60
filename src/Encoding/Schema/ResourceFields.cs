namespace OpencodeOtel.Otlp.Schema;

/// <summary>The fields of <c>opentelemetry/proto/resource/v1/resource.proto</c>, by message; held against the schema by a test.</summary>
internal static class ResourceFields
{
    public static class Resource
    {
        public static Field Attributes => new(1, WireType.LengthDelimited, "attributes"u8);

        public static Field DroppedAttributesCount => new(2, WireType.Varint, "droppedAttributesCount"u8);

        public static Field EntityRefs => new(3, WireType.LengthDelimited, "entityRefs"u8);
    }
}
