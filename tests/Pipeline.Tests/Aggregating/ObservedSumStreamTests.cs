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
            Assert.Equal(total >= 10 ? Measuring.Nano(500) : Measuring.Nano(2000) + 1, point.Start);
        }
    }

    [Fact]
    public void Item_163_A_counter_that_fell_starts_later_than_it_was_last_reported()
    {
        var aggregator = new MetricAggregator(new TelemetryOptions());
        aggregator.Record(_counter, 10, 500);
        CollectedPoint last = Assert.Single(_sink.Collect(aggregator, 1000));
        aggregator.Record(_counter, 3, 1500);
        CollectedPoint again = Assert.Single(_sink.Collect(aggregator, 1000));

        Assert.True(again.Start > last.Time && again.Start < again.Time);
    }

    [Fact]
    public void An_up_down_counter_that_fell_goes_on()
    {
        Instrument counter = Measuring.Instrument("ObservableUpDownCounter");
        MetricAggregator aggregator = Delta();
        foreach ((long total, long time) in ((long, long)[])[(10, 1000), (3, 2000), (-4, 3000)])
        {
            aggregator.Record(counter, total, time - 500);
            CollectedPoint point = Assert.Single(_sink.Collect(aggregator, time));
            Assert.Equal((total, Measuring.Nano(500)), (point.Value.Int, point.Start));
        }
    }

    [Fact]
    public void Totals_that_fall_and_rise_within_an_interval_count_what_they_rose_by()
    {
        MetricAggregator delta = Delta();
        var cumulative = new MetricAggregator(new TelemetryOptions());
        foreach ((long[] totals, long time, long change) in ((long[], long, long)[])[([4, 10], 1000, 10), ([3, 2, 20], 2000, 23), ([20], 3000, 0)])
        {
            foreach (long total in totals)
            {
                delta.Record(_counter, total, time - 500);
                cumulative.Record(_counter, total, time - 500);
            }

            Assert.Equal(change, Assert.Single(_sink.Collect(delta, time)).Value.Int);
            Assert.Equal(totals[^1], Assert.Single(_sink.Collect(cumulative, time)).Value.Int);
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

    [Theory]
    [InlineData(TemporalityPreference.Cumulative, "")]
    [InlineData(TemporalityPreference.Delta, "")]
    [InlineData(TemporalityPreference.Cumulative, "session.id")]
    [InlineData(TemporalityPreference.Delta, "session.id")]
    public void Items_153_184_A_set_that_is_missing_from_a_collection_is_not_counted_twice_where_sets_share_a_point(
        TemporalityPreference preference, string excluded)
    {
        // The second and the third set share the overflow point; or all three share one.
        var aggregator = new MetricAggregator(new TelemetryOptions
        {
            Temporality = preference,
            CardinalityLimit = 1,
            ExcludedMetricAttributes = new HashSet<string> { excluded },
        });
        long sum = 0;
        foreach ((int[] sets, long time, long total, long truth) in
            ((int[], long, long, long)[])[([1, 2, 3], 1000, 10, 30), ([1, 2], 2000, 10, 30), ([1, 2, 3], 3000, 10, 30), ([3], 4000, 15, 35), ([2], 5000, 4, 39)])
        {
            foreach (int set in sets)
            {
                aggregator.Record(_counter, total, time - 500, Measuring.Session(set));
            }

            IReadOnlyList<CollectedPoint> points = _sink.Collect(aggregator, time);
            Assert.All(points, point => Assert.Equal(Measuring.Nano(preference == TemporalityPreference.Delta && time > 1000 ? time - 1000 : 500), point.Start));
            long ofThis = points.Sum(point => point.Value.Int);
            long unseen = excluded.Length == 0 && !sets.Contains(1) ? 10 : 0;
            sum = preference == TemporalityPreference.Delta ? sum + ofThis : ofThis + unseen;
            Assert.Equal(truth, sum);
        }
    }

    [Fact]
    public void What_an_up_down_counter_no_longer_observes_counts_no_more_where_sets_share_a_point()
    {
        Instrument counter = Measuring.Instrument("ObservableUpDownCounter");
        var aggregator = new MetricAggregator(new TelemetryOptions { CardinalityLimit = 1 });
        foreach ((int[] sets, long expected) in ((int[], long)[])[([1, 2, 3], 20), ([1, 2], 10), ([1, 3, 3, 2], 20)])
        {
            foreach (int set in sets)
            {
                aggregator.Record(counter, 10, 0, Measuring.Session(set));
            }

            Assert.Equal(expected, _sink.Collect(aggregator, 1000).Single(point => point.IsOverflow).Value.Int);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_total_that_would_take_a_shared_sum_out_of_its_range_is_ignored_and_counted(bool isInteger)
    {
        Instrument counter = Measuring.Instrument("ObservableCounter", isInteger);
        var aggregator = new MetricAggregator(new TelemetryOptions { ExcludedMetricAttributes = new HashSet<string> { "session.id" } });
        NumberValue largest = isInteger ? NumberValue.FromInt64(long.MaxValue) : NumberValue.FromDouble(double.MaxValue);
        aggregator.Record(counter, largest, 0, Measuring.Session(1));
        aggregator.Record(counter, largest, 0, Measuring.Session(2));

        Assert.Equal(largest, Assert.Single(_sink.Collect(aggregator, 1000)).Value);
        Assert.Equal(1, aggregator.Ignored);

        // The same set again adds nothing.
        aggregator.Record(counter, largest, 0, Measuring.Session(1));
        Assert.Equal(largest, Assert.Single(_sink.Collect(aggregator, 2000)).Value);
        Assert.Equal(1, aggregator.Ignored);
    }

    [Fact]
    public void Sets_beyond_those_that_can_be_remembered_are_ignored_and_counted_and_the_others_go_on()
    {
        const int Remembered = 3 + 10_000;
        var aggregator = new MetricAggregator(new TelemetryOptions { CardinalityLimit = 3, Temporality = TemporalityPreference.Delta });
        for (int round = 1; round <= 2; round++)
        {
            for (int i = 0; i < Remembered + 5; i++)
            {
                aggregator.Record(_counter, round, 0, Measuring.Session(i));
            }

            Assert.Equal(Remembered, _sink.Collect(aggregator, round * 1000).Sum(point => point.Value.Int));
            Assert.Equal(round * 5, aggregator.Ignored);
        }
    }

    [Fact]
    public void A_total_of_doubles_is_reported_as_it_was_observed()
    {
        Instrument counter = Measuring.Instrument("ObservableCounter", isInteger: false);
        var aggregator = new MetricAggregator(new TelemetryOptions());
        foreach (double total in (double[])[0.1, 1e17, 1e17 + 32, 1.1e17])
        {
            aggregator.Record(counter, total, 0);
            Assert.Equal(total, Assert.Single(_sink.Collect(aggregator, 1000)).Value.Double);
        }
    }

    [Fact]
    public void A_point_shows_an_exemplar_of_its_interval_only()
    {
        var aggregator = new MetricAggregator(new TelemetryOptions());
        aggregator.RecordIn(7, _counter, 3, 500);
        Exemplar exemplar = Assert.Single(Assert.Single(_sink.Collect(aggregator, 1000)).Exemplars);
        Assert.Equal((3L, Measuring.SpanOf(7)), (exemplar.Value.Int, exemplar.SpanId));

        aggregator.Record(_counter, 4, 1500);
        Assert.Empty(Assert.Single(_sink.Collect(aggregator, 2000)).Exemplars);
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
