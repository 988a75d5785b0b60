using System.Runtime.CompilerServices;

namespace OpencodeOtel.Otlp.Schema;

/// <summary>The fields of <c>opentelemetry/proto/common/v1/common.proto</c>, by message; held against the schema by a test.</summary>
internal static class CommonFields
{
    public static class AnyValue
    {
        public static Field StringValue { [MethodImpl(Field.Folded)] get => new(1, WireType.LengthDelimited, "stringValue"u8); }

        public static Field BoolValue { [MethodImpl(Field.Folded)] get => new(2, WireType.Varint, "boolValue"u8); }

        public static Field IntValue { [MethodImpl(Field.Folded)] get => new(3, WireType.Varint, "intValue"u8); }

        public static Field DoubleValue { [MethodImpl(Field.Folded)] get => new(4, WireType.Fixed64, "doubleValue"u8); }

        public static Field ArrayValue { [MethodImpl(Field.Folded)] get => new(5, WireType.LengthDelimited, "arrayValue"u8); }

        public static Field KvlistValue { [MethodImpl(Field.Folded)] get => new(6, WireType.LengthDelimited, "kvlistValue"u8); }

        public static Field BytesValue { [MethodImpl(Field.Folded)] get => new(7, WireType.LengthDelimited, "bytesValue"u8); }
    }

    public static class ArrayValue
    {
        public static Field Values { [MethodImpl(Field.Folded)] get => new(1, WireType.LengthDelimited, "values"u8); }
    }

    public static class KeyValueList
    {
        public static Field Values { [MethodImpl(Field.Folded)] get => new(1, WireType.LengthDelimited, "values"u8); }
    }

    public static class KeyValue
    {
        public static Field Key { [MethodImpl(Field.Folded)] get => new(1, WireType.LengthDelimited, "key"u8); }

        public static Field Value { [MethodImpl(Field.Folded)] get => new(2, WireType.LengthDelimited, "value"u8); }
    }

    public static class InstrumentationScope
    {
        public static Field Name { [MethodImpl(Field.Folded)] get => new(1, WireType.LengthDelimited, "name"u8); }

        public static Field Version { [MethodImpl(Field.Folded)] get => new(2, WireType.LengthDelimited, "version"u8); }

        public static Field Attributes { [MethodImpl(Field.Folded)] get => new(3, WireType.LengthDelimited, "attributes"u8); }

        public static Field DroppedAttributesCount { [MethodImpl(Field.Folded)] get => new(4, WireType.Varint, "droppedAttributesCount"u8); }
    }

    public static class EntityRef
    {
        public static Field SchemaUrl { [MethodImpl(Field.Folded)] get => new(1, WireType.LengthDelimited, "schemaUrl"u8); }

        public static Field Type { [MethodImpl(Field.Folded)] get => new(2, WireType.LengthDelimited, "type"u8); }

        public static Field IdKeys { [MethodImpl(Field.Folded)] get => new(3, WireType.LengthDelimited, "idKeys"u8); }

        public static Field DescriptionKeys { [MethodImpl(Field.Folded)] get => new(4, WireType.LengthDelimited, "descriptionKeys"u8); }
    }
}
