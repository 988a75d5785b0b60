using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Aggregating;

/// <summary>Which temporality each kind of instrument is reported with.</summary>
/// <remarks>
/// The table of the OTLP metrics exporter:
/// <see href="https://github.com/open-telemetry/opentelemetry-specification/blob/v1.60.0/specification/metrics/sdk_exporters/otlp.md"/>.
/// opencode's instruments are synchronous, so for them <c>lowmemory</c> differs from <c>delta</c> only for gauges.
/// </remarks>
internal static class Temporalities
{
    /// <summary>Gets the temporality of the points; unspecified for a gauge, which has none.</summary>
    public static AggregationTemporality Of(InstrumentKind kind, TemporalityPreference preference) => kind switch
    {
        InstrumentKind.Gauge or InstrumentKind.ObservableGauge => AggregationTemporality.Unspecified,
        InstrumentKind.UpDownCounter or InstrumentKind.ObservableUpDownCounter => AggregationTemporality.Cumulative,
        InstrumentKind.ObservableCounter => preference == TemporalityPreference.Delta
            ? AggregationTemporality.Delta
            : AggregationTemporality.Cumulative,
        _ => preference == TemporalityPreference.Cumulative ? AggregationTemporality.Cumulative : AggregationTemporality.Delta,
    };

    /// <summary>Gets whether a collection reports only the series that were measured since the one before.</summary>
    public static bool ReportsOnlyMeasured(InstrumentKind kind, TemporalityPreference preference) => kind switch
    {
        InstrumentKind.ObservableCounter or InstrumentKind.ObservableUpDownCounter or InstrumentKind.ObservableGauge => true,
        InstrumentKind.Gauge => preference == TemporalityPreference.Delta,
        _ => Of(kind, preference) == AggregationTemporality.Delta,
    };
}
