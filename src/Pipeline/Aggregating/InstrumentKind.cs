namespace OpencodeOtel.Pipeline.Aggregating;

/// <summary>The synchronous instruments of the OpenTelemetry metrics API.</summary>
internal enum InstrumentKind
{
    /// <summary>Adds that are never negative: a monotonic sum.</summary>
    Counter,

    /// <summary>Adds of any sign: a sum that is not monotonic.</summary>
    UpDownCounter,

    /// <summary>The last value.</summary>
    Gauge,

    /// <summary>A distribution.</summary>
    Histogram,
}
