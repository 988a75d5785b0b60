using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Otlp.Schema;

namespace OpencodeOtel.Otlp.Answers;

/// <summary>The fields of a signal's response, which differ in name only.</summary>
internal readonly ref struct ResponseFields
{
    public Field PartialSuccess { get; private init; }

    public Field Rejected { get; private init; }

    public Field ErrorMessage { get; private init; }

    public static ResponseFields Of(Signal signal) => signal switch
    {
        Signal.Traces => new()
        {
            PartialSuccess = TraceServiceFields.ExportTraceServiceResponse.PartialSuccess,
            Rejected = TraceServiceFields.ExportTracePartialSuccess.RejectedSpans,
            ErrorMessage = TraceServiceFields.ExportTracePartialSuccess.ErrorMessage,
        },
        Signal.Metrics => new()
        {
            PartialSuccess = MetricsServiceFields.ExportMetricsServiceResponse.PartialSuccess,
            Rejected = MetricsServiceFields.ExportMetricsPartialSuccess.RejectedDataPoints,
            ErrorMessage = MetricsServiceFields.ExportMetricsPartialSuccess.ErrorMessage,
        },
        Signal.Logs => new()
        {
            PartialSuccess = LogsServiceFields.ExportLogsServiceResponse.PartialSuccess,
            Rejected = LogsServiceFields.ExportLogsPartialSuccess.RejectedLogRecords,
            ErrorMessage = LogsServiceFields.ExportLogsPartialSuccess.ErrorMessage,
        },
        _ => throw new ArgumentOutOfRangeException(nameof(signal), signal, "No signal."),
    };
}
