using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Aggregating;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Tests.Aggregating;

public class RetirementTests
{
    private const long Minute = 60_000;
    private const long Hour = 60 * Minute;

    private readonly CollectingSink _sink = new();
    private readonly Instrument _counter = Measuring.Instrument("Counter");
    private readonly Instrument _gauge = Measuring.Instrument("Gauge");
    private readonly Instrument _histogram = Measuring.Instrument("Histogram", isInteger: false, 0, 5, 10);

    [Fact]
    public void The_series_of_a_session_that_ended_are_exported_once_more_and_then_gone()
    {
        var aggregator = new MetricAggregator(new TelemetryOptions());
        foreach (int session in (int[])[1, 2])
        {
            aggregator.Record(_counter, session, 1000, Measuring.Session(session));
            aggregator.Record(_gauge, session, 1000, Measuring.Session(session));
            aggregator.Record(_histogram, session, 1000, Measuring.Session(session));
        }

        Assert.Equal(6, _sink.Collect(aggregator, 2000).Count);
        End(aggregator, 1);
        Assert.Equal(6, _sink.Collect(aggregator, 3000).Count);
        Assert.All(_sink.Collect(aggregator, 4000), point => Assert.Equal(Measuring.Text(Measuring.Session(2)), point.Attributes));
        Assert.Equal(3, _sink.Collect(aggregator, 5000).Count);
        Assert.Equal(1, aggregator.Sessions);
    }

    [Fact]
    public void What_a_session_measures_after_its_end_and_before_the_collection_is_in_its_last_points()
    {
        var aggregator = new MetricAggregator(new TelemetryOptions());
        aggregator.Record(_counter, 1, 1000, Measuring.Session(1));
        End(aggregator, 1);
        aggregator.Record(_counter, 2, 1500, Measuring.Session(1));
        aggregator.Record(_gauge, 3, 1500, Measuring.Session(1));

        Assert.Equal([3L, 3], _sink.Collect(aggregator, 2000).Select(point => point.Value.Int));
        Assert.Empty(_sink.Collect(aggregator, 3000));
        Assert.Equal(0, aggregator.Sessions);
    }

    [Fact]
    public void Item_163_A_series_that_comes_back_starts_at_zero_and_later_than_it_was_last_reported()
    {
        var aggregator = new MetricAggregator(new TelemetryOptions());
        aggregator.Record(_counter, 5, 1000, Measuring.Session(1));
        End(aggregator, 1);
        CollectedPoint last = Assert.Single(_sink.Collect(aggregator, 2000));

        // The event is late: it carries a time before the collection that reported the series.
        aggregator.Record(_counter, 1, 1500, Measuring.Session(1));
        CollectedPoint again = Assert.Single(_sink.Collect(aggregator, 2000));
        CollectedPoint later = Assert.Single(_sink.Collect(aggregator, 9000));

        Assert.Equal((5L, 1L), (last.Value.Int, again.Value.Int));
        Assert.True(again.Start > last.Time && again.Start < again.Time);
        Assert.Equal(again.Start, later.Start);
    }

    [Fact]
    public void A_session_that_goes_on_keeps_the_series_that_it_measured_once()
    {
        // The count of a session is recorded when it is created, and never again.
        var aggregator = new MetricAggregator(new TelemetryOptions());
        aggregator.Record(_counter, 1, 1, Measuring.Session(1));
        for (long now = Minute; now < 5 * Hour; now += 10 * Minute)
        {
            aggregator.Record(_histogram, 1, now, Measuring.Session(1));
            Assert.Contains(_sink.Collect(aggregator, now), point => point.Metric.Kind == MetricKind.Sum && point.Start == Measuring.Nano(1));
        }
    }

    [Fact]
    public void A_late_measurement_does_not_make_its_session_older()
    {
        var aggregator = new MetricAggregator(new TelemetryOptions());
        aggregator.Record(_counter, 1, 2 * Hour, Measuring.Session(1));
        aggregator.Record(_counter, 1, Minute, Measuring.Session(1));

        _sink.Collect(aggregator, (2 * Hour) + Minute);
        Assert.Single(_sink.Collect(aggregator, (2 * Hour) + (2 * Minute)));
    }

