using System.Runtime.CompilerServices;

namespace OpencodeOtel.Otlp.Schema;

/// <summary>The fields of <c>google/rpc/status.proto</c>, <c>error_details.proto</c> and the well-known types in them, by message.</summary>
internal static class RpcFields
{
    /// <summary>The member of an <c>Any</c> in JSON that says what the others are.</summary>
    public static ReadOnlySpan<byte> AnyJsonType => "@type"u8;

    public static class Status
    {
        public static Field Code { [MethodImpl(Field.Folded)] get => new(1, WireType.Varint, "code"u8); }

        public static Field Message { [MethodImpl(Field.Folded)] get => new(2, WireType.LengthDelimited, "message"u8); }

        public static Field Details { [MethodImpl(Field.Folded)] get => new(3, WireType.LengthDelimited, "details"u8); }
    }

    public static class RetryInfo
    {
        public static Field RetryDelay { [MethodImpl(Field.Folded)] get => new(1, WireType.LengthDelimited, "retryDelay"u8); }
    }

    public static class Any
    {
        public static Field TypeUrl { [MethodImpl(Field.Folded)] get => new(1, WireType.LengthDelimited, "typeUrl"u8); }

        public static Field Value { [MethodImpl(Field.Folded)] get => new(2, WireType.LengthDelimited, "value"u8); }
    }

    public static class Duration
    {
        public static Field Seconds { [MethodImpl(Field.Folded)] get => new(1, WireType.Varint, "seconds"u8); }

        public static Field Nanos { [MethodImpl(Field.Folded)] get => new(2, WireType.Varint, "nanos"u8); }
    }
}
