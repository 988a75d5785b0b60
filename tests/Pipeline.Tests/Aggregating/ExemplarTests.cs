using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Aggregating;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Tests.Support;

namespace OpencodeOtel.Pipeline.Tests.Aggregating;

public class ExemplarTests
{
    private readonly CollectingSink _sink = new();
    private readonly Instrument _counter = Measuring.Instrument("Counter");
    private readonly Instrument _histogram = Measuring.Instrument("Histogram", isInteger: false, 0, 5, 10);

    [Theory]
    [InlineData(ExemplarFilter.TraceBased, new[] { 2 })]
    [InlineData(ExemplarFilter.AlwaysOn, new[] { 0, 2 })]
    [InlineData(ExemplarFilter.AlwaysOff, new int[0])]
    public void Item_189_The_filter_says_which_measurements_are_taken(ExemplarFilter filter, int[] spans)
    {
        var aggregator = new MetricAggregator(new TelemetryOptions { ExemplarFilter = filter });
        aggregator.Record(_histogram, 1.0, 0);
        aggregator.RecordIn(2, _histogram, 7.0, 0);

        CollectedPoint point = Assert.Single(_sink.Collect(aggregator, 1000));

        Assert.Equal(spans.Select(span => span == 0 ? default : Measuring.SpanOf(span)), point.Exemplars.Select(exemplar => exemplar.SpanId));
        Assert.Equal(2UL, point.Count);
    }

    [Fact]
    public void Item_189_The_filter_is_trace_based_by_default() =>
        Assert.Equal(ExemplarFilter.TraceBased, new TelemetryOptions().ExemplarFilter);

    [Fact]
    public void Item_190_A_histogram_with_bounds_has_at_most_one_exemplar_a_bucket()
    {
        var aggregator = new MetricAggregator(new TelemetryOptions());
        for (int i = 1; i <= 30; i++)
        {
            aggregator.RecordIn(i, _histogram, (double)(i % 12), 0);
        }

        IReadOnlyList<Exemplar> exemplars = Assert.Single(_sink.Collect(aggregator, 1000)).Exemplars;

        // The last of each bucket: 24 % 12 = 0, 29 % 12 = 5, 30 % 12 = 6 and 23 % 12 = 11.
        Assert.Equal([0.0, 5, 6, 11], exemplars.Select(exemplar => exemplar.Value.Double));
        Assert.Equal([24, 29, 30, 23], exemplars.Select(exemplar => Enumerable.Range(1, 30).Single(i => Measuring.SpanOf(i) == exemplar.SpanId)));
    }

    [Fact]
    public void Item_190_An_exponential_histogram_keeps_twenty_and_a_sum_one()
    {
        var aggregator = new MetricAggregator(new TelemetryOptions { HistogramAggregation = HistogramAggregation.Exponential });
        for (int i = 1; i <= 500; i++)
        {
            aggregator.RecordIn(i, _histogram, (double)i, 0);
            aggregator.RecordIn(i, _counter, i, 0);
        }

        IReadOnlyList<CollectedPoint> points = _sink.Collect(aggregator, 1000);

        Assert.Equal(20, points[0].Exemplars.Count);
        Assert.Equal(20, points[0].Exemplars.Select(exemplar => exemplar.SpanId).Distinct().Count());
        Assert.Contains(points[0].Exemplars, exemplar => exemplar.Value.Double > 20);
        Assert.Single(points[1].Exemplars);
    }

    [Fact]
    public void A_sample_is_uniform()
    {
        // Each of ten measurements is the one that is kept in about a tenth of the intervals.
        var aggregator = new MetricAggregator(new TelemetryOptions { Temporality = TemporalityPreference.Delta });
        int[] kept = new int[11];
        for (int interval = 0; interval < 2000; interval++)
        {
            for (int i = 1; i <= 10; i++)
            {
                aggregator.RecordIn(i, _counter, i, 0);
            }

            kept[Assert.Single(Assert.Single(_sink.Collect(aggregator, interval)).Exemplars).Value.Int]++;
        }

        Assert.All(kept[1..], count => Assert.InRange(count, 130, 270));
    }

