using CsCheck;
using OpencodeOtel.Pipeline.Aggregating;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Tests.Aggregating;

public class BucketBoundsTests
{
    [Theory]
    [InlineData(-1.0, 0)]
    [InlineData(0.0, 0)]
    [InlineData(double.Epsilon, 1)]
    [InlineData(4.999, 1)]
    [InlineData(5.0, 1)]
    [InlineData(5.000001, 2)]
    [InlineData(10.0, 2)]
    [InlineData(10.5, 3)]
    [InlineData(double.MaxValue, 3)]
    [InlineData(double.MinValue, 0)]
    public void Item_170_A_bucket_excludes_its_lower_and_includes_its_upper_bound(double value, int bucket) =>
        Assert.Equal(bucket, new BucketBounds([0, 5, 10]).IndexOf(value));

    [Fact]
    public void Item_169_A_histogram_that_advises_no_bounds_has_the_default_ones()
    {
        var instrument = new Instrument { Name = "a", Kind = InstrumentKind.Histogram, IsInteger = false, Unit = "ms", Description = "b" };
        var aggregator = new MetricAggregator(new TelemetryOptions());
        aggregator.Record(instrument, 7.5, 0);

        CollectedPoint point = Assert.Single(new CollectingSink().Collect(aggregator, 1000));

        Assert.Equal([0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000], point.Bounds);
        Assert.Equal(16, point.Buckets.Count);
        Assert.Equal(1UL, point.Buckets[2]);
    }

    [Fact]
    public void Without_bounds_there_is_one_bucket()
    {
        var bounds = new BucketBounds([]);

        Assert.Equal(1, bounds.BucketCount);
        Assert.Equal(0, bounds.IndexOf(42));
    }

    [Fact]
    public void The_bucket_is_the_first_whose_bound_is_not_below_the_value() =>
        Gen.Select(Gen.Int[-50, 50].Array[0, 20].Select(numbers => numbers.Distinct().Order().Select(n => n / 4.0).ToArray()), Gen.Int[-60, 60])
            .Sample((bounds, quarter) =>
            {
                double value = quarter / 4.0;
                int expected = 0;
                while (expected < bounds.Length && bounds[expected] < value)
                {
                    expected++;
                }

                return new BucketBounds(bounds).IndexOf(value) == expected;
            });

    [Theory]
    [InlineData(1.0, 1.0)]
    [InlineData(2.0, 1.0)]
    [InlineData(1.0, double.PositiveInfinity)]
    [InlineData(double.NaN, 1.0)]
    public void Bounds_that_do_not_rise_or_are_not_finite_are_refused(double first, double second) =>
        Assert.Throws<ArgumentException>(() => new BucketBounds([first, second]));
}
