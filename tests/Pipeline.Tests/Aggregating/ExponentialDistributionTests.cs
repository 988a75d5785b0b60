using CsCheck;
using OpencodeOtel.Pipeline.Aggregating;

namespace OpencodeOtel.Pipeline.Tests.Aggregating;

public class ExponentialDistributionTests
{
    // Of all magnitudes, of both signs, and zero.
    private static readonly Gen<double> Values = Gen.Frequency(
        (1, Gen.Const(0.0)),
        (3, Gen.Int[-1000, 1000].Select(whole => (double)whole)),
        (3, Gen.Double[0.9, 1.1]),
        (2, Gen.Select(Gen.Double[1, 2], Gen.Int[-1074, 1000], Gen.Bool).Select((m, e, negative) => Math.ScaleB(negative ? -m : m, e))));

    [Fact]
    public void Items_173_174_175_178_Every_value_is_counted_once_at_the_largest_scale_that_fits() => Values.Array[1, 60].Sample(values =>
    {
        ExponentialDistribution distribution = Of(values);

        Assert.Equal((ulong)values.Count(value => value == 0), distribution.ZeroCount);
        Assert.Equal((ulong)values.Count(value => value > 0), distribution.Positive.Total);
        Assert.Equal((ulong)values.Length, distribution.Count);
        Assert.Equal((values.Min(), values.Max()), (distribution.Min, distribution.Max));
        Assert.InRange(distribution.Positive.Length, 0, 160);
        Assert.InRange(distribution.Negative.Length, 0, 160);
        Assert.InRange(distribution.Scale, -11, 20);

        // One scale up a half would be too wide; by two, since an index may be one off.
        if (distribution.Scale < 20)
        {
            Assert.True(
                Math.Max(Width(values.Where(value => value > 0)), Width(values.Where(value => value < 0))) > 158,
                "a larger scale would have fitted");
        }

        long Width(IEnumerable<double> half)
        {
            long[] indexes = [.. half.Select(value => ExactIndex.Of(Math.Abs(value), distribution.Scale + 1))];
            return indexes.Length == 0 ? 0 : indexes.Max() - indexes.Min() + 1;
        }
    });

    [Fact]
    public void Items_176_177_Every_bucket_holds_the_values_that_belong_in_it() => Values.Array[1, 60].Sample(values =>
    {
        ExponentialDistribution distribution = Of(values);
        Dictionary<int, int> expected = values.Where(value => value > 0)
            .CountBy(value => ExponentialIndex.Of(value, distribution.Scale))
            .ToDictionary();

        // Where a logarithm is rounded, finding the bucket at once and by merging buckets may differ by one.
        int misplaced = 0;
        for (int i = 0; i < distribution.Positive.Length; i++)
        {
            int index = distribution.Positive.Low + i;
            misplaced += Math.Abs((int)distribution.Positive.At(index) - expected.GetValueOrDefault(index));
        }

        Assert.InRange(misplaced, 0, 2);
    });

    [Theory]
    [InlineData(1.0)]
    [InlineData(3.7)]
    [InlineData(1e300)]
    [InlineData(-1e-300)]
    public void Item_175_A_single_value_is_at_the_largest_scale(double value)
    {
        ExponentialDistribution distribution = Of(value, value, value);

        Assert.Equal(20, distribution.Scale);
        Assert.Equal(1, (value > 0 ? distribution.Positive : distribution.Negative).Length);
    }

    [Fact]
    public void Item_174_The_whole_range_of_doubles_fits()
    {
        ExponentialDistribution distribution = Of(double.Epsilon, double.MaxValue, -double.Epsilon, -double.MaxValue, 1);

        Assert.Equal(-4, distribution.Scale);
        Assert.Equal((3UL, 2UL), (distribution.Positive.Total, distribution.Negative.Total));
        Assert.True(distribution.Positive.Length <= 160);
    }

