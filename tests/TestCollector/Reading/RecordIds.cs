using Google.Protobuf;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;
using OpenTelemetry.Proto.Metrics.V1;
using OpenTelemetry.Proto.Trace.V1;

namespace OpencodeOtel.TestCollector.Reading;

/// <summary>Refuses ids that no backend could use; protobuf itself takes bytes of any length.</summary>
/// <remarks>A span and a link need valid ids. A log record, an exemplar and a parent may have none.</remarks>
internal static class RecordIds
{
    private const int TraceIdLength = 16;
    private const int SpanIdLength = 8;

    /// <summary>Gives the length of an id in bytes by the name of its field, or null for a field that is no id.</summary>
    public static int? LengthOf(string fieldName) => fieldName switch
    {
        "trace_id" => TraceIdLength,
        "span_id" or "parent_span_id" => SpanIdLength,
        _ => null,
    };

    /// <summary>Checks every id in an export request.</summary>
    /// <exception cref="InvalidDataException">An id is missing, all zero or has the wrong length.</exception>
    public static void Check(IMessage message)
    {
        switch (message)
        {
            case ExportTraceServiceRequest traces: CheckSpans(traces); break;
            case ExportLogsServiceRequest logs: CheckLogs(logs); break;
            case ExportMetricsServiceRequest metrics: CheckExemplars(metrics); break;
        }
    }

    private static void CheckSpans(ExportTraceServiceRequest request)
    {
        foreach (Span span in request.ResourceSpans.SelectMany(r => r.ScopeSpans).SelectMany(s => s.Spans))
        {
            string where = $"span '{span.Name}'";
            Required(span.TraceId, TraceIdLength, where, "trace_id");
            Required(span.SpanId, SpanIdLength, where, "span_id");
            Optional(span.ParentSpanId, SpanIdLength, where, "parent_span_id");
            foreach (Span.Types.Link link in span.Links)
            {
                Required(link.TraceId, TraceIdLength, $"a link of {where}", "trace_id");
                Required(link.SpanId, SpanIdLength, $"a link of {where}", "span_id");
            }
        }
    }

    private static void CheckLogs(ExportLogsServiceRequest request)
    {
        foreach (var record in request.ResourceLogs.SelectMany(r => r.ScopeLogs).SelectMany(s => s.LogRecords))
        {
            string where = $"log record '{record.EventName}'";
            Optional(record.TraceId, TraceIdLength, where, "trace_id");
            Optional(record.SpanId, SpanIdLength, where, "span_id");
        }
    }

    private static void CheckExemplars(ExportMetricsServiceRequest request)
    {
        foreach (Metric metric in request.ResourceMetrics.SelectMany(r => r.ScopeMetrics).SelectMany(s => s.Metrics))
        {
            string where = $"an exemplar of metric '{metric.Name}'";
            foreach (Exemplar exemplar in Exemplars(metric))
            {
                Optional(exemplar.TraceId, TraceIdLength, where, "trace_id");
                Optional(exemplar.SpanId, SpanIdLength, where, "span_id");
            }
        }
    }

    private static IEnumerable<Exemplar> Exemplars(Metric metric) => metric.DataCase switch
    {
        Metric.DataOneofCase.Gauge => metric.Gauge.DataPoints.SelectMany(point => point.Exemplars),
        Metric.DataOneofCase.Sum => metric.Sum.DataPoints.SelectMany(point => point.Exemplars),
        Metric.DataOneofCase.Histogram => metric.Histogram.DataPoints.SelectMany(point => point.Exemplars),
        Metric.DataOneofCase.ExponentialHistogram =>
            metric.ExponentialHistogram.DataPoints.SelectMany(point => point.Exemplars),
        _ => [],
    };

    private static void Optional(ByteString id, int length, string where, string field)
    {
        if (!id.IsEmpty)
        {
            Required(id, length, where, field);
        }
    }

    private static void Required(ByteString id, int length, string where, string field)
    {
        if (id.Length != length)
        {
            throw new InvalidDataException($"{field} of {where} has {id.Length} bytes instead of {length}.");
        }

        if (!id.Span.ContainsAnyExcept((byte)0))
        {
            throw new InvalidDataException($"{field} of {where} is all zero.");
        }
    }
}
