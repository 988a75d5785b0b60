using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Aggregating;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Tests.Aggregating;

public class AllocationTests
{
    private readonly Instrument[] _instruments =
    [
        Measuring.Instrument("Counter"),
        Measuring.Instrument("UpDownCounter", isInteger: false),
        Measuring.Instrument("Gauge"),
        Measuring.Instrument("Histogram", isInteger: false, 0, 5, 10, 25),
    ];

    [Theory]
    [InlineData(TemporalityPreference.Cumulative)]
    [InlineData(TemporalityPreference.Delta)]
    [InlineData(TemporalityPreference.LowMemory)]
    public void Series_that_exist_are_recorded_and_collected_without_allocating(TemporalityPreference preference)
    {
        const int Series = 10_000;
        var aggregator = new MetricAggregator(new TelemetryOptions
        {
            Temporality = preference,
            CardinalityLimit = Series,
            ExcludedMetricAttributes = new HashSet<string> { "agent" },
        });
        KeyValue[][] sets = [.. Enumerable.Range(0, Series).Select(i => (KeyValue[])
            [.. Measuring.Session(i), Measuring.Attribute("agent", "build"), Measuring.Attribute("model", OtlpString.Transcode("model"))])];
        var sink = new CountingSink();
        Round(aggregator, sets, sink, 1000);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Round(aggregator, sets, sink, 2000);
        Round(aggregator, sets, sink, 3000);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);
        Assert.Equal(3 * _instruments.Length * Series, sink.Points);
    }

    [Fact]
    public void Texts_of_dotnet_are_looked_up_without_allocating()
    {
        var aggregator = new MetricAggregator(new TelemetryOptions());
        KeyValue[] attributes = [new("session.id", "ses_é"), new("long", new string('ü', 5000))];
        aggregator.Record(_instruments[0], 1, 0, attributes);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            aggregator.Record(_instruments[0], 1, 0, attributes);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(101, Assert.Single(new CollectingSink().Collect(aggregator, 1000)).Value.Int);
    }

    private void Round(MetricAggregator aggregator, KeyValue[][] sets, CountingSink sink, long now)
    {
        foreach (KeyValue[] set in sets)
        {
            foreach (Instrument instrument in _instruments)
            {
                aggregator.Record(instrument, 1, now, set);
            }
        }

        aggregator.Collect(now, sink);
    }

    private sealed class CountingSink : IMetricPointSink
    {
        public int Points { get; private set; }

        public void Append(Metric metric, in NumberDataPoint point) => Points++;

        public void Append(Metric metric, in HistogramDataPoint point) => Points++;

        public void Append(Metric metric, in ExponentialHistogramDataPoint point) => Points++;

        public void EndCollection()
        {
        }
    }
}
