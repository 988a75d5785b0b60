using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Aggregating;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Tests.Aggregating;

public class TemporalityTests
{
    /// <summary>Preference, instrument, temporality of its points, and whether a series that was not measured again is reported again.</summary>
    public static TheoryData<TemporalityPreference, string, AggregationTemporality, bool> Table => new()
    {
        { TemporalityPreference.Cumulative, "Counter", AggregationTemporality.Cumulative, true },
        { TemporalityPreference.Cumulative, "UpDownCounter", AggregationTemporality.Cumulative, true },
        { TemporalityPreference.Cumulative, "Histogram", AggregationTemporality.Cumulative, true },
        { TemporalityPreference.Cumulative, "Gauge", AggregationTemporality.Unspecified, true },
        { TemporalityPreference.Cumulative, "ObservableCounter", AggregationTemporality.Cumulative, false },
        { TemporalityPreference.Cumulative, "ObservableUpDownCounter", AggregationTemporality.Cumulative, false },
        { TemporalityPreference.Cumulative, "ObservableGauge", AggregationTemporality.Unspecified, false },
        { TemporalityPreference.Delta, "Counter", AggregationTemporality.Delta, false },
        { TemporalityPreference.Delta, "UpDownCounter", AggregationTemporality.Cumulative, true },
        { TemporalityPreference.Delta, "Histogram", AggregationTemporality.Delta, false },
        { TemporalityPreference.Delta, "Gauge", AggregationTemporality.Unspecified, false },
        { TemporalityPreference.Delta, "ObservableCounter", AggregationTemporality.Delta, false },
        { TemporalityPreference.Delta, "ObservableUpDownCounter", AggregationTemporality.Cumulative, false },
        { TemporalityPreference.Delta, "ObservableGauge", AggregationTemporality.Unspecified, false },
        { TemporalityPreference.LowMemory, "ObservableCounter", AggregationTemporality.Cumulative, false },
        { TemporalityPreference.LowMemory, "ObservableUpDownCounter", AggregationTemporality.Cumulative, false },
        { TemporalityPreference.LowMemory, "ObservableGauge", AggregationTemporality.Unspecified, false },
        { TemporalityPreference.LowMemory, "Counter", AggregationTemporality.Delta, false },
        { TemporalityPreference.LowMemory, "UpDownCounter", AggregationTemporality.Cumulative, true },
        { TemporalityPreference.LowMemory, "Histogram", AggregationTemporality.Delta, false },
        { TemporalityPreference.LowMemory, "Gauge", AggregationTemporality.Unspecified, true },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Items_145_146_147_148_150_151_152_153_Points_have_the_temporality_of_the_table(
        TemporalityPreference preference, string kind, AggregationTemporality temporality, bool repeats)
    {
        var aggregator = new MetricAggregator(new TelemetryOptions { Temporality = preference });
        var sink = new CollectingSink();
        Instrument instrument = Measuring.Instrument(kind);

        aggregator.Record(instrument, 3, 1000, Measuring.Session(1));
        CollectedPoint first = Assert.Single(sink.Collect(aggregator, 2000));
        IReadOnlyList<CollectedPoint> second = sink.Collect(aggregator, 3000);
        aggregator.Record(instrument, 4, 3500, Measuring.Session(1));
        CollectedPoint third = Assert.Single(sink.Collect(aggregator, 4000));

        Assert.Equal(temporality, first.Metric.Temporality);
        Assert.Equal(repeats ? 1 : 0, second.Count);
        bool isCumulative = temporality == AggregationTemporality.Cumulative;
        switch (kind)
        {
            case "Gauge" or "ObservableGauge":
                Assert.Equal(4, third.Value.Int);
                Assert.Equal(0UL, third.Start);
                break;
            case "Histogram":
                Assert.Equal(isCumulative ? 2UL : 1UL, third.Count);
                Assert.Equal(isCumulative ? 7 : 4, third.Sum);
                break;
            case "ObservableCounter" or "ObservableUpDownCounter":
                Assert.Equal(isCumulative ? 4 : 1, third.Value.Int);
                break;
            default:
                Assert.Equal(isCumulative ? 7 : 4, third.Value.Int);
                break;
        }

        if (repeats)
        {
            Assert.Equal((first.Value, first.Count, first.Sum, first.Start), (second[0].Value, second[0].Count, second[0].Sum, second[0].Start));
        }
    }

    [Theory]
    [InlineData("Counter", MetricKind.Sum, true)]
    [InlineData("UpDownCounter", MetricKind.Sum, false)]
    [InlineData("Gauge", MetricKind.Gauge, false)]
    [InlineData("ObservableCounter", MetricKind.Sum, true)]
    [InlineData("ObservableUpDownCounter", MetricKind.Sum, false)]
    [InlineData("ObservableGauge", MetricKind.Gauge, false)]
    [InlineData("Histogram", MetricKind.Histogram, false)]
    public void Item_168_Each_instrument_has_the_default_aggregation(string kind, MetricKind expected, bool isMonotonic)
    {
        var aggregator = new MetricAggregator(new TelemetryOptions());
        aggregator.Record(Measuring.Instrument(kind), 1, 0);

        Metric metric = Assert.Single(new CollectingSink().Collect(aggregator, 1)).Metric;

        Assert.Equal((expected, isMonotonic), (metric.Kind, metric.IsMonotonic));
        Assert.Equal(("opencode." + kind, "{thing}", "Things."), (metric.Name.ToString(), metric.Unit.ToString(), metric.Description.ToString()));
    }

    [Fact]
    public void What_was_never_measured_has_no_point()
    {
        var sink = new CollectingSink();

        Assert.Empty(sink.Collect(new MetricAggregator(new TelemetryOptions()), 1000));
        Assert.Equal(1, sink.Collections);
    }

    [Fact]
    public void The_points_of_a_metric_come_together()
    {
        var aggregator = new MetricAggregator(new TelemetryOptions());
        Instrument counter = Measuring.Instrument("Counter");
        Instrument histogram = Measuring.Instrument("Histogram");
        for (int i = 0; i < 5; i++)
        {
            aggregator.Record(counter, 1, 0, Measuring.Session(i));
            aggregator.Record(histogram, 1, 0, Measuring.Session(i));
        }

        IReadOnlyList<CollectedPoint> points = new CollectingSink().Collect(aggregator, 1000);

        Assert.Equal(10, points.Count);
        Assert.Single(points.Take(5).Select(point => point.Metric).Distinct());
        Assert.Single(points.Skip(5).Select(point => point.Metric).Distinct());
    }
}
