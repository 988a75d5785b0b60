using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Aggregating;

/// <summary>Gives each instrument its aggregation: a sum, a last value or a histogram.</summary>
internal static class MetricStreamFactory
{
    /// <summary>Makes the stream of <paramref name="instrument"/>.</summary>
    public static IMetricStream Create(Instrument instrument, TelemetryOptions options)
    {
        bool onlyMeasured = Temporalities.ReportsOnlyMeasured(instrument.Kind, options.Temporality);
        Metric metric = CreateMetric(instrument, options.Temporality);
        return instrument.Kind switch
        {
            InstrumentKind.Gauge => new GaugeStream(metric, instrument.IsInteger, onlyMeasured, Table<GaugeState>()),
            InstrumentKind.Histogram => new HistogramStream(metric, new BucketBounds(instrument.Bounds), Table<HistogramState>()),
            _ => new SumStream(metric, instrument.IsInteger, Table<SumState>()),
        };

        SeriesTable<TState> Table<TState>()
            where TState : struct => new(options.CardinalityLimit, reclaimsIdle: onlyMeasured);
    }

    private static Metric CreateMetric(Instrument instrument, TemporalityPreference preference) => new()
    {
        Name = OtlpString.Transcode(instrument.Name),
        Description = OtlpString.Transcode(instrument.Description),
        Unit = OtlpString.Transcode(instrument.Unit),
        Temporality = Temporalities.Of(instrument.Kind, preference),
        IsMonotonic = instrument.Kind == InstrumentKind.Counter,
        Kind = instrument.Kind switch
        {
            InstrumentKind.Gauge => MetricKind.Gauge,
            InstrumentKind.Histogram => MetricKind.Histogram,
            _ => MetricKind.Sum,
        },
    };
}
