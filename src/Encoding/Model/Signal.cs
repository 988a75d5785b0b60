namespace OpencodeOtel.Otlp.Model;

/// <summary>The three OpenTelemetry signals; each has its own request, service and path.</summary>
public enum Signal
{
    /// <summary>Spans, in an <c>ExportTraceServiceRequest</c>.</summary>
    Traces,

    /// <summary>Data points, in an <c>ExportMetricsServiceRequest</c>.</summary>
    Metrics,

    /// <summary>Log records, in an <c>ExportLogsServiceRequest</c>.</summary>
    Logs,
}
