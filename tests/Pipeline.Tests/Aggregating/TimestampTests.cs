using OpencodeOtel.Pipeline.Aggregating;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Tests.Aggregating;

public class TimestampTests
{
    private readonly CollectingSink _sink = new();
    private readonly Instrument _counter = Measuring.Instrument("Counter");
    private readonly Instrument _histogram = Measuring.Instrument("Histogram");

    [Fact]
    public void Items_156_157_161_Cumulative_points_keep_the_time_of_their_first_measurement_as_start()
    {
        var aggregator = new MetricAggregator(new TelemetryOptions());
        aggregator.Record(_counter, 1, 1000, Measuring.Session(1));
        aggregator.Record(_counter, 1, 1500, Measuring.Session(1));
        aggregator.Record(_counter, 1, 1700, Measuring.Session(2));

        Assert.Equal([(1000, 2000), (1700, 2000)], Ranges(aggregator, 2000));
        aggregator.Record(_counter, 1, 2500, Measuring.Session(3));
        Assert.Equal([(1000, 3000), (1700, 3000), (2500, 3000)], Ranges(aggregator, 3000));
        Assert.Equal([(1000, 9000), (1700, 9000), (2500, 9000)], Ranges(aggregator, 9000));
    }

    [Fact]
    public void Items_156_158_Delta_points_start_at_the_previous_collection_without_gap_or_overlap()
    {
        MetricAggregator aggregator = Delta();
        aggregator.Record(_counter, 1, 1000, Measuring.Session(1));
        Assert.Equal([(1000, 2000)], Ranges(aggregator, 2000));

        aggregator.Record(_counter, 1, 2500, Measuring.Session(1));
        Assert.Equal([(2000, 3000)], Ranges(aggregator, 3000));

        // Two intervals without a measurement: they end all the same.
        Assert.Empty(Ranges(aggregator, 4000));
        Assert.Empty(Ranges(aggregator, 5000));
        aggregator.Record(_counter, 1, 5900, Measuring.Session(1));
        Assert.Equal([(5000, 6000)], Ranges(aggregator, 6000));
    }

    [Fact]
    public void Items_159_160_All_delta_points_of_a_collection_share_their_start_also_of_a_series_first_seen_in_it()
    {
        MetricAggregator aggregator = Delta();
        aggregator.Record(_counter, 1, 1000, Measuring.Session(1));
        aggregator.Record(_counter, 1, 1800, Measuring.Session(2));
        aggregator.Record(_histogram, 1, 1900, Measuring.Session(1));
        Assert.Equal([(1000, 2000), (1000, 2000), (1000, 2000)], Ranges(aggregator, 2000));

        aggregator.Record(_counter, 1, 2900, Measuring.Session(1));
        aggregator.Record(_counter, 1, 2950, Measuring.Session(3));
        Assert.Equal([(2000, 3000), (2000, 3000)], Ranges(aggregator, 3000));
    }

    [Theory]
    [InlineData(TemporalityPreference.Cumulative)]
    [InlineData(TemporalityPreference.Delta)]
    public void Item_160_What_was_measured_before_a_time_is_known_starts_with_the_first_measurement_of_any_instrument_that_has_one(
        TemporalityPreference preference)
    {
        var aggregator = new MetricAggregator(new TelemetryOptions { Temporality = preference });
        aggregator.Record(_counter, 1, 0, Measuring.Session(1));
        aggregator.Record(_histogram, 1, 1000, Measuring.Session(1));
        aggregator.Record(_counter, 1, 1500, Measuring.Session(1));

        Assert.Equal([(1000, 2000), (1000, 2000)], Ranges(aggregator, 2000));
    }

    [Fact]
    public void Without_any_time_points_start_just_before_their_own()
    {
        var aggregator = new MetricAggregator(new TelemetryOptions());
        aggregator.Record(_counter, 1, 0, Measuring.Session(1));

        CollectedPoint point = Assert.Single(_sink.Collect(aggregator, 2000));
        Assert.Equal((Measuring.Nano(2000) - 1, Measuring.Nano(2000)), (point.Start, point.Time));
        Assert.Equal(point.Start, Assert.Single(_sink.Collect(aggregator, 3000)).Start);
    }

    [Theory]
    [InlineData(TemporalityPreference.Cumulative)]
    [InlineData(TemporalityPreference.Delta)]
    public void Item_164_A_point_starts_before_its_time_even_if_the_measurement_is_from_the_future(TemporalityPreference preference)
    {
        var aggregator = new MetricAggregator(new TelemetryOptions { Temporality = preference });
        aggregator.Record(_counter, 1, 50_000, Measuring.Session(1));

        CollectedPoint point = Assert.Single(_sink.Collect(aggregator, 2000));
        Assert.Equal((Measuring.Nano(2000) - 1, Measuring.Nano(2000)), (point.Start, point.Time));

        aggregator.Record(_counter, 1, 50_000, Measuring.Session(1));
        CollectedPoint next = Assert.Single(_sink.Collect(aggregator, 3000));
        Assert.Equal(preference == TemporalityPreference.Delta ? point.Time : point.Start, next.Start);
    }

    [Theory]
    [InlineData(TemporalityPreference.Cumulative)]
    [InlineData(TemporalityPreference.Delta)]
    public void Times_rise_when_the_clock_stands_or_goes_back(TemporalityPreference preference)
    {
        var aggregator = new MetricAggregator(new TelemetryOptions { Temporality = preference });
        ulong last = 0;
        foreach (long now in (long[])[5000, 5000, 4000, long.MinValue, 5000, 6000, long.MaxValue, 7000])
        {
            aggregator.Record(_counter, 1, now, Measuring.Session(1));
            CollectedPoint point = Assert.Single(_sink.Collect(aggregator, now));
            Assert.True(point.Start < point.Time);
            Assert.True(point.Time > last);
            if (preference == TemporalityPreference.Delta && last != 0)
            {
                Assert.Equal(last, point.Start);
            }

            last = point.Time;
        }
    }

    [Fact]
    public void A_cumulative_series_made_after_a_collection_starts_no_earlier_than_it()
    {
        // An event may be late; a start before what was reported would overlap, were the series one that came back.
        var aggregator = new MetricAggregator(new TelemetryOptions());
        aggregator.Record(_counter, 1, 1000, Measuring.Session(1));
        _sink.Collect(aggregator, 2000);
        aggregator.Record(_counter, 1, 1200, Measuring.Session(2));

        Assert.Equal([(1000, 3000), (2000, 3000)], Ranges(aggregator, 3000));
    }

    private static MetricAggregator Delta() => new(new TelemetryOptions { Temporality = TemporalityPreference.Delta });

    private IEnumerable<(int Start, int Time)> Ranges(MetricAggregator aggregator, long now) =>
        [.. _sink.Collect(aggregator, now).Select(point => ((int)(point.Start / 1_000_000), (int)(point.Time / 1_000_000)))];
}
