namespace OpencodeOtel.Pipeline.Aggregating;

/// <summary>The instruments of the OpenTelemetry metrics API.</summary>
/// <remarks>
/// Those that observe are asynchronous: a measurement is not an amount to add but what a total, or a value, is now, and it stands
/// for the collection that follows.
/// </remarks>
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

    /// <summary>A total that never falls, unless it begins anew: a monotonic sum.</summary>
    ObservableCounter,

    /// <summary>A total: a sum that is not monotonic.</summary>
    ObservableUpDownCounter,

    /// <summary>A value as it is now.</summary>
    ObservableGauge,
}