    [Fact]
    public void A_session_that_goes_on_is_not_retired_because_the_clock_was_set_back_and_one_that_does_not_is()
    {
        // Points keep their rising times, a day ahead; sessions age by the clock.
        const long Wrong = 24 * Hour;
        var aggregator = new MetricAggregator(new TelemetryOptions());
        aggregator.Record(_counter, 1, Wrong, Measuring.Session(1));
        aggregator.Record(_counter, 1, Wrong, Measuring.Session(2));
        CollectedPoint[] first = [.. _sink.Collect(aggregator, Wrong + Minute)];
        for (long now = Hour; now < 4 * Hour; now += 10 * Minute)
        {
            aggregator.Record(_counter, 1, now, Measuring.Session(1));
            IReadOnlyList<CollectedPoint> points = _sink.Collect(aggregator, now);
            Assert.Equal(now <= 2 * Hour ? 2 : 1, points.Count);
            Assert.Contains(points, point => (point.Attributes, point.Start) == (first[0].Attributes, first[0].Start));
        }

        Assert.Equal(1, aggregator.Sessions);
    }

    [Fact]
    public void A_session_whose_measurement_had_no_time_is_quiet_from_the_next_collection_on()
    {
        var aggregator = new MetricAggregator(new TelemetryOptions());
        aggregator.Record(_counter, 1, 0, Measuring.Session(1));
        for (long now = 10 * Hour; now <= 11 * Hour; now += 10 * Minute)
        {
            Assert.Single(_sink.Collect(aggregator, now));
        }

        Assert.Empty(_sink.Collect(aggregator, 12 * Hour));
    }

    [Fact]
    public void A_session_that_ended_is_over_though_its_series_made_room_for_others_and_it_measures_again()
    {
        var aggregator = new MetricAggregator(new TelemetryOptions { CardinalityLimit = 1, Temporality = TemporalityPreference.Delta });
        aggregator.Record(_counter, 1, 500, Measuring.Session(1));
        _sink.Collect(aggregator, 1000);
        End(aggregator, 1);
        aggregator.Record(_counter, 2, 1500, Measuring.Session(2));
        aggregator.Record(_histogram, 3, 1500, Measuring.Session(1));
        Assert.Equal(2, aggregator.Sessions);

        _sink.Collect(aggregator, 2000);
        Assert.Equal(1, aggregator.Sessions);
    }

    [Theory]
    [InlineData(TemporalityPreference.Cumulative, 60)]
    [InlineData(TemporalityPreference.LowMemory, 60)]
    public void A_gauge_is_exported_at_every_collection_until_its_session_was_quiet_for_an_hour(TemporalityPreference preference, int exports)
    {
        var aggregator = new MetricAggregator(new TelemetryOptions { Temporality = preference });
        aggregator.Record(_gauge, 7, Hour, Measuring.Session(1));

        int points = 0;
        for (long now = Hour + Minute; now < 4 * Hour; now += Minute)
        {
            points += _sink.Collect(aggregator, now).Count;
        }

        Assert.Equal(exports, points);
        Assert.Equal(0, aggregator.Sessions);
    }

    [Fact]
    public void How_long_a_session_may_be_quiet_can_be_chosen()
    {
        var aggregator = new MetricAggregator(new TelemetryOptions { SessionQuietTime = TimeSpan.FromMinutes(5) });
        aggregator.Record(_counter, 7, Minute, Measuring.Session(1));

        Assert.Single(_sink.Collect(aggregator, 6 * Minute));
        Assert.Empty(_sink.Collect(aggregator, 7 * Minute));
    }

