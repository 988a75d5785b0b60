using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Aggregating;

/// <summary>Turns measurements into data points: a stream of series for each instrument, collected together.</summary>
/// <remarks>One thread. Neither a measurement of a series that exists nor a collection allocates.</remarks>
internal sealed class MetricAggregator(TelemetryOptions options)
{
    private readonly TelemetryOptions _options = options;
    private readonly AttributeExclusion _exclusion = new(options.ExcludedMetricAttributes);
    private readonly Dictionary<Instrument, IMetricStream> _streams = new(ReferenceEqualityComparer.Instance);

    // In the order of their first measurement, which is the order of the metrics in a request.
    private readonly List<IMetricStream> _inOrder = [];

    // The last instrument comes again more often than not: five token counts for each message.
    private Instrument? _lastInstrument;
    private IMetricStream? _lastStream;
    private long? _firstMeasurement;
    private ulong _previousCollection;

    /// <summary>Gets how many measurements were not aggregated because of their value, such as a negative one of a counter.</summary>
    public long Ignored { get; private set; }

    /// <summary>Gets how many measurements went to an overflow series because a metric reached its cardinality limit.</summary>
    public long Overflowed => _inOrder.Sum(stream => stream.Overflowed);

    /// <summary>Adds a measurement to its series.</summary>
    public void Record(in Measurement measurement)
    {
        IMetricStream stream = ReferenceEquals(measurement.Instrument, _lastInstrument)
            ? _lastStream!
            : StreamOf(in measurement);
        if (!stream.Record(in measurement, _exclusion.Apply(measurement.Attributes)))
        {
            Ignored++;
        }
    }

    /// <summary>Hands the points of all series that are due to <paramref name="sink"/>, metric by metric, and starts the next interval.</summary>
    /// <param name="nowUnixMs">The time of the points, in Unix milliseconds.</param>
    /// <param name="sink">Where they go.</param>
    /// <remarks>
    /// Times of collections rise by at least a nanosecond, even if the clock stands or goes back: no interval is empty, and
    /// none overlaps another.
    /// </remarks>
    public void Collect(long nowUnixMs, IMetricPointSink sink)
    {
        ulong time = Math.Max(UnixNanoseconds.FromMilliseconds(nowUnixMs), _previousCollection + 1);
        ulong start = _previousCollection == 0
            ? Math.Min(UnixNanoseconds.FromMilliseconds(_firstMeasurement ?? 0), time - 1)
            : _previousCollection;
        var window = new CollectionWindow(start, time);
        foreach (IMetricStream stream in _inOrder)
        {
            stream.Collect(in window, sink);
        }

        _previousCollection = time;
        sink.EndCollection();
    }

    private IMetricStream StreamOf(in Measurement measurement)
    {
        // All instruments count as created with the first measurement, so the first delta points share a start.
        _firstMeasurement ??= measurement.Time;
        Instrument instrument = measurement.Instrument;
        if (!_streams.TryGetValue(instrument, out IMetricStream? stream))
        {
            stream = MetricStreamFactory.Create(instrument, _options);
            _streams.Add(instrument, stream);
            _inOrder.Add(stream);
        }

        (_lastInstrument, _lastStream) = (instrument, stream);
        return stream;
    }
}
