using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Aggregating;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Tests.Aggregating;

public class ObservedSumStreamTests
{
    private readonly CollectingSink _sink = new();
    private readonly Instrument _counter = Measuring.Instrument("ObservableCounter");

    [Theory]
    [InlineData(TemporalityPreference.Cumulative)]
    [InlineData(TemporalityPreference.Delta)]
    public void Item_152_Only_what_was_observed_for_a_collection_is_in_it(TemporalityPreference preference)
    {
        var aggregator = new MetricAggregator(new TelemetryOptions { Temporality = preference });
        aggregator.Record(_counter, 1, 0, Measuring.Session(1));
        aggregator.Record(_counter, 1, 0, Measuring.Session(2));
        Assert.Equal(2, _sink.Collect(aggregator, 1000).Count);

        aggregator.Record(_counter, 2, 1500, Measuring.Session(2));

        CollectedPoint point = Assert.Single(_sink.Collect(aggregator, 2000));
        Assert.Equal(Measuring.Text(Measuring.Session(2)), point.Attributes);
        Assert.Empty(_sink.Collect(aggregator, 3000));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Item_153_A_delta_is_the_difference_to_the_previous_observation(bool isInteger)
    {
        Instrument counter = Measuring.Instrument("ObservableCounter", isInteger);
        MetricAggregator aggregator = Delta();
        Assert.Equal([10.0], Observe(10));
        Assert.Equal([0.0], Observe(10));
        Assert.Equal([15.0], Observe(25));

        // Not observed in one collection, then again.
        Assert.Empty(_sink.Collect(aggregator, 1000));
        Assert.Equal([5.0], Observe(30));

        IEnumerable<double> Observe(long total)
        {
            aggregator.Record(counter, isInteger ? total : (NumberValue)(double)total, 0, Measuring.Session(1));
            return [.. _sink.Collect(aggregator, 1000).Select(point => isInteger ? point.Value.Int : point.Value.Double)];
        }
    }

    [Fact]
    public void A_counter_that_fell_began_anew()
    {
        MetricAggregator delta = Delta();
        var cumulative = new MetricAggregator(new TelemetryOptions());
        foreach ((long total, long time) in ((long, long)[])[(10, 1000), (14, 2000), (3, 3000), (5, 4000)])
        {
            delta.Record(_counter, total, time - 500);
            cumulative.Record(_counter, total, time - 500);
            CollectedPoint change = Assert.Single(_sink.Collect(delta, time));
            CollectedPoint point = Assert.Single(_sink.Collect(cumulative, time));

            Assert.Equal(total switch { 10 => 10, 14 => 4, 3 => 3, _ => 2 }, change.Value.Int);
            Assert.Equal(total, point.Value.Int);
            Assert.Equal(Measuring.Nano(total >= 10 ? 500 : 2000), point.Start);
        }
    }

    [Fact]
    public void Item_162_A_series_starts_with_the_instrument_or_with_the_collection_before_it_was_first_seen()
    {
        var aggregator = new MetricAggregator(new TelemetryOptions());
        aggregator.Record(_counter, 1, 600, Measuring.Session(1));
        aggregator.Record(_counter, 1, 800, Measuring.Session(2));
        Assert.Equal([Measuring.Nano(600), Measuring.Nano(600)], _sink.Collect(aggregator, 1000).Select(point => point.Start));

        aggregator.Record(_counter, 1, 1700, Measuring.Session(3));
        aggregator.Record(_counter, 2, 1800, Measuring.Session(1));
        Assert.Equal([Measuring.Nano(600), Measuring.Nano(1000)], _sink.Collect(aggregator, 2000).Select(point => point.Start));

        aggregator.Record(_counter, 5, 2700, Measuring.Session(3));
        Assert.Equal([Measuring.Nano(1000)], _sink.Collect(aggregator, 3000).Select(point => point.Start));
    }

    [Theory]
    [InlineData(TemporalityPreference.Cumulative)]
    [InlineData(TemporalityPreference.Delta)]
    public void Item_185_The_sets_observed_first_are_kept_beyond_the_limit(TemporalityPreference preference)
    {
        var aggregator = new MetricAggregator(new TelemetryOptions { Temporality = preference, CardinalityLimit = 2 });
        long reported = 0;
        for (int round = 1; round <= 3; round++)
        {
            // Later the first two are observed last; the places are theirs all the same.
            foreach (int i in round == 1 ? (int[])[0, 1, 2, 3, 4] : [4, 3, 2, 1, 0])
            {
                aggregator.Record(_counter, round * (10 + i), 0, Measuring.Session(i));
            }

            IReadOnlyList<CollectedPoint> points = _sink.Collect(aggregator, round * 1000);

            Assert.Equal(
                [Measuring.Text(Measuring.Session(0)), Measuring.Text(Measuring.Session(1))],
                points.Where(point => !point.IsOverflow).Select(point => point.Attributes).Order(StringComparer.Ordinal));
            Assert.Single(points, point => point.IsOverflow);
            reported = preference == TemporalityPreference.Delta ? reported + points.Sum(point => point.Value.Int) : points.Sum(point => point.Value.Int);
        }

        Assert.Equal(3 * (10 + 11 + 12 + 13 + 14), reported);
    }

    [Fact]
    public void Totals_that_become_equal_by_exclusion_are_added_up()
    {
        var aggregator = new MetricAggregator(new TelemetryOptions { ExcludedMetricAttributes = new HashSet<string> { "session.id" } });
        aggregator.Record(_counter, 3, 0, Measuring.Session(1));
        aggregator.Record(_counter, 4, 0, Measuring.Session(2));
        Assert.Equal(7, Assert.Single(_sink.Collect(aggregator, 1000)).Value.Int);

        aggregator.Record(_counter, 5, 0, Measuring.Session(1));
        aggregator.Record(_counter, 4, 0, Measuring.Session(2));
        Assert.Equal(9, Assert.Single(_sink.Collect(aggregator, 2000)).Value.Int);
    }

    [Fact]
    public void Item_187_A_negative_total_of_a_counter_is_ignored_and_one_of_an_up_down_counter_is_not()
    {
        MetricAggregator aggregator = Delta();
        aggregator.Record(_counter, -1, 0);
        aggregator.Record(Measuring.Instrument("ObservableUpDownCounter"), -1, 0);

        Assert.Equal(-1, Assert.Single(_sink.Collect(aggregator, 1000)).Value.Int);
        Assert.Equal(1, aggregator.Ignored);
    }

    private static MetricAggregator Delta() => new(new TelemetryOptions { Temporality = TemporalityPreference.Delta });
}
