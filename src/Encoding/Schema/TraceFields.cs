namespace OpencodeOtel.Otlp.Schema;

/// <summary>The fields of <c>opentelemetry/proto/trace/v1/trace.proto</c>, by message; held against the schema by a test.</summary>
internal static class TraceFields
{
    public static class ResourceSpans
    {
        public static Field Resource => new(1, WireType.LengthDelimited, "resource"u8);

        public static Field ScopeSpans => new(2, WireType.LengthDelimited, "scopeSpans"u8);

        public static Field SchemaUrl => new(3, WireType.LengthDelimited, "schemaUrl"u8);
    }

    public static class ScopeSpans
    {
        public static Field Scope => new(1, WireType.LengthDelimited, "scope"u8);

        public static Field Spans => new(2, WireType.LengthDelimited, "spans"u8);

        public static Field SchemaUrl => new(3, WireType.LengthDelimited, "schemaUrl"u8);
    }

    public static class Span
    {
        public static Field TraceId => new(1, WireType.LengthDelimited, "traceId"u8);

        public static Field SpanId => new(2, WireType.LengthDelimited, "spanId"u8);

        public static Field TraceState => new(3, WireType.LengthDelimited, "traceState"u8);

        public static Field ParentSpanId => new(4, WireType.LengthDelimited, "parentSpanId"u8);

        public static Field Flags => new(16, WireType.Fixed32, "flags"u8);

        public static Field Name => new(5, WireType.LengthDelimited, "name"u8);

        public static Field Kind => new(6, WireType.Varint, "kind"u8);

        public static Field StartTimeUnixNano => new(7, WireType.Fixed64, "startTimeUnixNano"u8);

        public static Field EndTimeUnixNano => new(8, WireType.Fixed64, "endTimeUnixNano"u8);

        public static Field Attributes => new(9, WireType.LengthDelimited, "attributes"u8);

        public static Field DroppedAttributesCount => new(10, WireType.Varint, "droppedAttributesCount"u8);

        public static Field Events => new(11, WireType.LengthDelimited, "events"u8);

        public static Field DroppedEventsCount => new(12, WireType.Varint, "droppedEventsCount"u8);

        public static Field Links => new(13, WireType.LengthDelimited, "links"u8);

        public static Field DroppedLinksCount => new(14, WireType.Varint, "droppedLinksCount"u8);

        public static Field Status => new(15, WireType.LengthDelimited, "status"u8);

        public static class Event
        {
            public static Field TimeUnixNano => new(1, WireType.Fixed64, "timeUnixNano"u8);

            public static Field Name => new(2, WireType.LengthDelimited, "name"u8);

            public static Field Attributes => new(3, WireType.LengthDelimited, "attributes"u8);

            public static Field DroppedAttributesCount => new(4, WireType.Varint, "droppedAttributesCount"u8);
        }

        public static class Link
        {
            public static Field TraceId => new(1, WireType.LengthDelimited, "traceId"u8);

            public static Field SpanId => new(2, WireType.LengthDelimited, "spanId"u8);

            public static Field TraceState => new(3, WireType.LengthDelimited, "traceState"u8);

            public static Field Attributes => new(4, WireType.LengthDelimited, "attributes"u8);

            public static Field DroppedAttributesCount => new(5, WireType.Varint, "droppedAttributesCount"u8);

            public static Field Flags => new(6, WireType.Fixed32, "flags"u8);
        }
    }

    public static class Status
    {
        public static Field Message => new(2, WireType.LengthDelimited, "message"u8);

        public static Field Code => new(3, WireType.Varint, "code"u8);
    }
}
