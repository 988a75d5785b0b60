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

    [Fact]
    public void Exemplars_abide_by_the_temporality_of_their_point()
    {
        var delta = new MetricAggregator(new TelemetryOptions { Temporality = TemporalityPreference.Delta });
        var cumulative = new MetricAggregator(new TelemetryOptions());
        foreach (MetricAggregator aggregator in (MetricAggregator[])[delta, cumulative])
        {
            aggregator.RecordIn(1, _histogram, 1.0, 500);
            Assert.Single(Assert.Single(_sink.Collect(aggregator, 1000)).Exemplars);
            aggregator.Record(_histogram, 2.0, 1500);
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

    [Fact]
    public void Taking_exemplars_allocates_nothing_for_a_series_that_has_some()
    {
        var aggregator = new MetricAggregator(new TelemetryOptions { ExcludedMetricAttributes = new HashSet<string> { "agent" } });
        KeyValue[] attributes = [.. Measuring.Session(1), Measuring.Attribute("agent", OtlpString.Transcode("build"))];
        Round();
        _sink.Collect(aggregator, 1000);

        Assert.Equal(0, Allocation.Least(Round));

        void Round()
        {
            const int Span = 1;
            for (int i = 0; i < 100; i++)
            {
                aggregator.RecordIn(Span, _histogram, (double)(i % 12), 0, attributes);
                aggregator.RecordIn(Span, _counter, i, 0, attributes);
            }
        }
    }
}
