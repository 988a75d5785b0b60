using OpencodeOtel.EndToEnd.Support;
using OpencodeOtel.TestCollector;
using OpenTelemetry.Proto.Common.V1;
using OpenTelemetry.Proto.Metrics.V1;

namespace OpencodeOtel.EndToEnd.Wrapping;

/// <summary>Telemetry without what depends on when it was watched: two observers of the same events agree on these texts.</summary>
internal static class TelemetryFacts
{
    /// <summary>A text for each span and log record, and for each series its sum, sorted.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<ReceivedRequest> requests)
    {
        IEnumerable<string> spans = requests.Spans().Select(span => span.Item).Select(span =>
            $"span {span.TraceId.ToBase64()} {span.SpanId.ToBase64()} {span.ParentSpanId.ToBase64()} {span.Name} {span.Status?.Code} {Text(span.Attributes)}");
        IEnumerable<string> logs = requests.LogRecords().Select(record => record.Item).Select(record =>
            $"log {record.EventName} {record.SpanId.ToBase64()} {record.SeverityText} {Text(record.Attributes)}");
        return [.. spans.Concat(logs).Concat(Sums(requests)).Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Sums(IReadOnlyList<ReceivedRequest> requests)
    {
        IReadOnlyList<Received<Metric>> metrics = requests.Metrics();
        var sums = new MetricSums(metrics);
        return metrics.Select(metric => metric.Item.Name).Distinct().Select(name => FormattableString.Invariant($"sum {name} {sums.Sum(name):0.######}"));
    }

    private static string Text(IEnumerable<KeyValue> attributes) => string.Join(
        ',', attributes.Where(attribute => attribute.Key != "duration_ms").Select(attribute => attribute.ToString()).Order(StringComparer.Ordinal));
}
