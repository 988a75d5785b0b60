namespace OpencodeOtel.Conformance.Fields;

/// <summary>A field of the schema that is not encoded.</summary>
/// <param name="Message">The message's full name.</param>
/// <param name="Field">The field's name.</param>
/// <param name="HasConstant">Whether there is a constant for it all the same.</param>
/// <param name="Reason">Why it is not encoded.</param>
internal sealed record Exclusion(string Message, string Field, bool HasConstant, string Reason)
{
    private const string Profiles = "refers to the string table of a profile, which no other signal has";
    private const string File = "the same field as in the export request, whose bytes are what a file holds";
    private const string Answer = "read from a server's answer, never written";

    /// <summary>Gets all there are.</summary>
    public static IReadOnlyList<Exclusion> All { get; } =
    [
        new("opentelemetry.proto.common.v1.AnyValue", "string_value_strindex", false, Profiles),
        new("opentelemetry.proto.common.v1.KeyValue", "key_strindex", false, Profiles),
        new("opentelemetry.proto.trace.v1.TracesData", "resource_spans", false, File),
        new("opentelemetry.proto.metrics.v1.MetricsData", "resource_metrics", false, File),
        new("opentelemetry.proto.logs.v1.LogsData", "resource_logs", false, File),
        new("opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse", "partial_success", true, Answer),
        new("opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess", "rejected_spans", true, Answer),
        new("opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess", "error_message", true, Answer),
        new("opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse", "partial_success", true, Answer),
        new("opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess", "rejected_data_points", true, Answer),
        new("opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess", "error_message", true, Answer),
        new("opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse", "partial_success", true, Answer),
        new("opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess", "rejected_log_records", true, Answer),
        new("opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess", "error_message", true, Answer),
    ];

    /// <summary>Gets the name by which tests compare.</summary>
    public string FullName => $"{Message}.{Field}";
}
