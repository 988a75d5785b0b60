using System.Runtime.CompilerServices;

namespace OpencodeOtel.Otlp.Schema;

/// <summary>The fields of <c>opentelemetry/proto/trace/v1/trace.proto</c>, by message; held against the schema by a test.</summary>
internal static class TraceFields
{
    public static class ResourceSpans
    {
        public static Field Resource { [MethodImpl(Field.Folded)] get => new(1, WireType.LengthDelimited, "resource"u8); }

        public static Field ScopeSpans { [MethodImpl(Field.Folded)] get => new(2, WireType.LengthDelimited, "scopeSpans"u8); }

        public static Field SchemaUrl { [MethodImpl(Field.Folded)] get => new(3, WireType.LengthDelimited, "schemaUrl"u8); }
    }

    public static class ScopeSpans
    {
        public static Field Scope { [MethodImpl(Field.Folded)] get => new(1, WireType.LengthDelimited, "scope"u8); }

        public static Field Spans { [MethodImpl(Field.Folded)] get => new(2, WireType.LengthDelimited, "spans"u8); }

        public static Field SchemaUrl { [MethodImpl(Field.Folded)] get => new(3, WireType.LengthDelimited, "schemaUrl"u8); }
    }

    public static class Span
    {
        public static Field TraceId { [MethodImpl(Field.Folded)] get => new(1, WireType.LengthDelimited, "traceId"u8); }

        public static Field SpanId { [MethodImpl(Field.Folded)] get => new(2, WireType.LengthDelimited, "spanId"u8); }

        public static Field TraceState { [MethodImpl(Field.Folded)] get => new(3, WireType.LengthDelimited, "traceState"u8); }

        public static Field ParentSpanId { [MethodImpl(Field.Folded)] get => new(4, WireType.LengthDelimited, "parentSpanId"u8); }

        public static Field Flags { [MethodImpl(Field.Folded)] get => new(16, WireType.Fixed32, "flags"u8); }

        public static Field Name { [MethodImpl(Field.Folded)] get => new(5, WireType.LengthDelimited, "name"u8); }

        public static Field Kind { [MethodImpl(Field.Folded)] get => new(6, WireType.Varint, "kind"u8); }

        public static Field StartTimeUnixNano { [MethodImpl(Field.Folded)] get => new(7, WireType.Fixed64, "startTimeUnixNano"u8); }

        public static Field EndTimeUnixNano { [MethodImpl(Field.Folded)] get => new(8, WireType.Fixed64, "endTimeUnixNano"u8); }

        public static Field Attributes { [MethodImpl(Field.Folded)] get => new(9, WireType.LengthDelimited, "attributes"u8); }

        public static Field DroppedAttributesCount { [MethodImpl(Field.Folded)] get => new(10, WireType.Varint, "droppedAttributesCount"u8); }

        public static Field Events { [MethodImpl(Field.Folded)] get => new(11, WireType.LengthDelimited, "events"u8); }

        public static Field DroppedEventsCount { [MethodImpl(Field.Folded)] get => new(12, WireType.Varint, "droppedEventsCount"u8); }

        public static Field Links { [MethodImpl(Field.Folded)] get => new(13, WireType.LengthDelimited, "links"u8); }

        public static Field DroppedLinksCount { [MethodImpl(Field.Folded)] get => new(14, WireType.Varint, "droppedLinksCount"u8); }

        public static Field Status { [MethodImpl(Field.Folded)] get => new(15, WireType.LengthDelimited, "status"u8); }

        public static class Event
        {
            public static Field TimeUnixNano { [MethodImpl(Field.Folded)] get => new(1, WireType.Fixed64, "timeUnixNano"u8); }

            public static Field Name { [MethodImpl(Field.Folded)] get => new(2, WireType.LengthDelimited, "name"u8); }

            public static Field Attributes { [MethodImpl(Field.Folded)] get => new(3, WireType.LengthDelimited, "attributes"u8); }

            public static Field DroppedAttributesCount { [MethodImpl(Field.Folded)] get => new(4, WireType.Varint, "droppedAttributesCount"u8); }
        }

        public static class Link
        {
            public static Field TraceId { [MethodImpl(Field.Folded)] get => new(1, WireType.LengthDelimited, "traceId"u8); }

            public static Field SpanId { [MethodImpl(Field.Folded)] get => new(2, WireType.LengthDelimited, "spanId"u8); }

            public static Field TraceState { [MethodImpl(Field.Folded)] get => new(3, WireType.LengthDelimited, "traceState"u8); }

            public static Field Attributes { [MethodImpl(Field.Folded)] get => new(4, WireType.LengthDelimited, "attributes"u8); }

            public static Field DroppedAttributesCount { [MethodImpl(Field.Folded)] get => new(5, WireType.Varint, "droppedAttributesCount"u8); }

            public static Field Flags { [MethodImpl(Field.Folded)] get => new(6, WireType.Fixed32, "flags"u8); }
        }
    }

    public static class Status
    {
        public static Field Message { [MethodImpl(Field.Folded)] get => new(2, WireType.LengthDelimited, "message"u8); }

        public static Field Code { [MethodImpl(Field.Folded)] get => new(3, WireType.Varint, "code"u8); }
    }
}
