using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Otlp.Schema;

namespace OpencodeOtel.Otlp.Messages;

/// <summary>The fields of a signal's request, <c>Resource…</c> and <c>Scope…</c> messages, which differ in name only.</summary>
internal readonly ref struct EnvelopeFields
{
    public Field Request { get; private init; }

    public Field Resource { get; private init; }

    public Field Scopes { get; private init; }

    public Field ResourceSchemaUrl { get; private init; }

    public Field Scope { get; private init; }

    public Field Items { get; private init; }

    public Field ScopeSchemaUrl { get; private init; }

    public static EnvelopeFields Of(Signal signal) => signal switch
    {
        Signal.Traces => new()
        {
            Request = TraceServiceFields.ExportTraceServiceRequest.ResourceSpans,
            Resource = TraceFields.ResourceSpans.Resource,
            Scopes = TraceFields.ResourceSpans.ScopeSpans,
            ResourceSchemaUrl = TraceFields.ResourceSpans.SchemaUrl,
            Scope = TraceFields.ScopeSpans.Scope,
            Items = TraceFields.ScopeSpans.Spans,
            ScopeSchemaUrl = TraceFields.ScopeSpans.SchemaUrl,
        },
        Signal.Metrics => new()
        {
            Request = MetricsServiceFields.ExportMetricsServiceRequest.ResourceMetrics,
            Resource = MetricsFields.ResourceMetrics.Resource,
            Scopes = MetricsFields.ResourceMetrics.ScopeMetrics,
            ResourceSchemaUrl = MetricsFields.ResourceMetrics.SchemaUrl,
            Scope = MetricsFields.ScopeMetrics.Scope,
            Items = MetricsFields.ScopeMetrics.Metrics,
            ScopeSchemaUrl = MetricsFields.ScopeMetrics.SchemaUrl,
        },
        Signal.Logs => new()
        {
            Request = LogsServiceFields.ExportLogsServiceRequest.ResourceLogs,
            Resource = LogsFields.ResourceLogs.Resource,
            Scopes = LogsFields.ResourceLogs.ScopeLogs,
            ResourceSchemaUrl = LogsFields.ResourceLogs.SchemaUrl,
            Scope = LogsFields.ScopeLogs.Scope,
            Items = LogsFields.ScopeLogs.LogRecords,
            ScopeSchemaUrl = LogsFields.ScopeLogs.SchemaUrl,
        },
        _ => throw new ArgumentOutOfRangeException(nameof(signal), signal, "No signal."),
    };
}
