using OpencodeOtel.Pipeline.Aggregating;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Tests.Batching;

namespace OpencodeOtel.Pipeline.Tests.Aggregating;

/// <summary>What one collection, or one export, must not do to another.</summary>
public class ReaderAndExportTests
{
    private readonly Instrument[] _instruments =
    [
        Measuring.Instrument("Counter"),
        Measuring.Instrument("Gauge"),
        Measuring.Instrument("Histogram", isInteger: true, 0, 5, 10),
        Measuring.Instrument("ObservableCounter"),
    ];

    [Theory]
    [InlineData(TemporalityPreference.Cumulative, TemporalityPreference.Delta)]
    [InlineData(TemporalityPreference.Delta, TemporalityPreference.Cumulative)]
    [InlineData(TemporalityPreference.Delta, TemporalityPreference.Delta)]
    public void Item_154_A_reader_sees_the_same_whether_or_not_another_one_collects(TemporalityPreference one, TemporalityPreference other)
    {
        var watched = new MetricAggregator(new TelemetryOptions { Temporality = one });
        var alone = new MetricAggregator(new TelemetryOptions { Temporality = one });
        var busy = new MetricAggregator(new TelemetryOptions { Temporality = other });
        var sink = new CollectingSink();
        for (int i = 1; i <= 20; i++)
        {
            foreach (Instrument instrument in _instruments)
            {
                watched.Record(instrument, i, i * 100, Measuring.Session(i % 3));
                busy.Record(instrument, i, i * 100, Measuring.Session(i % 3));
                alone.Record(instrument, i, i * 100, Measuring.Session(i % 3));
            }

            busy.EndSession(Measuring.Session(i % 3)[0].Value.Text);
            sink.Collect(busy, i * 100);
            if (i % 5 == 0)
            {
                Assert.Equal(Texts(sink.Collect(alone, i * 100)), Texts(sink.Collect(watched, i * 100)));
            }
        }

        static IEnumerable<string> Texts(IEnumerable<CollectedPoint> points) => points.Select(point =>
            $"{point.Metric.Name} {point.Attributes} {point.Start} {point.Time} {point.Value.Int} {point.Count} {point.Sum} {string.Join(',', point.Buckets)}");
    }

    [Theory]
    [InlineData(TemporalityPreference.Cumulative)]
    [InlineData(TemporalityPreference.Delta)]
    public void Item_155_A_collection_without_a_point_makes_no_request(TemporalityPreference preference)
    {
        var options = new TelemetryOptions { Temporality = preference };
        using var batch = new Batch(options);
        var aggregator = new MetricAggregator(options);
        aggregator.Collect(1000, batch.Batcher);
        Assert.Empty(batch.Sink.Requests);

        aggregator.Record(_instruments[0], 1, 1500);
        aggregator.EndSession("nobody");
        aggregator.Collect(2000, batch.Batcher);
        Assert.Single(batch.Sink.Requests);
        aggregator.Collect(3000, batch.Batcher);
        Assert.Equal(preference == TemporalityPreference.Cumulative ? 2 : 1, batch.Sink.Requests.Count);
    }

    [Fact]
    public void Items_165_166_A_lost_delta_request_leaves_its_range_uncovered_and_later_ones_do_not_cover_it()
    {
        // A request is bytes when the collection ends: whether it is sent, sent again or lost changes none that follows.
        var aggregator = new MetricAggregator(new TelemetryOptions { Temporality = TemporalityPreference.Delta });
        var sink = new CollectingSink();
        var delivered = new List<CollectedPoint>();
        for (int i = 1; i <= 10; i++)
        {
            aggregator.Record(_instruments[0], i, (i * 1000) - 500);
            CollectedPoint point = Assert.Single(sink.Collect(aggregator, i * 1000));
            if (i is not 4 and not 5)
            {
                delivered.Add(point);
            }
        }

        Assert.Equal(55 - 4 - 5, delivered.Sum(point => point.Value.Int));
        foreach ((CollectedPoint before, CollectedPoint after) in delivered.Zip(delivered.Skip(1)))
        {
            bool isGap = before.Value.Int == 3;
            Assert.Equal(isGap ? before.Time + Measuring.Nano(2000) : before.Time, after.Start);
        }
    }
}
