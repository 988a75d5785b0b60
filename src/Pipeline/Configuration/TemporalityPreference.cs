namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>Which temporality each kind of instrument is reported with (OpenTelemetry: metrics exporter, OTLP).</summary>
public enum TemporalityPreference
{
    /// <summary>Everything cumulative.</summary>
    Cumulative,

    /// <summary>Counters and histograms delta; up-down counters cumulative; a gauge only when set.</summary>
    Delta,

    /// <summary>Synchronous counters and histograms delta; the rest cumulative.</summary>
    LowMemory,
}
