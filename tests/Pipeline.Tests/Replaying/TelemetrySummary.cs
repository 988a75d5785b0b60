using System.Globalization;
using OpenTelemetry.Proto.Common.V1;
using OpenTelemetry.Proto.Metrics.V1;

namespace OpencodeOtel.Pipeline.Tests.Replaying;

/// <summary>The totals of a replay, over all sessions: for streams whose telemetry is too long to be read, and for comparison of two.</summary>
internal static class TelemetrySummary
{
    private static readonly HashSet<string> OfOne = ["session.id", "tool.id"];

    /// <summary>How many spans and log records of each name and outcome, and the sum of each metric and set of attributes.</summary>
    public static string Of(Replayed replayed) => string.Join('\n', [.. Spans(replayed), "", .. Logs(replayed), "", .. Totals(replayed).Select(total => $"{total.Key}: {total.Value.ToString("R", CultureInfo.InvariantCulture)}"), ""]);

    /// <summary>The total of each metric and set of attributes without the session's id: of a sum its last value, of a histogram count and sum; of a gauge its last value.</summary>
    public static SortedDictionary<string, double> Totals(Replayed replayed)
    {
        var last = new Dictionary<string, (ulong Time, string Total, double Value)>();
        foreach (Metric metric in replayed.Metrics)
        {
            foreach (NumberDataPoint point in (metric.Sum?.DataPoints ?? []).Concat(metric.Gauge?.DataPoints ?? []))
            {
                Take("", point.Attributes, point.TimeUnixNano, point.ValueCase == NumberDataPoint.ValueOneofCase.AsInt ? point.AsInt : point.AsDouble);
            }

            foreach (HistogramDataPoint point in metric.Histogram?.DataPoints ?? [])
            {
                Take(" count", point.Attributes, point.TimeUnixNano, point.Count);
                Take(" sum", point.Attributes, point.TimeUnixNano, point.Sum);
            }

            void Take(string what, IReadOnlyList<KeyValue> attributes, ulong time, double value)
            {
                string series = metric.Name + what + " " + TelemetryText.Attributes(attributes);
                if (!last.TryGetValue(series, out var known) || known.Time <= time)
                {
                    last[series] = (time, metric.Name + what + " " + Shared(attributes), value);
                }
            }
        }

        return new(last.Values.GroupBy(one => one.Total).ToDictionary(same => same.Key, same => same.Sum(one => one.Value)), StringComparer.Ordinal);
    }

    private static IEnumerable<string> Spans(Replayed replayed) => Counted(replayed.Spans.Select(span => $"span {span.Name} {span.Kind} {span.Status?.Code.ToString() ?? "Unset"}"));

    private static IEnumerable<string> Logs(Replayed replayed) => Counted(replayed.Logs.Select(log => $"log {log.Body.StringValue} {log.SeverityText}"));

    private static IEnumerable<string> Counted(IEnumerable<string> names) =>
        names.GroupBy(name => name).OrderBy(same => same.Key, StringComparer.Ordinal).Select(same => $"{same.Key}: {same.Count()}");

    private static string Shared(IEnumerable<KeyValue> attributes) => TelemetryText.Attributes(attributes.Where(pair => !OfOne.Contains(pair.Key)));
}
