using Google.Protobuf;
using Google.Protobuf.Reflection;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;

namespace OpencodeOtel.TestCollector.Reading;

/// <summary>What a signal is called on each transport, and the messages that go to and fro.</summary>
internal sealed record SignalSchema(
    OtlpSignal Signal,
    string HttpPath,
    string FileName,
    ServiceDescriptor GrpcService,
    MessageDescriptor Request,
    Func<ScriptedPartialSuccess?, IMessage> Respond)
{
    /// <summary>Gets the three signals.</summary>
    public static IReadOnlyList<SignalSchema> All { get; } =
    [
        new(
            OtlpSignal.Traces,
            "/v1/traces",
            "traces.jsonl",
            TraceService.Descriptor,
            ExportTraceServiceRequest.Descriptor,
            partial => partial is null
                ? new ExportTraceServiceResponse()
                : new ExportTraceServiceResponse
                {
                    PartialSuccess = new() { RejectedSpans = partial.Rejected, ErrorMessage = partial.Message },
                }),
        new(
            OtlpSignal.Metrics,
            "/v1/metrics",
            "metrics.jsonl",
            MetricsService.Descriptor,
            ExportMetricsServiceRequest.Descriptor,
            partial => partial is null
                ? new ExportMetricsServiceResponse()
                : new ExportMetricsServiceResponse
                {
                    PartialSuccess = new() { RejectedDataPoints = partial.Rejected, ErrorMessage = partial.Message },
                }),
        new(
            OtlpSignal.Logs,
            "/v1/logs",
            "logs.jsonl",
            LogsService.Descriptor,
            ExportLogsServiceRequest.Descriptor,
            partial => partial is null
                ? new ExportLogsServiceResponse()
                : new ExportLogsServiceResponse
                {
                    PartialSuccess = new() { RejectedLogRecords = partial.Rejected, ErrorMessage = partial.Message },
                }),
    ];
}
