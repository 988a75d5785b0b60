using OpencodeOtel.Otlp;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Aggregating;
using OpencodeOtel.Pipeline.Batching;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Tests.Support;

namespace OpencodeOtel.Pipeline.Tests.Aggregating;

public class AllocationTests
{
    private readonly Instrument[] _instruments =
    [
        Measuring.Instrument("Counter"),
        Measuring.Instrument("UpDownCounter", isInteger: false),
        Measuring.Instrument("Gauge"),
        Measuring.Instrument("Histogram", isInteger: false, 0, 5, 10, 25),
        Measuring.Instrument("ObservableCounter"),
    ];

    [Theory]
    [InlineData(TemporalityPreference.Cumulative, HistogramAggregation.ExplicitBuckets)]
    [InlineData(TemporalityPreference.Delta, HistogramAggregation.ExplicitBuckets)]
    [InlineData(TemporalityPreference.LowMemory, HistogramAggregation.ExplicitBuckets)]
    [InlineData(TemporalityPreference.Cumulative, HistogramAggregation.Exponential)]
    [InlineData(TemporalityPreference.Delta, HistogramAggregation.Exponential)]
    public void Series_that_exist_are_recorded_and_collected_without_allocating(TemporalityPreference preference, HistogramAggregation histograms)
    {
        const int Series = 2_000;
        var aggregator = new MetricAggregator(new TelemetryOptions
        {
            Temporality = preference,
            HistogramAggregation = histograms,
            CardinalityLimit = Series,
            ExcludedMetricAttributes = new HashSet<string> { "agent" },
        });
        KeyValue[][] sets = [.. Enumerable.Range(0, Series).Select(i => (KeyValue[])
            [.. Measuring.Session(i), Measuring.Attribute("agent", "build"), Measuring.Attribute("model", OtlpString.Transcode("model"))])];
        var sink = new CountingSink();
        int rounds = 0;
        Round();

        Assert.Equal(0, Allocation.Least(Round));
        Assert.Equal(rounds * _instruments.Length * Series, sink.Points);

        void Round() => this.Round(aggregator, sets, sink, 1000 * ++rounds);
    }

    [Theory]
    [InlineData(TemporalityPreference.Cumulative)]
    [InlineData(TemporalityPreference.Delta)]
    public void Ten_thousand_series_go_straight_into_a_payload(TemporalityPreference preference)
    {
        const int Series = 10_000;
        var options = new TelemetryOptions { Temporality = preference, CardinalityLimit = Series };
        var aggregator = new MetricAggregator(options);
        var sink = new CountingPayloads();
        using var batcher = new SignalBatcher(
            [new ExportEnvelope(Signal.Metrics, WireForm.Protobuf, new Resource(), new InstrumentationScope())], options, sink, TimeProvider.System);
        KeyValue[][] sets = [.. Enumerable.Range(0, Series).Select(Measuring.Session)];
        int rounds = 0;
        Round();

        // What a request and the next one's builder are, and nothing for a point.
        long allocated = Allocation.Least(Round);
        Assert.InRange(allocated, 0, sink.Requests / rounds * 512);
        Assert.Equal(rounds * Series, sink.Items);

        void Round()
        {
            long now = 1000 * ++rounds;
            foreach (KeyValue[] set in sets)
            {
                aggregator.Record(_instruments[0], 1, now, set);
            }

            aggregator.Collect(now, batcher);
        }
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

    private sealed class CountingPayloads : IPayloadSink
    {
        public int Requests { get; private set; }

        public int Items { get; private set; }

        public void Enqueue(ExportRequest request)
        {
            Requests++;
            Items += request.ItemCount;
            request.Release();
        }

        public void CountTooLarge(Signal signal, WireForm form, int items) => Assert.Fail("Nothing is too large here.");
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
