using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Aggregating;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Tests.Aggregating;

/// <summary>The slow model: plain lists, every measurement kept, and each point computed anew from the rules.</summary>
/// <remarks>Its numbers are doubles: it takes integers that are exact as such.</remarks>
internal sealed class ReferenceAggregator(TelemetryOptions options)
{
    private const string Overflow = "otel.metric.overflow=True";

    private readonly Dictionary<Instrument, ReferenceMetric> _metrics = [];
    private readonly Dictionary<string, long> _lastMeasured = [];
    private readonly HashSet<string> _over = [];
    private ulong _previous;
    private long _first;

    public int Ignored { get; private set; }

    /// <summary>Takes a measurement; a time of 0 is not known.</summary>
    public void Record(Instrument instrument, double value, long time, KeyValue[] attributes)
    {
        _first = _first > 0 ? _first : time;
        ReferenceMetric metric = _metrics.TryGetValue(instrument, out ReferenceMetric? known)
            ? known
            : _metrics[instrument] = new ReferenceMetric(instrument, options);
        if (value < 0 && instrument.Kind is (InstrumentKind.Counter or InstrumentKind.ObservableCounter))
        {
            Ignored++;
            return;
        }

        KeyValue[] kept = [.. attributes.Where(attribute => !options.ExcludedMetricAttributes.Contains(attribute.Key.ToString()))];
        string? session = kept.Where(attribute => attribute.Key == "session.id" && attribute.Value.Kind == AnyValueKind.String)
            .Select(attribute => attribute.Value.Text.ToString())
            .FirstOrDefault();
        ReferenceSeries series = metric.Find(Measuring.Text(kept), session, Measuring.Nano(time), ForgetSessionsWithoutSeries);
        if (series.Session is { } owner)
        {
            _lastMeasured[owner] = Math.Max(time, _lastMeasured.GetValueOrDefault(owner));
        }

        metric.Measure(series, value, Measuring.Text(attributes));
    }

    public void EndSession(string session)
    {
        if (HasSeries(session))
        {
            _over.Add(session);
        }
    }

    public IReadOnlyList<string> Collect(long now)
    {
        ulong time = Measuring.Nano(now);
        ulong start = _previous > 0 ? _previous : _first > 0 ? Math.Min(Measuring.Nano(_first), time - 1) : time - 1;
        foreach ((string session, long last) in _lastMeasured.ToArray())
        {
            long measured = last > 0 ? Math.Min(last, now) : now;
            _lastMeasured[session] = measured;
            if (measured <= now - options.SessionQuietTime.TotalMilliseconds)
            {
                _over.Add(session);
            }
        }

        List<string> points = [.. _metrics.Values.SelectMany(metric => metric.Collect(start, time))];
        foreach (ReferenceMetric metric in _metrics.Values)
        {
            metric.Series.RemoveAll(series => series.Session is { } session && _over.Contains(session));
        }

        _over.Clear();
        ForgetSessionsWithoutSeries();
        _previous = time;
        return points;
    }

    private bool HasSeries(string session) => _metrics.Values.Any(metric => metric.Series.Any(series => series.Session == session));

    private void ForgetSessionsWithoutSeries()
    {
        foreach (string session in _lastMeasured.Keys.Where(session => !HasSeries(session)).ToArray())
        {
            _lastMeasured.Remove(session);
        }
    }

    private sealed class ReferenceMetric(Instrument instrument, TelemetryOptions options)
    {
        private readonly bool _isGauge = instrument.Kind is InstrumentKind.Gauge or InstrumentKind.ObservableGauge;
        private readonly bool _isTotal = instrument.Kind is InstrumentKind.ObservableCounter or InstrumentKind.ObservableUpDownCounter;
        private readonly bool _isCounter = instrument.Kind == InstrumentKind.ObservableCounter;

        private readonly bool _isDelta = (instrument.Kind, options.Temporality) is
            (InstrumentKind.Counter or InstrumentKind.Histogram, TemporalityPreference.Delta or TemporalityPreference.LowMemory)
            or (InstrumentKind.ObservableCounter, TemporalityPreference.Delta);

        private readonly int _limit = options.MetricCardinalityLimits.TryGetValue(instrument.Name["opencode.".Length..], out int limit)
            ? limit
            : options.CardinalityLimit;

