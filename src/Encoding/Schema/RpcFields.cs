namespace OpencodeOtel.Otlp.Schema;

/// <summary>The fields of <c>google/rpc/status.proto</c>, <c>error_details.proto</c> and the well-known types in them, by message.</summary>
internal static class RpcFields
{
    /// <summary>The member of an <c>Any</c> in JSON that says what the others are.</summary>
    public static ReadOnlySpan<byte> AnyJsonType => "@type"u8;

    public static class Status
    {
        public static Field Code => new(1, WireType.Varint, "code"u8);

        public static Field Message => new(2, WireType.LengthDelimited, "message"u8);

        public static Field Details => new(3, WireType.LengthDelimited, "details"u8);
    }

    public static class RetryInfo
    {
        public static Field RetryDelay => new(1, WireType.LengthDelimited, "retryDelay"u8);
    }

    public static class Any
    {
        public static Field TypeUrl => new(1, WireType.LengthDelimited, "typeUrl"u8);

        public static Field Value => new(2, WireType.LengthDelimited, "value"u8);
    }

    public static class Duration
    {
        public static Field Seconds => new(1, WireType.Varint, "seconds"u8);

        public static Field Nanos => new(2, WireType.Varint, "nanos"u8);
    }
}
