namespace OpencodeOtel.Otlp.Schema;

/// <summary>The fields of <c>opentelemetry/proto/logs/v1/logs.proto</c>, by message; held against the schema by a test.</summary>
internal static class LogsFields
{
    public static class ResourceLogs
    {
        public static Field Resource => new(1, WireType.LengthDelimited, "resource"u8);

        public static Field ScopeLogs => new(2, WireType.LengthDelimited, "scopeLogs"u8);

        public static Field SchemaUrl => new(3, WireType.LengthDelimited, "schemaUrl"u8);
    }

    public static class ScopeLogs
    {
        public static Field Scope => new(1, WireType.LengthDelimited, "scope"u8);

        public static Field LogRecords => new(2, WireType.LengthDelimited, "logRecords"u8);

        public static Field SchemaUrl => new(3, WireType.LengthDelimited, "schemaUrl"u8);
    }

    public static class LogRecord
    {
        public static Field TimeUnixNano => new(1, WireType.Fixed64, "timeUnixNano"u8);

        public static Field ObservedTimeUnixNano => new(11, WireType.Fixed64, "observedTimeUnixNano"u8);

        public static Field SeverityNumber => new(2, WireType.Varint, "severityNumber"u8);

        public static Field SeverityText => new(3, WireType.LengthDelimited, "severityText"u8);

        public static Field Body => new(5, WireType.LengthDelimited, "body"u8);

        public static Field Attributes => new(6, WireType.LengthDelimited, "attributes"u8);

        public static Field DroppedAttributesCount => new(7, WireType.Varint, "droppedAttributesCount"u8);

        public static Field Flags => new(8, WireType.Fixed32, "flags"u8);

        public static Field TraceId => new(9, WireType.LengthDelimited, "traceId"u8);

        public static Field SpanId => new(10, WireType.LengthDelimited, "spanId"u8);

        public static Field EventName => new(12, WireType.LengthDelimited, "eventName"u8);
    }
}