        // Of an observable counter, by all the attributes that were measured.
        private readonly Dictionary<string, double> _totals = [];
        private bool _reclaimed;

        // No series starts before its metric was last collected; of a metric that never was, none was reported.
        private ulong _earliest;

        public List<ReferenceSeries> Series { get; } = [];

        // A gauge that reports what was measured only, and delta points: an interval without a measurement leaves nothing.
        private bool IsEmptyWhenIdle => !_isTotal
            && (_isDelta || instrument.Kind == InstrumentKind.ObservableGauge || (_isGauge && options.Temporality == TemporalityPreference.Delta));

        public ReferenceSeries Find(string set, string? session, ulong start, Action reclaimed)
        {
            if (Series.Find(series => series.Set == set) is { } found)
            {
                return found;
            }

            if (IsFull() && IsEmptyWhenIdle && !_reclaimed)
            {
                Series.RemoveAll(series => !series.Measured && series.Set != Overflow);
                _reclaimed = true;
                reclaimed();
            }

            if (IsFull())
            {
                (set, session) = (Overflow, null);
                if (Series.Find(series => series.Set == Overflow) is { } overflow)
                {
                    return overflow;
                }
            }

            Series.Add(new ReferenceSeries(set, _isTotal ? null : session, Math.Max(start, _earliest)));
            return Series[^1];
        }

        public void Measure(ReferenceSeries series, double value, string set)
        {
            series.Measured = true;
            if (!_isTotal)
            {
                series.Values.Add(value);
                return;
            }

            // Each set counts with the total that was observed last.
            series.Observed[set] = value;
            if (!_isCounter)
            {
                return;
            }

            double before = _totals.GetValueOrDefault(set);
            if (value < before)
            {
                before = 0;
                series.HasFallen |= series.Sets.Count == 1;
                series.Risen = series.Sets.Count == 1 ? 0 : series.Risen;
            }

            series.Sets.Add(set);
            series.Risen += value - before;
            series.Change += value - before;
            _totals[set] = value;
        }

        public IEnumerable<string> Collect(ulong start, ulong time)
        {
            _reclaimed = false;
            _earliest = time + 1;
            foreach (ReferenceSeries series in Series)
            {
                if (!series.Measured && (IsEmptyWhenIdle || _isTotal))
                {
                    continue;
                }

                series.Start = (_isTotal, series.IsReported, series.HasFallen) switch
                {
                    (true, false, _) => start,
                    (true, true, true) => start + 1,
                    _ => Math.Min(series.Start == 0 ? start : series.Start, time - 1),
                };
                ulong from = _isGauge ? 0 : _isDelta ? start : series.Start;
                yield return $"{instrument.Name} {series.Set} {from} {time} " + (instrument.Kind == InstrumentKind.Histogram
                    ? ReferenceHistogram.Text(series.Values, options.HistogramAggregation == HistogramAggregation.Exponential ? null : instrument.Bounds)
                    : $"{ValueOf(series)}");
                series.EndInterval(_isDelta);
            }
        }

        private double ValueOf(ReferenceSeries series) =>
            _isGauge ? series.Values[^1]
            : !_isTotal ? series.Values.Sum()
            : !_isCounter ? series.Observed.Values.Sum()
            : _isDelta ? series.Change
            : series.Risen;

        private bool IsFull() => Series.Count(series => series.Set != Overflow) >= _limit;
    }

    private sealed class ReferenceSeries(string set, string? session, ulong start)
    {
        public string Set { get; } = set;

        public string? Session { get; } = session;

        public ulong Start { get; set; } = start;

        public List<double> Values { get; } = [];

        /// <summary>Gets what was observed since the last collection, by set.</summary>
        public Dictionary<string, double> Observed { get; } = [];

        /// <summary>Gets the sets that were ever observed.</summary>
        public HashSet<string> Sets { get; } = [];

        public double Risen { get; set; }

        public double Change { get; set; }

        public bool HasFallen { get; set; }

        public bool IsReported { get; private set; }

        public bool Measured { get; set; }

        public void EndInterval(bool isDelta)
        {
            if (isDelta)
            {
                Values.Clear();
            }

            Observed.Clear();
            Change = 0;
            HasFallen = false;
            IsReported = true;
            Measured = false;
        }
    }
}