    [Fact]
    public void Item_191_An_exemplar_has_value_time_span_trace_and_what_was_filtered_out()
    {
        var aggregator = new MetricAggregator(new TelemetryOptions { ExcludedMetricAttributes = new HashSet<string> { "session.id" } });
        aggregator.RecordIn(7, _counter, 3, 500, [.. Measuring.Session(1), Measuring.Attribute("model", "m")]);

        CollectedPoint point = Assert.Single(_sink.Collect(aggregator, 1000));

        Exemplar exemplar = Assert.Single(point.Exemplars);
        Assert.Equal("model=m", point.Attributes);
        Assert.Equal(Measuring.Text(Measuring.Session(1)), Measuring.Text(exemplar.FilteredAttributes.Span));
        Assert.Equal((3L, Measuring.Nano(500)), (exemplar.Value.Int, exemplar.TimeUnixNano - 1)); // the first time after the start
        Assert.Equal((Measuring.TraceOf(7), Measuring.SpanOf(7)), (exemplar.TraceId, exemplar.SpanId));
    }

    [Fact]
    public void Item_191_An_exemplar_of_the_overflow_point_has_all_attributes_since_the_point_has_none_of_them()
    {
        var aggregator = new MetricAggregator(new TelemetryOptions { CardinalityLimit = 1 });
        KeyValue[] attributes = [.. Measuring.Session(2), Measuring.Attribute("model", "m")];
        foreach (Instrument instrument in (Instrument[])[_counter, _histogram, Measuring.Instrument("Gauge"), Measuring.Instrument("ObservableCounter")])
        {
            aggregator.RecordIn(1, instrument, 1, 0, Measuring.Session(1));
            aggregator.RecordIn(2, instrument, 1, 0, attributes);
        }

        IReadOnlyList<CollectedPoint> points = _sink.Collect(aggregator, 1000);

        Assert.Equal(4, points.Count(point => point.IsOverflow));
        Assert.All(points, point => Assert.Equal(
            point.IsOverflow ? Measuring.Text(attributes) : string.Empty,
            Measuring.Text(Assert.Single(point.Exemplars).FilteredAttributes.Span)));
    }

    [Theory]
    [InlineData(new[] { 500.0, 80, 60, 40, 20, 7, 3, 0 })]
    [InlineData(new[] { 20.0, 0, 500, 7, 60, 3, 80, 40 })]
    public void Item_191_Each_exemplar_keeps_what_was_filtered_from_its_own_measurement(double[] values)
    {
        // Buckets are filled from the last to the first, or here and there, and again in the memory of the interval before.
        Instrument histogram = Measuring.Instrument("Histogram", isInteger: false, 0, 5, 10, 25, 50, 75, 100);
        var aggregator = new MetricAggregator(new TelemetryOptions
        {
            ExcludedMetricAttributes = new HashSet<string> { "session.id" },
            Temporality = TemporalityPreference.Delta,
        });
        for (int round = 1; round <= 3; round++)
        {
            double[] measured = round == 2 ? values[3..] : values;
            foreach (double value in measured)
            {
                aggregator.RecordIn(1, histogram, value, (round * 1000) - 500, Measuring.Session(round + (int)value));
            }

            Assert.Equal(
                measured.Order().Select(value => (value, Measuring.Text(Measuring.Session(round + (int)value)))),
                Assert.Single(_sink.Collect(aggregator, round * 1000)).Exemplars
                    .Select(exemplar => (exemplar.Value.Double, Measuring.Text(exemplar.FilteredAttributes.Span))));
        }
    }

    [Theory]
    [InlineData(TemporalityPreference.Cumulative)]
    [InlineData(TemporalityPreference.Delta)]
    public void Item_192_Times_lie_after_the_points_start_and_not_after_its_time(TemporalityPreference preference)
    {
        var aggregator = new MetricAggregator(new TelemetryOptions { Temporality = preference });
        int span = 1;
        foreach (long now in (long[])[1000, 2000, 3000])
        {
            // Early, late, and in between, by the clocks of events.
            foreach (long time in (long[])[now - 5000, now - 500, now, now + 5000])
            {
                aggregator.RecordIn(span++, _histogram, span % 4 * 4.0, time);
                aggregator.RecordIn(span++, _counter, 1, time);
            }

            foreach (CollectedPoint point in _sink.Collect(aggregator, now))
            {
                Assert.NotEmpty(point.Exemplars);
                Assert.All(point.Exemplars, exemplar => Assert.InRange(exemplar.TimeUnixNano, point.Start + 1, point.Time));
            }
        }
    }

