using System.Runtime.CompilerServices;

namespace OpencodeOtel.Otlp.Schema;

/// <summary>The fields of <c>opentelemetry/proto/logs/v1/logs.proto</c>, by message; held against the schema by a test.</summary>
internal static class LogsFields
{
    public static class ResourceLogs
    {
        public static Field Resource { [MethodImpl(Field.Folded)] get => new(1, WireType.LengthDelimited, "resource"u8); }

        public static Field ScopeLogs { [MethodImpl(Field.Folded)] get => new(2, WireType.LengthDelimited, "scopeLogs"u8); }

        public static Field SchemaUrl { [MethodImpl(Field.Folded)] get => new(3, WireType.LengthDelimited, "schemaUrl"u8); }
    }

    public static class ScopeLogs
    {
        public static Field Scope { [MethodImpl(Field.Folded)] get => new(1, WireType.LengthDelimited, "scope"u8); }

        public static Field LogRecords { [MethodImpl(Field.Folded)] get => new(2, WireType.LengthDelimited, "logRecords"u8); }

        public static Field SchemaUrl { [MethodImpl(Field.Folded)] get => new(3, WireType.LengthDelimited, "schemaUrl"u8); }
    }

    public static class LogRecord
    {
        public static Field TimeUnixNano { [MethodImpl(Field.Folded)] get => new(1, WireType.Fixed64, "timeUnixNano"u8); }

        public static Field ObservedTimeUnixNano { [MethodImpl(Field.Folded)] get => new(11, WireType.Fixed64, "observedTimeUnixNano"u8); }

        public static Field SeverityNumber { [MethodImpl(Field.Folded)] get => new(2, WireType.Varint, "severityNumber"u8); }

        public static Field SeverityText { [MethodImpl(Field.Folded)] get => new(3, WireType.LengthDelimited, "severityText"u8); }

        public static Field Body { [MethodImpl(Field.Folded)] get => new(5, WireType.LengthDelimited, "body"u8); }

        public static Field Attributes { [MethodImpl(Field.Folded)] get => new(6, WireType.LengthDelimited, "attributes"u8); }

        public static Field DroppedAttributesCount { [MethodImpl(Field.Folded)] get => new(7, WireType.Varint, "droppedAttributesCount"u8); }

        public static Field Flags { [MethodImpl(Field.Folded)] get => new(8, WireType.Fixed32, "flags"u8); }

        public static Field TraceId { [MethodImpl(Field.Folded)] get => new(9, WireType.LengthDelimited, "traceId"u8); }

        public static Field SpanId { [MethodImpl(Field.Folded)] get => new(10, WireType.LengthDelimited, "spanId"u8); }

        public static Field EventName { [MethodImpl(Field.Folded)] get => new(12, WireType.LengthDelimited, "eventName"u8); }
    }
}
