using OpencodeOtel.Pipeline.Aggregating;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Tests.Aggregating;
using OpencodeOtel.Pipeline.Tests.Batching;
using OpenTelemetry.Proto.Collector.Metrics.V1;

namespace OpencodeOtel.Pipeline.Tests.Metrics;

public class MetricCollectorTests
{
    private readonly Instrument _counter = Measuring.Instrument("Counter");

    [Fact]
    public void A_session_that_enriching_says_is_over_is_in_one_more_collection()
    {
        var options = new TelemetryOptions { MetricsInterval = TimeSpan.FromSeconds(1) };
        using var batch = new Batch(options);
        var collector = new MetricCollector(options, batch.Batcher);
        var split = new SignalSplit(batch.Batcher, collector);
        split.Record(new Measurement
        {
            Instrument = _counter,
            Value = 1,
            Time = 1000,
            Attributes = Measuring.Session(1),
        });
        collector.Tick(2000);
        collector.Tick(3000);
        Assert.Equal(2, batch.Sink.Requests.Count);

        split.SessionEnded(Measuring.Session(1)[0].Value.Text);
        collector.Tick(4000);
        collector.Tick(5000);
        collector.Collect(5500);

        Assert.Equal(3, batch.Sink.Requests.Count);
    }

    [Theory]
    [InlineData(1000, 1999, 0)]
    [InlineData(1000, 2000, 1)]
    [InlineData(1000, 4700, 1)]
    public void A_measurement_after_the_end_of_an_interval_is_not_in_its_points(long first, long second, int collected)
    {
        TelemetryOptions options = Delta();
        using var batch = new Batch(options);
        var collector = new MetricCollector(options, batch.Batcher);
        Record(collector, 1, first);
        Record(collector, 2, second);
        Assert.Equal(collected, batch.Sink.Requests.Count);

        collector.Collect(second + 10);

        Assert.Equal(collected == 0 ? [3.0] : [1, 2], Points(batch).Select(point => point.Value));
    }

    [Theory]
    [InlineData(TemporalityPreference.Cumulative)]
    [InlineData(TemporalityPreference.Delta)]
    public void A_clock_that_is_set_back_does_not_stop_collections_and_their_times_rise(TemporalityPreference preference)
    {
        TelemetryOptions options = Delta() with { Temporality = preference };
        using var batch = new Batch(options);
        var collector = new MetricCollector(options, batch.Batcher);
        const long Before = 1_900_000_000_000;
        const long After = 1_790_000_000_000;
        Record(collector, 1, Before);
        Record(collector, 1, Before + 1500);
        for (long now = After; now < After + 10_000; now += 500)
        {
            Record(collector, 1, now);
            collector.Tick(now);
        }

        SeenPoint[] points = [.. Points(batch)];
        Assert.Equal(1 + 9, points.Length);
        Assert.All(points, point => Assert.True(point.Start < point.Time));
        Assert.All(points.Zip(points.Skip(1)), pair => Assert.True(pair.First.Time < pair.Second.Time));
    }

    [Theory]
    [InlineData(TemporalityPreference.Cumulative)]
    [InlineData(TemporalityPreference.Delta)]
    public void What_is_measured_before_the_time_is_known_waits_for_the_first_interval(TemporalityPreference preference)
    {
        TelemetryOptions options = Delta() with { Temporality = preference };
        using var batch = new Batch(options);
        bool isKnown = false;
        var collector = new MetricCollector(options, batch.Batcher, isTimeKnown: () => isKnown);
        Record(collector, 1, 1_900_000_000_000);
        isKnown = true;
        Record(collector, 2, 5000);
        Record(collector, 4, 6000);
        collector.Collect(6500);

        Assert.Equal(
            [(Measuring.Nano(5000), Measuring.Nano(6000)), (Measuring.Nano(preference == TemporalityPreference.Delta ? 6000 : 5000), Measuring.Nano(6500))],
            Points(batch).Select(point => (point.Start, point.Time)));
        Assert.Equal(preference == TemporalityPreference.Delta ? [3.0, 4] : [3, 7], Points(batch).Select(point => point.Value));
    }

    private static TelemetryOptions Delta() => new() { MetricsInterval = TimeSpan.FromSeconds(1), Temporality = TemporalityPreference.Delta };

    private static IEnumerable<SeenPoint> Points(Batch batch) =>
        batch.Sink.Requests.SelectMany(request => Produced.MetricsOf(request.Read<ExportMetricsServiceRequest>())).SelectMany(SeenPoint.Of);

    private void Record(MetricCollector collector, long value, long time) =>
        collector.Record(new Measurement { Instrument = _counter, Value = value, Time = time, Attributes = Measuring.Session(1) });
}
