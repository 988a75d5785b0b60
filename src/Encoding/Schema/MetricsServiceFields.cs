namespace OpencodeOtel.Otlp.Schema;

/// <summary>The fields of <c>opentelemetry/proto/collector/metrics/v1/metrics_service.proto</c>, by message; held against the schema by a test.</summary>
internal static class MetricsServiceFields
{
    public static class ExportMetricsServiceRequest
    {
        public static Field ResourceMetrics => new(1, WireType.LengthDelimited, "resourceMetrics"u8);
    }

    public static class ExportMetricsServiceResponse
    {
        public static Field PartialSuccess => new(1, WireType.LengthDelimited, "partialSuccess"u8);
    }

    public static class ExportMetricsPartialSuccess
    {
        public static Field RejectedDataPoints => new(1, WireType.Varint, "rejectedDataPoints"u8);

        public static Field ErrorMessage => new(2, WireType.LengthDelimited, "errorMessage"u8);
    }
}
