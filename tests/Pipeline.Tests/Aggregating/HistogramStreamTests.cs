using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Aggregating;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Tests.Aggregating;

public class HistogramStreamTests
{
    private readonly CollectingSink _sink = new();
    private readonly Instrument _histogram = Measuring.Instrument("Histogram", isInteger: false, 0, 5, 10);

    [Fact]
    public void Items_170_171_172_A_point_has_count_sum_min_max_and_one_bucket_more_than_bounds()
    {
        var aggregator = new MetricAggregator(new TelemetryOptions());
        foreach (double value in (double[])[0, 5, 5.5, 10, 1000])
        {
            aggregator.Record(_histogram, value, 0);
        }

        CollectedPoint point = Assert.Single(_sink.Collect(aggregator, 1000));

        Assert.Equal([1UL, 1, 2, 1], point.Buckets);
        Assert.Equal([0.0, 5, 10], point.Bounds);
        Assert.Equal((5UL, 1020.5, 0.0, 1000.0), (point.Count, point.Sum, point.Min, point.Max));
    }

    [Fact]
    public void Delta_points_start_empty()
    {
        var aggregator = new MetricAggregator(new TelemetryOptions { Temporality = TemporalityPreference.Delta });
        aggregator.Record(_histogram, 7.0, 0);
        aggregator.Record(_histogram, 100.0, 0);
        _sink.Collect(aggregator, 1000);
        aggregator.Record(_histogram, 8.0, 1500);

        CollectedPoint point = Assert.Single(_sink.Collect(aggregator, 2000));

        Assert.Equal([0UL, 0, 1, 0], point.Buckets);
        Assert.Equal((1UL, 8.0, 8.0, 8.0), (point.Count, point.Sum, point.Min, point.Max));
    }

    [Fact]
    public void What_is_not_finite_enters_nothing()
    {
        var aggregator = new MetricAggregator(new TelemetryOptions());
        foreach (NumberValue value in (NumberValue[])[double.NaN, double.PositiveInfinity, double.NegativeInfinity, default])
        {
            aggregator.Record(_histogram, value, 0);
        }

        Assert.Empty(_sink.Collect(aggregator, 1000));
        aggregator.Record(_histogram, 1.0, 0);
        aggregator.Record(_histogram, double.NaN, 0);

        CollectedPoint point = Assert.Single(_sink.Collect(aggregator, 2000));
        Assert.Equal((1UL, 1.0, 1.0, 1.0), (point.Count, point.Sum, point.Min, point.Max));
        Assert.Equal(5, aggregator.Ignored);
    }

    [Fact]
    public void A_sum_stops_at_the_largest_double_and_the_count_goes_on()
    {
        var aggregator = new MetricAggregator(new TelemetryOptions());
        aggregator.Record(_histogram, double.MaxValue, 0);
        aggregator.Record(_histogram, double.MaxValue, 0);

        CollectedPoint point = Assert.Single(_sink.Collect(aggregator, 1000));
        Assert.Equal((2UL, double.MaxValue), (point.Count, point.Sum));
        Assert.Equal(0, aggregator.Ignored);
    }

    [Fact]
    public void Item_172_A_point_with_a_negative_value_has_no_sum()
    {
        var aggregator = new MetricAggregator(new TelemetryOptions { Temporality = TemporalityPreference.Delta });
        aggregator.Record(_histogram, -2.0, 0);
        aggregator.Record(_histogram, 6.0, 0);

        CollectedPoint point = Assert.Single(_sink.Collect(aggregator, 1000));
        Assert.Null(point.Sum);
        Assert.Equal((2UL, -2.0, 6.0), (point.Count, point.Min, point.Max));

        aggregator.Record(_histogram, 6.0, 1500);
        Assert.Equal(6.0, Assert.Single(_sink.Collect(aggregator, 2000)).Sum);
    }

    [Fact]
    public void Integers_are_measured_like_doubles()
    {
        var aggregator = new MetricAggregator(new TelemetryOptions());
        aggregator.Record(Measuring.Instrument("Histogram", isInteger: true, 0, 5, 10), 5, 0);

        CollectedPoint point = Assert.Single(_sink.Collect(aggregator, 1000));
        Assert.Equal([0UL, 1, 0, 0], point.Buckets);
        Assert.Equal(5.0, point.Sum);
    }
}