    [Theory]
    [InlineData("Counter", HistogramAggregation.ExplicitBuckets)]
    [InlineData("Histogram", HistogramAggregation.ExplicitBuckets)]
    [InlineData("Histogram", HistogramAggregation.Exponential)]
    public void Exemplars_abide_by_the_temporality_of_their_point(string kind, HistogramAggregation histograms)
    {
        Instrument instrument = Measuring.Instrument(kind, isInteger: true, 0, 5, 10);
        var delta = new MetricAggregator(new TelemetryOptions { Temporality = TemporalityPreference.Delta, HistogramAggregation = histograms });
        var cumulative = new MetricAggregator(new TelemetryOptions { HistogramAggregation = histograms });
        foreach (MetricAggregator aggregator in (MetricAggregator[])[delta, cumulative])
        {
            aggregator.RecordIn(1, instrument, 1, 500);
            Assert.Single(Assert.Single(_sink.Collect(aggregator, 1000)).Exemplars);
            aggregator.Record(instrument, 2, 1500);
        }

        Assert.Empty(Assert.Single(_sink.Collect(delta, 2000)).Exemplars);
        Assert.Single(Assert.Single(_sink.Collect(cumulative, 2000)).Exemplars);
    }

    [Fact]
    public void A_gauge_shows_an_exemplar_of_its_interval_only()
    {
        var aggregator = new MetricAggregator(new TelemetryOptions());
        aggregator.RecordIn(1, Measuring.Instrument("Gauge"), 1, 500);

        Assert.Single(Assert.Single(_sink.Collect(aggregator, 1000)).Exemplars);
        Assert.Empty(Assert.Single(_sink.Collect(aggregator, 2000)).Exemplars);
    }

    [Fact]
    public void The_same_measurements_give_the_same_exemplars()
    {
        Assert.Equal(Run(), Run());

        IEnumerable<SpanId> Run()
        {
            var aggregator = new MetricAggregator(new TelemetryOptions());
            for (int i = 1; i <= 100; i++)
            {
                aggregator.RecordIn(i, _counter, 1, i, Measuring.Session(i % 3));
            }

            return [.. _sink.Collect(aggregator, 1000).SelectMany(point => point.Exemplars).Select(exemplar => exemplar.SpanId)];
        }
    }

    [Theory]
    [InlineData(HistogramAggregation.ExplicitBuckets, TemporalityPreference.Cumulative, 2000)]
    [InlineData(HistogramAggregation.ExplicitBuckets, TemporalityPreference.Delta, 2000)]
    [InlineData(HistogramAggregation.Exponential, TemporalityPreference.Cumulative, 2000)]
    [InlineData(HistogramAggregation.Exponential, TemporalityPreference.Delta, 2000)]
    [InlineData(HistogramAggregation.ExplicitBuckets, TemporalityPreference.Delta, 1)]
    [InlineData(HistogramAggregation.Exponential, TemporalityPreference.Cumulative, 1)]
    public void Taking_exemplars_allocates_nothing_once_a_series_has_filled_its_places(
        HistogramAggregation histograms, TemporalityPreference preference, int limit)
    {
        var aggregator = new MetricAggregator(new TelemetryOptions
        {
            ExcludedMetricAttributes = new HashSet<string> { "agent" },
            HistogramAggregation = histograms,
            Temporality = preference,
            CardinalityLimit = limit,
        });
        KeyValue[][] sets = [.. Enumerable.Range(1, 3).Select(i => (KeyValue[])
            [.. Measuring.Session(i), Measuring.Attribute("agent", OtlpString.Transcode("build"))])];
        Instrument observed = Measuring.Instrument("ObservableCounter");
        int round = 0;
        Round();
        _sink.Collect(aggregator, 1000);

        Assert.Equal(0, Allocation.Least(Round));

        // Values and their order differ from round to round, their range does not.
        void Round()
        {
            round++;
            for (int i = 0; i < 300; i++)
            {
                KeyValue[] set = sets[i % 3];
                aggregator.RecordIn(round, _histogram, ((i * (2 * round + 1)) % 300 / 3) * 0.25, 0, set);
                aggregator.RecordIn(round, _counter, i, 0, set);
                aggregator.RecordIn(round, observed, i, 0, set);
            }
        }
    }
}
