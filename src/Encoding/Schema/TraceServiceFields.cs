namespace OpencodeOtel.Otlp.Schema;

/// <summary>The fields of <c>opentelemetry/proto/collector/trace/v1/trace_service.proto</c>, by message; held against the schema by a test.</summary>
internal static class TraceServiceFields
{
    public static class ExportTraceServiceRequest
    {
        public static Field ResourceSpans => new(1, WireType.LengthDelimited, "resourceSpans"u8);
    }

    public static class ExportTraceServiceResponse
    {
        public static Field PartialSuccess => new(1, WireType.LengthDelimited, "partialSuccess"u8);
    }

    public static class ExportTracePartialSuccess
    {
        public static Field RejectedSpans => new(1, WireType.Varint, "rejectedSpans"u8);

        public static Field ErrorMessage => new(2, WireType.LengthDelimited, "errorMessage"u8);
    }
}
