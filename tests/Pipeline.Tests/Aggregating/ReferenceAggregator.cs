using OpencodeOtel.Pipeline.Aggregating;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Tests.Aggregating;

/// <summary>The slow model: plain lists, decimal numbers, every measurement kept, and each point computed anew from the rules.</summary>
/// <remarks>It takes measurements whose times rise.</remarks>
internal sealed class ReferenceAggregator(TelemetryOptions options)
{
    private const string Overflow = "otel.metric.overflow=True";

    private readonly Dictionary<Instrument, ReferenceMetric> _metrics = [];
    private readonly Dictionary<string, long> _lastMeasured = [];
    private readonly HashSet<string> _over = [];
    private ulong _previous;
    private long? _first;

    public int Ignored { get; private set; }

    public void Record(Instrument instrument, decimal value, long time, IReadOnlyCollection<(string Key, string Value)> attributes)
    {
        _first ??= time;
        if (value < 0 && instrument.Kind is (InstrumentKind.Counter or InstrumentKind.ObservableCounter))
        {
            Ignored++;
            return;
        }

        (string Key, string Value)[] kept = [.. attributes.Where(attribute => !options.ExcludedMetricAttributes.Contains(attribute.Key))];
        string set = string.Join(';', kept.Select(attribute => $"{attribute.Key}={attribute.Value}").Order(StringComparer.Ordinal));
        string? session = kept.Where(attribute => attribute.Key == "session.id").Select(attribute => attribute.Value).FirstOrDefault();
        ReferenceMetric metric = _metrics.TryGetValue(instrument, out ReferenceMetric? known)
            ? known
            : _metrics[instrument] = new ReferenceMetric(instrument, options);
        ReferenceSeries series = metric.Find(set, session, Math.Max(Measuring.Nano(time), _previous + 1));
        if (series.Session is { } owner)
        {
            _lastMeasured[owner] = time;
        }

        if (metric.IsObserved && !series.Measured)
        {
            series.Values.Clear();
        }

        series.Values.Add(value);
        series.Measured = true;
    }

    public void EndSession(string session)
    {
        if (_metrics.Values.Any(metric => metric.Series.Any(series => series.Session == session)))
        {
            _over.Add(session);
        }
    }

    public IReadOnlyList<string> Collect(long now)
    {
        ulong time = Measuring.Nano(now);
        ulong start = _previous > 0 ? _previous : Math.Min(Measuring.Nano(_first ?? 0), time - 1);
        _over.UnionWith(_lastMeasured.Where(entry => entry.Value <= now - options.SessionQuietTime.TotalMilliseconds).Select(entry => entry.Key));
        List<string> points = [.. _metrics.Values.SelectMany(metric => metric.Collect(start, time))];
        foreach (ReferenceMetric metric in _metrics.Values)
        {
            metric.Series.RemoveAll(series => series.Session is { } session && _over.Contains(session));
        }

        _over.Clear();
        _previous = time;
        return points;
    }

    private sealed class ReferenceMetric(Instrument instrument, TelemetryOptions options)
    {
        private readonly bool _isGauge = instrument.Kind == InstrumentKind.Gauge;

        private readonly bool _isDelta = (instrument.Kind, options.Temporality) is
            (InstrumentKind.Counter or InstrumentKind.Histogram, TemporalityPreference.Delta or TemporalityPreference.LowMemory)
            or (InstrumentKind.ObservableCounter, TemporalityPreference.Delta);

        private bool _reclaimed;

        public bool IsObserved { get; } = instrument.Kind == InstrumentKind.ObservableCounter;

        public List<ReferenceSeries> Series { get; } = [];

        // A gauge with the delta preference, and delta points: an interval without a measurement leaves nothing.
        private bool IsEmptyWhenIdle => !IsObserved && (_isDelta || (_isGauge && options.Temporality == TemporalityPreference.Delta));

        public ReferenceSeries Find(string set, string? session, ulong start)
        {
            if (Series.Find(series => series.Set == set) is { } found)
            {
                return found;
            }

            if (IsFull() && IsEmptyWhenIdle && !_reclaimed)
            {
                Series.RemoveAll(series => !series.Measured && series.Set != Overflow);
                _reclaimed = true;
            }

            if (IsFull())
            {
                (set, session) = (Overflow, null);
                if (Series.Find(series => series.Set == Overflow) is { } overflow)
                {
                    return overflow;
                }
            }

            Series.Add(new ReferenceSeries(set, IsObserved ? null : session, start));
            return Series[^1];
        }

        public IEnumerable<string> Collect(ulong start, ulong time)
        {
            _reclaimed = false;
            foreach (ReferenceSeries series in Series)
            {
                if (!series.Measured && (IsEmptyWhenIdle || IsObserved))
                {
                    continue;
                }

                decimal total = series.Values.Sum();
                if (IsObserved && (series.Reported is null || total < series.Reported))
                {
                    (series.Start, series.Reported) = (start, 0);
                }

                ulong from = _isGauge ? 0 : _isDelta ? start : series.Start;
                decimal number = _isGauge ? series.Values[^1] : IsObserved && _isDelta ? total - series.Reported!.Value : total;
                yield return $"{instrument.Name} {series.Set} {from} {time} " + (instrument.Kind == InstrumentKind.Histogram
                    ? ReferenceHistogram.Text(series.Values, options.HistogramAggregation == HistogramAggregation.Exponential ? null : instrument.Bounds)
                    : $"{(double)number + 0.0}"); // a decimal has a negative zero, too
                series.Reported = total;
                series.Measured = false;
                if (_isDelta && !IsObserved)
                {
                    series.Values.Clear();
                }
            }
        }

        private bool IsFull() => Series.Count(series => series.Set != Overflow) >= options.CardinalityLimit;
    }

    private sealed class ReferenceSeries(string set, string? session, ulong start)
    {
        public string Set { get; } = set;

        public string? Session { get; } = session;

        public ulong Start { get; set; } = start;

        public List<decimal> Values { get; } = [];

        public decimal? Reported { get; set; }

        public bool Measured { get; set; }
    }
}