    [Fact]
    public void Item_174_One_hundred_and_sixty_buckets_keep_their_scale_and_one_more_does_not()
    {
        // At scale 0 each power of two has a bucket of its own.
        double[] values = [.. Enumerable.Range(0, 160).Select(power => Math.ScaleB(1, power))];
        Assert.Equal((0, 160), (Of(values).Scale, Of(values).Positive.Length));

        ExponentialDistribution wider = Of([.. values, Math.ScaleB(1, 160)]);
        Assert.Equal(-1, wider.Scale);
        Assert.Equal(161UL, wider.Count);
    }

    [Fact]
    public void Item_179_Distributions_merge_at_the_smaller_scale_without_losing_a_count() =>
        Gen.Select(Values.Array[0, 40], Values.Array[0, 40]).Sample((left, right) =>
        {
            ExponentialDistribution merged = Of(left);
            ExponentialDistribution other = Of(right);
            int smaller = Math.Min(merged.Scale, other.Scale);
            ulong count = merged.Count + other.Count;
            double sum = Math.Clamp(merged.Sum + other.Sum, double.MinValue, double.MaxValue);

            merged.Merge(other);

            ExponentialDistribution[] parts = [Of(left), other];
            Assert.Equal(sum, merged.Sum);
            Assert.Equal(BucketsAt(merged.Scale, parts, one => one.Positive), BucketsAt(merged.Scale, [merged], one => one.Positive));
            Assert.Equal(BucketsAt(merged.Scale, parts, one => one.Negative), BucketsAt(merged.Scale, [merged], one => one.Negative));

            ExponentialDistribution together = Of([.. left, .. right]);
            Assert.Equal(count, merged.Count);
            Assert.Equal(together.ZeroCount, merged.ZeroCount);
            Assert.Equal(together.Positive.Total, merged.Positive.Total);
            Assert.Equal((together.Min, together.Max), (merged.Min, merged.Max));
            Assert.True(merged.Scale <= smaller);
            Assert.InRange(merged.Scale, together.Scale - 1, together.Scale);
            Assert.InRange(merged.Positive.Length, 0, 160);
            Assert.InRange(merged.Negative.Length, 0, 160);
            Assert.Equal(Of(right).Count, other.Count);
        });

    [Fact]
    public void Emptied_it_begins_at_the_largest_scale()
    {
        ExponentialDistribution distribution = Of(1, 1e100, -5, 0);

        distribution.Clear();

        Assert.Equal((0UL, 20, 0.0), (distribution.Count, distribution.Scale, distribution.Sum));
        distribution.Record(7);
        Assert.Equal((1UL, 1, 20), (distribution.Count, distribution.Positive.Length, distribution.Scale));
        Assert.Equal(1UL, distribution.Positive.At(distribution.Positive.Low));
    }

    /// <summary>The counts by bucket of distributions that are brought to one scale, where a bucket holds two, four, … of a larger one.</summary>
    private static SortedDictionary<int, ulong> BucketsAt(
        int scale, IEnumerable<ExponentialDistribution> distributions, Func<ExponentialDistribution, ExponentialCounts> half)
    {
        var buckets = new SortedDictionary<int, ulong>();
        foreach (ExponentialDistribution distribution in distributions)
        {
            ExponentialCounts counts = half(distribution);
            for (int i = 0; i < counts.Length; i++)
            {
                int bucket = (int)Math.Floor((counts.Low + i) / Math.Pow(2, distribution.Scale - scale));
                buckets[bucket] = buckets.GetValueOrDefault(bucket) + counts.At(counts.Low + i);
            }
        }

        return new(buckets.Where(bucket => bucket.Value > 0).ToDictionary());
    }

    private static ExponentialDistribution Of(params double[] values)
    {
        var distribution = new ExponentialDistribution();
        foreach (double value in values)
        {
            distribution.Record(value);
        }

        return distribution;
    }
}
