using CsCheck;
using Google.Protobuf;
using OpenTelemetry.Proto.Common.V1;
using OpenTelemetry.Proto.Resource.V1;

namespace OpencodeOtel.Otlp.Tests.Random;

/// <summary>Random scalars, values and attributes, thick at the edges: defaults, the widths of lengths, what is no Unicode.</summary>
internal static class RandomValues
{
    private static readonly Gen<int> Sizes = Gen.Frequency(
        (2, Gen.Const(0)),
        (20, Gen.Int[1, 40]),
        (6, Gen.OneOf(110, 117, 118, 119, 120, 121, 122, 123, 124, 125, 126, 127, 128, 129)),
        (3, Gen.Int[41, 400]),
        (1, Gen.OneOf(16_370, 16_376, 16_377, 16_378, 16_379, 16_380, 16_381, 16_382, 16_383, 16_384)));

    /// <summary>Texts of every size class: ASCII, what JSON escapes, all planes, and lone surrogates.</summary>
    public static readonly Gen<string> Text = Gen.Frequency(
        (6, Sizes.SelectMany(size => Gen.Char[' ', '~'].Array[size])),
        (2, Gen.OneOf("\0\u0001\u001f\u007f\"\\/\b\f\n\r\t'<>&+\u0080\u2028\u2029".ToCharArray()).Array[0, 20]),
        (2, Gen.Char.Array[0, 50]),
        (1, Gen.Int[0x10000, 0x10FFFF].Select(char.ConvertFromUtf32).Array[0, 20].Select(planes => string.Concat(planes).ToCharArray())),
        (1, Gen.Char['\uD700', '\uE0FF'].Array[0, 20]))
        .Select(characters => new string(characters));

    public static readonly Gen<ByteString> Bytes = Gen.Frequency(
        (1, Gen.Const(Array.Empty<byte>())),
        (8, Gen.Byte.Array[0, 40]),
        (1, Gen.Byte.Array[120, 130]))
        .Select(bytes => ByteString.CopyFrom(bytes));

    public static readonly Gen<uint> Count = Gen.Frequency((3, Gen.Const(0u)), (2, Gen.UInt[1, 300]), (1, Gen.UInt));

    public static readonly Gen<ulong> Time = Gen.Frequency((1, Gen.Const(0ul)), (4, Gen.ULong[1, 1ul << 61]), (1, Gen.ULong));

    public static readonly Gen<double> Real = Gen.OneOf(
        Gen.Double,
        Gen.Double[-1e6, 1e6],
        Gen.OneOf(0.0, -0.0, 1, -1, 0.1, 1e21, 5e-324, double.MaxValue, double.MinValue, double.NaN, double.PositiveInfinity, double.NegativeInfinity));

    public static readonly Gen<long> Integer = Gen.OneOf(
        Gen.Long,
        Gen.Long[-300, 300],
        Gen.OneOf(0L, 127L, 128L, -1L, long.MaxValue, long.MinValue));

    public static readonly Gen<ByteString> TraceId = Id(16);

    public static readonly Gen<ByteString> SpanId = Id(8);

    public static readonly Gen<AnyValue> Value = ValueTo(4);

    public static readonly Gen<KeyValue> Attribute = Entry(Value);

    public static readonly Gen<KeyValue[]> Attributes = Attribute.Array[0, 6];

    public static readonly Gen<Resource> Resource =
        from attributes in Attributes
        from dropped in Count
        from entities in Entity.Array[0, 2]
        select new Resource { Attributes = { attributes }, DroppedAttributesCount = dropped, EntityRefs = { entities } };

    public static readonly Gen<InstrumentationScope> Scope =
        from name in Text
        from version in Text
        from attributes in Attributes
        from dropped in Count
        select new InstrumentationScope { Name = name, Version = version, Attributes = { attributes }, DroppedAttributesCount = dropped };

    private static Gen<EntityRef> Entity =>
        from schema in Text
        from type in Text
        from id in Text.Array[0, 3]
        from description in Text.Array[0, 3]
        select new EntityRef { SchemaUrl = schema, Type = type, IdKeys = { id }, DescriptionKeys = { description } };

    private static Gen<ByteString> Id(int size) => Gen.Frequency(
        (1, Gen.Const(ByteString.Empty)),
        (4, Gen.Byte.Array[size].Select(bytes => bytes.Any(b => b != 0) ? ByteString.CopyFrom(bytes) : ByteString.Empty)));

    private static Gen<KeyValue> Entry(Gen<AnyValue> values) =>
        from key in Text
        from value in values
        select new KeyValue { Key = key, Value = value };

    private static Gen<AnyValue> ValueTo(int depth)
    {
        Gen<AnyValue> scalar = Gen.Frequency(
            (1, Gen.Const(0).Select(_ => new AnyValue())),
            (8, Text.Select(value => new AnyValue { StringValue = value })),
            (1, Gen.Bool.Select(value => new AnyValue { BoolValue = value })),
            (2, Integer.Select(value => new AnyValue { IntValue = value })),
            (2, Real.Select(value => new AnyValue { DoubleValue = value })),
            (1, Bytes.Select(value => new AnyValue { BytesValue = value })));
        if (depth == 1)
        {
            return scalar;
        }

        Gen<AnyValue> deeper = ValueTo(depth - 1);
        return Gen.Frequency(
            (8, scalar),
            (1, deeper.Array[0, 4].Select(items => new AnyValue { ArrayValue = new ArrayValue { Values = { items } } })),
            (1, Entry(deeper).Array[0, 4].Select(items => new AnyValue { KvlistValue = new KeyValueList { Values = { items } } })));
    }
}
