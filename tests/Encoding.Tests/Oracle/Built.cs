using OpencodeOtel.Otlp.Model;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;
using Wire = OpenTelemetry.Proto.Metrics.V1;

namespace OpencodeOtel.Otlp.Tests.Oracle;

/// <summary>What our builder makes of a request of the generated classes, record by record.</summary>
internal static class Built
{
    public static byte[] From(ExportTraceServiceRequest request, WireForm form)
    {
        var resource = request.ResourceSpans[0];
        var scope = resource.ScopeSpans[0];
        using ExportRequestBuilder builder = Open(
            Signal.Traces, form, ModelOf.Resource(resource.Resource, resource.SchemaUrl), ModelOf.Scope(scope.Scope, scope.SchemaUrl));
        foreach (var span in scope.Spans)
        {
            Assert.True(builder.TryAppend(ModelOf.Span(span), int.MaxValue));
        }

        return Complete(builder);
    }

    public static byte[] From(ExportLogsServiceRequest request, WireForm form)
    {
        var resource = request.ResourceLogs[0];
        var scope = resource.ScopeLogs[0];
        using ExportRequestBuilder builder = Open(
            Signal.Logs, form, ModelOf.Resource(resource.Resource, resource.SchemaUrl), ModelOf.Scope(scope.Scope, scope.SchemaUrl));
        foreach (var record in scope.LogRecords)
        {
            Assert.True(builder.TryAppend(ModelOf.Log(record), int.MaxValue));
        }

        return Complete(builder);
    }

    public static byte[] From(ExportMetricsServiceRequest request, WireForm form)
    {
        var resource = request.ResourceMetrics[0];
        var scope = resource.ScopeMetrics[0];
        using ExportRequestBuilder builder = Open(
            Signal.Metrics, form, ModelOf.Resource(resource.Resource, resource.SchemaUrl), ModelOf.Scope(scope.Scope, scope.SchemaUrl));
        foreach (Wire.Metric metric in scope.Metrics)
        {
            foreach (PointAppender append in Appenders(metric))
            {
                Assert.True(append(builder, int.MaxValue));
            }
        }

        return Complete(builder);
    }

    /// <summary>Gives what appends each point of a metric, in order.</summary>
    public static IEnumerable<PointAppender> Appenders(Wire.Metric metric)
    {
        Metric model = ModelOf.Metric(metric);
        IEnumerable<Wire.NumberDataPoint> numbers = metric.Gauge?.DataPoints ?? metric.Sum?.DataPoints ?? [];
        return numbers.Select(ModelOf.Point).Select(point => (PointAppender)((builder, limit) => builder.TryAppend(model, point, limit)))
            .Concat((metric.Histogram?.DataPoints ?? []).Select(ModelOf.Point)
                .Select(point => (PointAppender)((builder, limit) => builder.TryAppend(model, point, limit))))
            .Concat((metric.ExponentialHistogram?.DataPoints ?? []).Select(ModelOf.Point)
                .Select(point => (PointAppender)((builder, limit) => builder.TryAppend(model, point, limit))))
            .Concat((metric.Summary?.DataPoints ?? []).Select(ModelOf.Point)
                .Select(point => (PointAppender)((builder, limit) => builder.TryAppend(model, point, limit))));
    }

    /// <summary>Opens a builder with hardly any room, so that it has to grow.</summary>
    private static ExportRequestBuilder Open(Signal signal, WireForm form, Resource resource, InstrumentationScope scope) =>
        new(new ExportEnvelope(signal, form, resource, scope), initialCapacity: 16);

    private static byte[] Complete(ExportRequestBuilder builder)
    {
        int length = builder.Length;
        ExportRequest request = builder.Complete();
        byte[] body = request.Body.ToArray();
        request.Release();
        Assert.Equal(length, body.Length);
        return body;
    }
}
