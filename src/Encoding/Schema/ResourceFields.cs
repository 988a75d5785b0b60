using System.Runtime.CompilerServices;

namespace OpencodeOtel.Otlp.Schema;

/// <summary>The fields of <c>opentelemetry/proto/resource/v1/resource.proto</c>, by message; held against the schema by a test.</summary>
internal static class ResourceFields
{
    public static class Resource
    {
        public static Field Attributes { [MethodImpl(Field.Folded)] get => new(1, WireType.LengthDelimited, "attributes"u8); }

        public static Field DroppedAttributesCount { [MethodImpl(Field.Folded)] get => new(2, WireType.Varint, "droppedAttributesCount"u8); }

        public static Field EntityRefs { [MethodImpl(Field.Folded)] get => new(3, WireType.LengthDelimited, "entityRefs"u8); }
    }
}
