using OpencodeOtel.Pipeline.Aggregating;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Tests.Aggregating;
using OpencodeOtel.Pipeline.Tests.Batching;

namespace OpencodeOtel.Pipeline.Tests.Metrics;

public class MetricCollectorTests
{
    [Fact]
    public void A_session_that_enriching_says_is_over_is_in_one_more_collection()
    {
        var options = new TelemetryOptions { MetricsInterval = TimeSpan.FromSeconds(1) };
        using var batch = new Batch(options);
        var collector = new MetricCollector(options, batch.Batcher);
        var split = new SignalSplit(batch.Batcher, collector);
        split.Record(new Measurement
        {
            Instrument = Measuring.Instrument("Counter"),
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
}
