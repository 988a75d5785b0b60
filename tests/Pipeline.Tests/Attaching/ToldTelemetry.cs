using System.Globalization;
using System.Text.RegularExpressions;
using OpencodeOtel.TestCollector;
using OpenTelemetry.Proto.Common.V1;
using OpenTelemetry.Proto.Logs.V1;
using OpenTelemetry.Proto.Metrics.V1;
using OpenTelemetry.Proto.Trace.V1;

namespace OpencodeOtel.Pipeline.Tests.Attaching;

/// <summary>Telemetry as sorted texts, without the moments at which something was noticed; these are in <see cref="Ends"/>.</summary>
internal sealed partial class ToldTelemetry
{
    // opencode says these without a time.
    private static readonly HashSet<string> Noticed = ["session.idle", "session.error", "tool_decision"];

    /// <param name="requests">What was exported.</param>
    public ToldTelemetry(IReadOnlyList<ReceivedRequest> requests)
    {
        Texts =
        [
            .. requests.Spans().Select(span => Text(span.Item))
                .Concat(requests.LogRecords().Select(record => Text(record.Item)))
                .Concat(Sums(requests))
                .Order(StringComparer.Ordinal),
        ];
        Ends = requests.Spans().Select(span => span.Item).Where(span => span.Name == "opencode.session")
            .ToDictionary(span => span.SpanId.ToBase64(), span => span.EndTimeUnixNano / 1_000_000);
    }

    /// <summary>Gets a text for each span, log record and series.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>Gets the texts of the spans, less the start of a session's: whoever came before its prompt and after its creation has that of the prompt.</summary>
    public IEnumerable<string> Places => Texts.Where(text => text.StartsWith("span", StringComparison.Ordinal)).Select(text => SessionStart().Replace(text, " "));

    /// <summary>Gets when each session span ended, in Unix milliseconds.</summary>
    public IReadOnlyDictionary<string, ulong> Ends { get; }

    /// <summary>What is only there and only here, one text a line; empty if both are the same.</summary>
    public string DifferencesFrom(ToldTelemetry expected) => string.Join(
        '\n', Without(expected.Texts, Texts).Select(text => "missing " + text).Concat(Without(Texts, expected.Texts).Select(text => "extra " + text)));

    [GeneratedRegex(@" \d+\.\. ")]
    private static partial Regex SessionStart();

    private static List<string> Without(IReadOnlyList<string> texts, IReadOnlyList<string> others)
    {
        List<string> left = [.. texts];
        foreach (string other in others)
        {
            left.Remove(other);
        }

        return left;
    }

    private static string Text(Span span)
    {
        string end = span.Name == "opencode.session" ? string.Empty : span.EndTimeUnixNano.ToString(CultureInfo.InvariantCulture);
        string links = string.Join(',', span.Links.Select(link => link.TraceId.ToBase64() + link.SpanId.ToBase64()));
        return $"span {span.Name} {span.TraceId.ToBase64()} {span.SpanId.ToBase64()} <{span.ParentSpanId.ToBase64()}> "
            + $"{span.StartTimeUnixNano}..{end} {span.Status} [{links}] {Text(span.Attributes)}";
    }

    private static string Text(LogRecord record)
    {
        string time = Noticed.Contains(record.EventName) ? string.Empty : record.TimeUnixNano.ToString(CultureInfo.InvariantCulture);
        return $"log {record.EventName} {time} {record.SeverityNumber} {record.TraceId.ToBase64()} {record.SpanId.ToBase64()} {Text(record.Attributes)}";
    }

    private static IEnumerable<string> Sums(IReadOnlyList<ReceivedRequest> requests)
    {
        Dictionary<string, string> last = [];
        foreach (Metric metric in requests.Metrics().Select(received => received.Item))
        {
            foreach (NumberDataPoint point in metric.Sum?.DataPoints ?? metric.Gauge?.DataPoints ?? [])
            {
                last[$"sum {metric.Name} {Text(point.Attributes)}"] = string.Create(CultureInfo.InvariantCulture, $"{point.AsInt} {point.AsDouble:0.######}");
            }

            foreach (HistogramDataPoint point in metric.Histogram?.DataPoints ?? [])
            {
                double sum = metric.Name == "opencode.session.duration" ? 0 : point.Sum;
                last[$"histogram {metric.Name} {Text(point.Attributes)}"] = string.Create(CultureInfo.InvariantCulture, $"{point.Count} {sum:0.######}");
            }
        }

        return last.Select(series => $"{series.Key} {series.Value}");
    }

    private static string Text(IEnumerable<KeyValue> attributes) =>
        string.Join(' ', attributes.Select(attribute => attribute.ToString()).Order(StringComparer.Ordinal));
}
