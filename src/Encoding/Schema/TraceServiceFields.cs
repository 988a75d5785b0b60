using System.Runtime.CompilerServices;

namespace OpencodeOtel.Otlp.Schema;

/// <summary>The fields of <c>opentelemetry/proto/collector/trace/v1/trace_service.proto</c>, by message; held against the schema by a test.</summary>
internal static class TraceServiceFields
{
    public static class ExportTraceServiceRequest
    {
        public static Field ResourceSpans { [MethodImpl(Field.Folded)] get => new(1, WireType.LengthDelimited, "resourceSpans"u8); }
    }

    public static class ExportTraceServiceResponse
    {
        public static Field PartialSuccess { [MethodImpl(Field.Folded)] get => new(1, WireType.LengthDelimited, "partialSuccess"u8); }
    }

    public static class ExportTracePartialSuccess
    {
        public static Field RejectedSpans { [MethodImpl(Field.Folded)] get => new(1, WireType.Varint, "rejectedSpans"u8); }

        public static Field ErrorMessage { [MethodImpl(Field.Folded)] get => new(2, WireType.LengthDelimited, "errorMessage"u8); }
    }
}
