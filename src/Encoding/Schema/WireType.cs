namespace OpencodeOtel.Otlp.Schema;

/// <summary>How a protobuf field's value is delimited; the low three bits of a tag.</summary>
/// <remarks><see href="https://protobuf.dev/programming-guides/encoding/#structure"/>. Groups (3, 4) are not part of proto3.</remarks>
internal enum WireType
{
    /// <summary>A base-128 number: integers, booleans, enums.</summary>
    Varint = 0,

    /// <summary>Eight bytes, little-endian.</summary>
    Fixed64 = 1,

    /// <summary>A length and that many bytes: strings, bytes, messages, packed lists.</summary>
    LengthDelimited = 2,

    /// <summary>Four bytes, little-endian.</summary>
    Fixed32 = 5,
}
