using System.Runtime.CompilerServices;

namespace OpencodeOtel.Otlp.Schema;

/// <summary>The fields of <c>opentelemetry/proto/collector/logs/v1/logs_service.proto</c>, by message; held against the schema by a test.</summary>
internal static class LogsServiceFields
{
    public static class ExportLogsServiceRequest
    {
        public static Field ResourceLogs { [MethodImpl(Field.Folded)] get => new(1, WireType.LengthDelimited, "resourceLogs"u8); }
    }

    public static class ExportLogsServiceResponse
    {
        public static Field PartialSuccess { [MethodImpl(Field.Folded)] get => new(1, WireType.LengthDelimited, "partialSuccess"u8); }
    }

    public static class ExportLogsPartialSuccess
    {
        public static Field RejectedLogRecords { [MethodImpl(Field.Folded)] get => new(1, WireType.Varint, "rejectedLogRecords"u8); }

        public static Field ErrorMessage { [MethodImpl(Field.Folded)] get => new(2, WireType.LengthDelimited, "errorMessage"u8); }
    }
}
