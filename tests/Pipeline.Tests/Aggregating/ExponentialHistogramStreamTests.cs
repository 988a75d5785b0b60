using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Aggregating;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Tests.Aggregating;

public class ExponentialHistogramStreamTests
{
    private readonly CollectingSink _sink = new();
    private readonly Instrument _histogram = Measuring.Instrument("Histogram", isInteger: false, 0, 5, 10);

    [Fact]
    public void Item_178_The_count_is_that_of_zeros_and_both_halves()
    {
        MetricAggregator aggregator = Make(TemporalityPreference.Cumulative);
        foreach (double value in (double[])[0, -0.0, 1, 2, 4, 4, -8])
        {
            aggregator.Record(_histogram, value, 0);
        }

        CollectedPoint point = Assert.Single(_sink.Collect(aggregator, 1000));

        Assert.Equal(MetricKind.ExponentialHistogram, point.Metric.Kind);
        Assert.Equal((7UL, 2UL), (point.Count, point.ZeroCount));
        Assert.Equal(4UL, point.Positive.Values.Aggregate((sum, count) => sum + count));
        Assert.Equal(1UL, Assert.Single(point.Negative).Value);
        Assert.Equal((-8.0, 4.0), (point.Min, point.Max));

        // From 1 to 4 are 129 buckets at scale 6, and 257 at scale 7.
        Assert.Equal(6, point.Scale);
        Assert.Equal(new Dictionary<int, ulong> { [-1] = 1, [63] = 1, [127] = 2 }, point.Positive);
    }

    [Fact]
    public void Item_172_A_point_with_a_negative_value_has_no_sum()
    {
        MetricAggregator aggregator = Make(TemporalityPreference.Delta);
        aggregator.Record(_histogram, -1.0, 0);
        Assert.Null(Assert.Single(_sink.Collect(aggregator, 1000)).Sum);

        aggregator.Record(_histogram, 1.5, 1500);
        Assert.Equal(1.5, Assert.Single(_sink.Collect(aggregator, 2000)).Sum);
    }

    [Fact]
    public void Item_176_What_is_not_finite_enters_nothing()
    {
        MetricAggregator aggregator = Make(TemporalityPreference.Cumulative);
        aggregator.Record(_histogram, 1.0, 0);
        foreach (NumberValue value in (NumberValue[])[double.NaN, double.PositiveInfinity, double.NegativeInfinity, default])
        {
            aggregator.Record(_histogram, value, 0);
        }

        CollectedPoint point = Assert.Single(_sink.Collect(aggregator, 1000));
        Assert.Equal((1UL, 1.0, 1.0, 1.0), (point.Count, point.Sum, point.Min, point.Max));
        Assert.Equal(4, aggregator.Ignored);
    }

    [Fact]
    public void A_sum_stops_at_the_largest_double()
    {
        MetricAggregator aggregator = Make(TemporalityPreference.Cumulative);
        aggregator.Record(_histogram, double.MaxValue, 0);
        aggregator.Record(_histogram, double.MaxValue, 0);

        CollectedPoint point = Assert.Single(_sink.Collect(aggregator, 1000));
        Assert.Equal((2UL, double.MaxValue), (point.Count, point.Sum));
    }

    [Fact]
    public void Delta_points_start_empty_and_cumulative_ones_go_on()
    {
        MetricAggregator delta = Make(TemporalityPreference.Delta);
        MetricAggregator cumulative = Make(TemporalityPreference.Cumulative);
        foreach (MetricAggregator aggregator in (MetricAggregator[])[delta, cumulative])
        {
            aggregator.Record(_histogram, 1.0, 500);
            aggregator.Record(_histogram, 1e9, 600);
            _sink.Collect(aggregator, 1000);
            aggregator.Record(_histogram, 3.0, 1500);
        }

        CollectedPoint change = Assert.Single(_sink.Collect(delta, 2000));
        Assert.Equal((1UL, 20, 3.0, Measuring.Nano(1000)), (change.Count, change.Scale, change.Max, change.Start));
        CollectedPoint total = Assert.Single(_sink.Collect(cumulative, 2000));
        Assert.Equal((3UL, 2, 1e9, Measuring.Nano(500)), (total.Count, total.Scale, total.Max, total.Start));
    }

    private static MetricAggregator Make(TemporalityPreference preference) =>
        new(new TelemetryOptions { Temporality = preference, HistogramAggregation = HistogramAggregation.Exponential });
}
