using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Aggregating;

/// <summary>Gives each instrument its aggregation: a sum, a last value or a histogram.</summary>
/// <param name="options">Temporality, kind of histograms, limits, exemplars.</param>
/// <param name="exclusion">Tells the attributes that points lack.</param>
/// <param name="sessions">The sessions that series live as long as.</param>
/// <param name="log">Takes what is said once.</param>
internal sealed class MetricStreamFactory(
    TelemetryOptions options, AttributeExclusion exclusion, MeasuredSessions sessions, AggregationLog log)
{
    // The specification's reservoir of an exponential histogram; that of a sum or a gauge is as large as there are threads that measure.
    private const int ExponentialExemplars = 20;
    private const int NumberExemplars = 1;

    // The sets whose totals are remembered though they have no series of their own.
    private const int MergedSets = 10_000;

    /// <summary>Makes the stream of <paramref name="instrument"/>.</summary>
    public IMetricStream Create(Instrument instrument)
    {
        bool onlyMeasured = Temporalities.ReportsOnlyMeasured(instrument.Kind, options.Temporality);
        Metric metric = CreateMetric(instrument);
        return instrument.Kind switch
        {
            InstrumentKind.Gauge or InstrumentKind.ObservableGauge =>
                new GaugeStream(metric, instrument.IsInteger, onlyMeasured, Table<GaugeState>(), Exemplars(NumberExemplars)),
            InstrumentKind.ObservableCounter or InstrumentKind.ObservableUpDownCounter =>
                new ObservedSumStream(metric, instrument.IsInteger, Table<ObservedState>(), Sets(), Exemplars(NumberExemplars)),
            InstrumentKind.Histogram when metric.Kind == MetricKind.ExponentialHistogram =>
                new ExponentialHistogramStream(metric, Table<ExponentialState>(), Exemplars(ExponentialExemplars)),
            InstrumentKind.Histogram =>
                new HistogramStream(metric, new BucketBounds(instrument.Bounds), Table<HistogramState>(), Exemplars(instrument.Bounds.Length + 1)),
            _ => new SumStream(metric, instrument.IsInteger, Table<SumState>(), Exemplars(NumberExemplars)),
        };

        ExemplarSampler Exemplars(int size) => new(options.ExemplarFilter, exclusion, size);

        // What is no counter is summed anew for each collection: then its sets hold nothing between two.
        SeriesTable<ObservedSet> Sets() =>
            new((int)Math.Min(int.MaxValue, LimitOf(instrument.Name) + (long)MergedSets), !metric.IsMonotonic, sessions: null, onOverflow: null);

        SeriesTable<TState> Table<TState>()
            where TState : struct
        {
            int limit = LimitOf(instrument.Name);

            // What was observed must be remembered: the next difference is to it. It is not for us to say that nothing more comes.
            bool isTotal = instrument.Kind is InstrumentKind.ObservableCounter or InstrumentKind.ObservableUpDownCounter;
            return new(limit, onlyMeasured && !isTotal, isTotal ? null : sessions, (key, values) => log.Overflow(instrument.Name, limit, key, values));
        }
    }

    private int LimitOf(string name)
    {
        string suffix = name.StartsWith(options.MetricPrefix, StringComparison.Ordinal) ? name[options.MetricPrefix.Length..] : name;
        return options.MetricCardinalityLimits.TryGetValue(suffix, out int limit) ? limit : options.CardinalityLimit;
    }

    private Metric CreateMetric(Instrument instrument) => new()
    {
        Name = OtlpString.Transcode(instrument.Name),
        Description = OtlpString.Transcode(instrument.Description),
        Unit = OtlpString.Transcode(instrument.Unit),
        Temporality = Temporalities.Of(instrument.Kind, options.Temporality),
        IsMonotonic = instrument.Kind is InstrumentKind.Counter or InstrumentKind.ObservableCounter,
        Kind = instrument.Kind switch
        {
            InstrumentKind.Gauge or InstrumentKind.ObservableGauge => MetricKind.Gauge,
            InstrumentKind.Histogram when options.HistogramAggregation == HistogramAggregation.Exponential => MetricKind.ExponentialHistogram,
            InstrumentKind.Histogram => MetricKind.Histogram,
            _ => MetricKind.Sum,
        },
    };
}
