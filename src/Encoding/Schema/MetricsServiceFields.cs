using System.Runtime.CompilerServices;

namespace OpencodeOtel.Otlp.Schema;

/// <summary>The fields of <c>opentelemetry/proto/collector/metrics/v1/metrics_service.proto</c>, by message; held against the schema by a test.</summary>
internal static class MetricsServiceFields
{
    public static class ExportMetricsServiceRequest
    {
        public static Field ResourceMetrics { [MethodImpl(Field.Folded)] get => new(1, WireType.LengthDelimited, "resourceMetrics"u8); }
    }

    public static class ExportMetricsServiceResponse
    {
        public static Field PartialSuccess { [MethodImpl(Field.Folded)] get => new(1, WireType.LengthDelimited, "partialSuccess"u8); }
    }

    public static class ExportMetricsPartialSuccess
    {
        public static Field RejectedDataPoints { [MethodImpl(Field.Folded)] get => new(1, WireType.Varint, "rejectedDataPoints"u8); }

        public static Field ErrorMessage { [MethodImpl(Field.Folded)] get => new(2, WireType.LengthDelimited, "errorMessage"u8); }
    }
}
