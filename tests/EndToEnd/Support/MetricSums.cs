using System.Globalization;
using OpencodeOtel.TestCollector;
using OpenTelemetry.Proto.Common.V1;
using OpenTelemetry.Proto.Metrics.V1;

namespace OpencodeOtel.EndToEnd.Support;

/// <summary>Adds up what cumulative metrics say in the end: of each series, its last point.</summary>
public sealed class MetricSums
{
    private readonly Dictionary<(string Name, string Attributes), (ulong Time, double Value, double? Total, IReadOnlyList<KeyValue> Attributes)> _last = [];

    /// <summary>Takes the metrics in the order of their times.</summary>
    public MetricSums(IEnumerable<Received<Metric>> metrics)
    {
        foreach (Metric metric in metrics.Select(received => received.Item))
        {
            foreach (NumberDataPoint point in metric.Sum?.DataPoints ?? [])
            {
                Take(metric.Name, point.TimeUnixNano, point.ValueCase == NumberDataPoint.ValueOneofCase.AsInt ? point.AsInt : point.AsDouble, null, point.Attributes);
            }

            foreach (HistogramDataPoint point in metric.Histogram?.DataPoints ?? [])
            {
                Take(metric.Name, point.TimeUnixNano, point.Count, point.Sum, point.Attributes);
            }
        }
    }

    /// <summary>The sum over the series of a metric, of a histogram its count, for the points with all the given attributes.</summary>
    public double Sum(string name, params (string Key, string Value)[] attributes) => _last
        .Where(entry => entry.Key.Name == name && attributes.All(wanted =>
            entry.Value.Attributes.Any(actual => actual.Key == wanted.Key && actual.Value.StringValue == wanted.Value)))
        .Sum(entry => entry.Value.Value);

    /// <summary>Each series and its value, of a histogram its count and sum; gauges are not among them. How long runs were is noticed, a run on average.</summary>
    public IEnumerable<ComparableRecord> ToRecords() =>
        from entry in _last
        let isNoticed = entry.Key.Name == "opencode.session.duration"
        select new ComparableRecord(
            string.Create(
                CultureInfo.InvariantCulture,
                $"sum {entry.Key.Name} {entry.Key.Attributes} {entry.Value.Value:0.#########} {(isNoticed ? null : entry.Value.Total):0.#########}"),
            isNoticed ? entry.Value.Total / entry.Value.Value : null);

    private void Take(string name, ulong time, double value, double? total, IReadOnlyList<KeyValue> attributes)
    {
        (string, string) key = (name, string.Join(',', attributes.Select(attribute => attribute.ToString()).Order(StringComparer.Ordinal)));
        if (!_last.TryGetValue(key, out var known) || known.Time <= time)
        {
            _last[key] = (time, value, total, attributes);
        }
    }
}
