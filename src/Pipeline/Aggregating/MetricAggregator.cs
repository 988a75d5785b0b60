using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Aggregating;

/// <summary>Turns measurements into data points: a stream of series for each instrument, collected together.</summary>
/// <remarks>
/// One thread. Neither a measurement of a series that exists nor a collection allocates, once the series has the memory that it comes to
/// need: that of a distribution's buckets and of exemplars doubles when more of them are filled than ever before, a few times in the
/// life of a series. One aggregator is one reader: a second one, given the same measurements, collects when and how it likes, for they
/// share nothing. All instruments count as created with the first measurement of any: the clock of a recording tells no time before.
/// </remarks>
internal sealed class MetricAggregator
{
    private readonly AttributeExclusion _exclusion;
    private readonly MeasuredSessions _sessions;
    private readonly MetricStreams _streams;

    // The last instrument comes again more often than not: five token counts for each message.
    private Instrument? _lastInstrument;
    private IMetricStream? _lastStream;
    private long _firstMeasurement;
    private ulong _previousCollection;

    /// <summary>Makes an aggregator without series.</summary>
    /// <param name="options">Temporality, kind of histograms, limits, exemplars, exclusion, retention.</param>
    /// <param name="logger">Takes warnings, without values of attributes.</param>
    public MetricAggregator(TelemetryOptions options, ILogger? logger = null)
    {
        var log = new AggregationLog(logger ?? NullLogger.Instance);
        _exclusion = new AttributeExclusion(options.ExcludedMetricAttributes);
        _sessions = new MeasuredSessions(options.SessionQuietTime);
        _streams = new MetricStreams(new MetricStreamFactory(options, _exclusion, _sessions, log), log);
    }

    /// <summary>Gets how many measurements were not aggregated: for their value, such as a negative one of a counter, or for a bound.</summary>
    public long Ignored { get; private set; }

    /// <summary>Gets how many measurements went to an overflow series because a metric reached its cardinality limit.</summary>
    public long Overflowed
    {
        get
        {
            long sum = 0;
            for (int i = 0; i < _streams.Count; i++)
            {
                sum += _streams[i].Overflowed;
            }

            return sum;
        }
    }

    /// <summary>Gets how many sessions have series that are held.</summary>
    public int Sessions => _sessions.Count;

    /// <summary>Adds a measurement to its series.</summary>
    public void Record(in Measurement measurement)
    {
        IMetricStream stream = ReferenceEquals(measurement.Instrument, _lastInstrument)
            ? _lastStream!
            : StreamOf(measurement.Instrument);
        ReadOnlySpan<KeyValue> attributes = _exclusion.IsActive ? _exclusion.Apply(measurement.Attributes) : measurement.Attributes;
        if (!stream.Record(in measurement, attributes))
        {
            Ignored++;
        }

        if (_firstMeasurement <= 0)
        {
            _firstMeasurement = measurement.Time;
        }
    }

    /// <summary>Learns that a session has ended: its series are retired after the next collection, which reports them once more.</summary>
    /// <param name="sessionId">The value of their attribute <c>session.id</c>.</param>
    public void EndSession(OtlpString sessionId) => _sessions.End(sessionId);

    /// <summary>Hands the points of all series that are due to <paramref name="sink"/>, metric by metric, and starts the next interval.</summary>
    /// <param name="nowUnixMs">The time of the points, in Unix milliseconds.</param>
    /// <param name="sink">Where they go.</param>
    /// <remarks>
    /// Times of collections rise, even if the clock stands or goes back, by so much that a series which is made anew between two of
    /// them starts after the one and before the other: no interval is empty, and none overlaps another.
    /// </remarks>
    public void Collect(long nowUnixMs, IMetricPointSink sink)
    {
        ulong time = Math.Max(UnixNanoseconds.FromMilliseconds(nowUnixMs), _previousCollection + 2);
        ulong start = _previousCollection > 0 ? _previousCollection
            : _firstMeasurement > 0 ? Math.Min(UnixNanoseconds.FromMilliseconds(_firstMeasurement), time - 1)
            : time - 1;
        var window = new CollectionWindow(start, time);
        _sessions.BeginCollection(Math.Max(0, nowUnixMs));
        for (int i = 0; i < _streams.Count; i++)
        {
            _streams[i].Collect(in window, sink);
        }

        _sessions.EndCollection();
        _previousCollection = time;
        sink.EndCollection();
    }

    private IMetricStream StreamOf(Instrument instrument)
    {
        (_lastInstrument, _lastStream) = (instrument, _streams.Of(instrument));
        return _lastStream;
    }
}
