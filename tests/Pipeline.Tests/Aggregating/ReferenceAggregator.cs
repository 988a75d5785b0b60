using OpencodeOtel.Pipeline.Aggregating;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Tests.Aggregating;

/// <summary>The slow model: it keeps every measurement and computes each collection anew, from the rules.</summary>
/// <remarks>It takes measurements whose times rise and values that are integers, so that sums are exact in any number type.</remarks>
internal sealed class ReferenceAggregator(TelemetryOptions options)
{
    private const string Overflow = "otel.metric.overflow=True";

    private readonly List<Recorded> _all = [];
    private readonly List<ulong> _collections = [];
    private int _sinceCollection;

    public void Record(Instrument instrument, long value, long time, IEnumerable<(string Key, string Value)> attributes)
    {
        string[] kept = [.. attributes
            .Where(attribute => !options.ExcludedMetricAttributes.Contains(attribute.Key))
            .Select(attribute => $"{attribute.Key}={attribute.Value}")
            .Order(StringComparer.Ordinal)];
        _all.Add(new Recorded(_all.Count, instrument, value, time, string.Join(';', kept)));
    }

    public IReadOnlyList<Expected> Collect(long now)
    {
        ulong time = Measuring.Nano(now);
        ulong previous = _collections.Count > 0 ? _collections[^1] : 0;
        var points = new List<Expected>();
        foreach (IGrouping<Instrument, Recorded> metric in _all.GroupBy(recorded => recorded.Instrument))
        {
            bool isGauge = metric.Key.Kind == InstrumentKind.Gauge;
            bool onlyNew = options.Temporality == TemporalityPreference.Delta && isGauge;
            bool isDelta = options.Temporality != TemporalityPreference.Cumulative
                && (metric.Key.Kind is InstrumentKind.Counter or InstrumentKind.Histogram);

            // What counts for the limit is what the aggregator still holds: all, or with delta this interval's.
            IEnumerable<Recorded> scope = isDelta || onlyNew ? metric.Where(recorded => recorded.Number >= _sinceCollection) : metric;
            string[] sets = [.. scope.Select(recorded => recorded.Set).Distinct().Take(options.CardinalityLimit)];
            foreach (IGrouping<string, Recorded> series in scope.GroupBy(recorded => sets.Contains(recorded.Set) ? recorded.Set : Overflow))
            {
                ulong first = Measuring.Nano(series.First().Time);
                ulong start = isGauge ? 0 : isDelta ? (previous > 0 ? previous : Measuring.Nano(_all[0].Time)) : first;
                long sum = isGauge ? series.Last().Value : series.Sum(recorded => recorded.Value);
                points.Add(new Expected(metric.Key.Name, series.Key, start, time, sum, series.Count(), series.Min(r => r.Value), series.Max(r => r.Value)));
            }
        }

        _collections.Add(time);
        _sinceCollection = _all.Count;
        return points;
    }

    internal sealed record Expected(string Name, string Set, ulong Start, ulong Time, long Sum, int Count, long Min, long Max);

    private sealed record Recorded(int Number, Instrument Instrument, long Value, long Time, string Set);
}
