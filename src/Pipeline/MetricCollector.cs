using Microsoft.Extensions.Logging;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Aggregating;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline;

/// <summary>Joins aggregator and schedule: measurements in, collections when they are due.</summary>
/// <remarks>A measurement that comes after the end of an interval finds it collected: points hold what belongs to their interval.</remarks>
/// <param name="options">What to aggregate, and when to collect.</param>
/// <param name="sink">Takes the points.</param>
/// <param name="logger">Takes warnings.</param>
/// <param name="isTimeKnown">
/// Whether the pipeline's clock tells a time yet, which that of a recording does from the first event with one; always by default.
/// </param>
internal sealed class MetricCollector(
    TelemetryOptions options, IMetricPointSink sink, ILogger? logger = null, Func<bool>? isTimeKnown = null)
{
    private readonly MetricAggregator _aggregator = new(options, logger);
    private readonly CollectionSchedule _schedule = new(options.MetricsInterval);

    /// <summary>Gets the bounds that were hit.</summary>
    public IEnumerable<KeyValuePair<string, long>> Bounds =>
        ((KeyValuePair<string, long>[])[new("attribute sets a metric", _aggregator.Overflowed), new("measurements ignored", _aggregator.Ignored)])
        .Where(bound => bound.Value > 0);

    /// <summary>Takes a measurement.</summary>
    public void Record(in Measurement measurement)
    {
        if (isTimeKnown is not null && !isTimeKnown())
        {
            Measurement timeless = measurement with { Time = 0 };
            _aggregator.Record(in timeless);
            return;
        }

        Tick(measurement.Time);
        _schedule.Start(measurement.Time);
        _aggregator.Record(in measurement);
    }

    /// <summary>Learns that a session has ended: its series are retired after they were exported once more.</summary>
    public void EndSession(OtlpString sessionId) => _aggregator.EndSession(sessionId);

    /// <summary>Collects if an interval has ended.</summary>
    /// <param name="now">The pipeline's clock, in Unix milliseconds.</param>
    public void Tick(long now)
    {
        if (_schedule.TryTake(now, out long boundary))
        {
            _aggregator.Collect(boundary, sink);
        }
    }

    /// <summary>Collects at once: the interval that is running has two collections then.</summary>
    /// <param name="now">The pipeline's clock, in Unix milliseconds.</param>
    public void Collect(long now) => _aggregator.Collect(now, sink);
}