    [Fact]
    public void Series_without_a_session_are_never_retired()
    {
        var aggregator = new MetricAggregator(new TelemetryOptions { ExcludedMetricAttributes = new HashSet<string> { "session.id" } });
        aggregator.Record(_counter, 1, 1000, Measuring.Session(1));
        aggregator.Record(_counter, 1, 1000, Measuring.Session(2));
        End(aggregator, 1);

        for (long now = Hour; now < 5 * Hour; now += Hour)
        {
            CollectedPoint point = Assert.Single(_sink.Collect(aggregator, now));
            Assert.Equal((2L, Measuring.Nano(1000)), (point.Value.Int, point.Start));
        }
    }

    [Fact]
    public void The_overflow_series_outlives_the_sessions_in_it()
    {
        var aggregator = new MetricAggregator(new TelemetryOptions { CardinalityLimit = 1 });
        aggregator.Record(_counter, 1, 0, Measuring.Session(1));
        aggregator.Record(_counter, 10, 0, Measuring.Session(2));
        End(aggregator, 1);
        End(aggregator, 2);
        Assert.Equal([1L, 10], _sink.Collect(aggregator, 1000).Select(point => point.Value.Int));

        // There is room for a series again, and what overflowed is still there.
        aggregator.Record(_counter, 100, 1500, Measuring.Session(3));
        Assert.Equal([10L, 100], _sink.Collect(aggregator, 2000).Select(point => point.Value.Int).Order());
    }

    [Theory]
    [InlineData(TemporalityPreference.Cumulative, true)]
    [InlineData(TemporalityPreference.Delta, true)]
    [InlineData(TemporalityPreference.LowMemory, true)]
    [InlineData(TemporalityPreference.Cumulative, false)]
    [InlineData(TemporalityPreference.Delta, false)]
    [InlineData(TemporalityPreference.LowMemory, false)]
    public void Sessions_one_after_the_other_leave_no_series_behind_and_lose_no_total(TemporalityPreference preference, bool areDeleted)
    {
        const int Sessions = 5_000;
        var aggregator = new MetricAggregator(new TelemetryOptions { Temporality = preference, CardinalityLimit = 200 });
        var totals = new LastTotals();
        for (int session = 0; session < Sessions; session++)
        {
            long now = session * Minute;
            aggregator.Record(_counter, session, now, Measuring.Session(session));
            aggregator.Record(_gauge, session, now, Measuring.Session(session));
            aggregator.Record(_histogram, session, now, Measuring.Session(session));
            if (areDeleted)
            {
                End(aggregator, session);
            }

            aggregator.Collect(now + 1, totals);
            Assert.InRange(aggregator.Sessions, 0, areDeleted ? 0 : 61);
        }

        Assert.Equal((long)Sessions * (Sessions - 1) / 2, totals.Sum);
        Assert.Equal((ulong)Sessions, totals.Count);
        Assert.Equal(0, aggregator.Overflowed);
    }

    private static void End(MetricAggregator aggregator, int session) => aggregator.EndSession(Measuring.Session(session)[0].Value.Text);

    /// <summary>What a consumer adds up: of delta points all, of cumulative ones the last of each stream, which its start tells apart.</summary>
    private sealed class LastTotals : IMetricPointSink
    {
        private readonly Dictionary<(string Attributes, ulong Start), (long Sum, ulong Count)> _last = [];

        public long Sum => _last.Values.Sum(value => value.Sum);

        public ulong Count => _last.Values.Aggregate(0UL, (sum, value) => sum + value.Count);

        public void Append(Metric metric, in NumberDataPoint point)
        {
            if (metric.Kind == MetricKind.Sum)
            {
                _last[("sum " + Measuring.Text(point.Attributes!.Attributes), point.StartTimeUnixNano)] = (point.Value.Int, 0);
            }
        }

        public void Append(Metric metric, in HistogramDataPoint point) =>
            _last[("histogram " + Measuring.Text(point.Attributes!.Attributes), point.StartTimeUnixNano)] = (0, point.Count);

        public void Append(Metric metric, in ExponentialHistogramDataPoint point) => throw new NotSupportedException();

        public void EndCollection()
        {
        }
    }
}
