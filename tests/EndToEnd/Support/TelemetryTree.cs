using Google.Protobuf;
using OpencodeOtel.TestCollector;
using OpenTelemetry.Proto.Metrics.V1;

namespace OpencodeOtel.EndToEnd.Support;

/// <summary>What was received as a sorted list of texts, one a record: equal lists are equal telemetry, however it was batched.</summary>
public static class TelemetryTree
{
    /// <summary>Flattens requests into one text for each span, log record and data point, envelope included.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<ReceivedRequest> requests) =>
    [
        .. requests.Spans().Select(span => Text("span", span, span.Item.ToString()!))
            .Concat(requests.LogRecords().Select(record => Text("log", record, record.Item.ToString()!)))
            .Concat(requests.Metrics().SelectMany(metric =>
                Points(metric.Item).Select(point => Text("point", metric, $"{Header(metric.Item)} {point}"))))
            .Order(StringComparer.Ordinal),
    ];

    private static string Text<T>(string kind, Received<T> received, string item) =>
        $"{kind} {received.Resource} {received.Scope} {received.ResourceSchemaUrl} {received.ScopeSchemaUrl} {item}";

    private static string Header(Metric metric)
    {
        Metric header = metric.Clone();
        header.Gauge?.DataPoints.Clear();
        header.Sum?.DataPoints.Clear();
        header.Histogram?.DataPoints.Clear();
        header.ExponentialHistogram?.DataPoints.Clear();
        return header.ToString();
    }

    private static IEnumerable<IMessage> Points(Metric metric) => metric.DataCase switch
    {
        Metric.DataOneofCase.Gauge => metric.Gauge.DataPoints,
        Metric.DataOneofCase.Sum => metric.Sum.DataPoints,
        Metric.DataOneofCase.Histogram => metric.Histogram.DataPoints,
        Metric.DataOneofCase.ExponentialHistogram => metric.ExponentialHistogram.DataPoints,
        _ => throw new InvalidOperationException($"The metric {metric.Name} has no data."),
    };
}
