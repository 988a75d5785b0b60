using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;
using OpenTelemetry.Proto.Common.V1;
using OpenTelemetry.Proto.Logs.V1;
using OpenTelemetry.Proto.Metrics.V1;
using OpenTelemetry.Proto.Resource.V1;
using OpenTelemetry.Proto.Trace.V1;

namespace OpencodeOtel.TestCollector;

/// <summary>Takes requests apart into records, in the order in which they arrived.</summary>
public static class ReceivedTelemetry
{
    /// <summary>Lists the spans of all trace requests.</summary>
    public static IReadOnlyList<Received<Span>> Spans(this IEnumerable<ReceivedRequest> requests) =>
        [.. from request in requests.Messages<ExportTraceServiceRequest>()
            from resource in request.ResourceSpans
            from scope in resource.ScopeSpans
            from span in scope.Spans
            select Item(resource.Resource, resource.SchemaUrl, scope.Scope, scope.SchemaUrl, span)];

    /// <summary>Lists the log records of all log requests.</summary>
    public static IReadOnlyList<Received<LogRecord>> LogRecords(this IEnumerable<ReceivedRequest> requests) =>
        [.. from request in requests.Messages<ExportLogsServiceRequest>()
            from resource in request.ResourceLogs
            from scope in resource.ScopeLogs
            from record in scope.LogRecords
            select Item(resource.Resource, resource.SchemaUrl, scope.Scope, scope.SchemaUrl, record)];

    /// <summary>Lists the metrics of all metric requests; a metric sent twice is listed twice.</summary>
    public static IReadOnlyList<Received<Metric>> Metrics(this IEnumerable<ReceivedRequest> requests) =>
        [.. from request in requests.Messages<ExportMetricsServiceRequest>()
            from resource in request.ResourceMetrics
            from scope in resource.ScopeMetrics
            from metric in scope.Metrics
            select Item(resource.Resource, resource.SchemaUrl, scope.Scope, scope.SchemaUrl, metric)];

    /// <summary>Counts what a partial success would count: spans, log records or data points.</summary>
    public static int ItemCount(this ReceivedRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        ReceivedRequest[] one = [request];
        return one.Spans().Count + one.LogRecords().Count + one.Metrics().Sum(metric => PointCount(metric.Item));
    }

    private static int PointCount(Metric metric) => metric.DataCase switch
    {
        Metric.DataOneofCase.Gauge => metric.Gauge.DataPoints.Count,
        Metric.DataOneofCase.Sum => metric.Sum.DataPoints.Count,
        Metric.DataOneofCase.Histogram => metric.Histogram.DataPoints.Count,
        Metric.DataOneofCase.ExponentialHistogram => metric.ExponentialHistogram.DataPoints.Count,
        Metric.DataOneofCase.Summary => metric.Summary.DataPoints.Count,
        _ => 0,
    };

    private static IEnumerable<T> Messages<T>(this IEnumerable<ReceivedRequest> requests) =>
        requests.Select(request => request.Message).OfType<T>();

    private static Received<T> Item<T>(
        Resource? resource, string resourceSchema, InstrumentationScope? scope, string scopeSchema, T item) =>
        new(resource ?? new Resource(), resourceSchema, scope ?? new InstrumentationScope(), scopeSchema, item);
}
