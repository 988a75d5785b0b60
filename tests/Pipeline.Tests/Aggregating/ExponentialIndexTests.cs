using CsCheck;
using OpencodeOtel.Pipeline.Aggregating;

namespace OpencodeOtel.Pipeline.Tests.Aggregating;

public class ExponentialIndexTests
{
    [Fact]
    public void Item_177_Powers_of_two_are_the_upper_bound_of_their_bucket_at_every_scale()
    {
        for (int scale = -11; scale <= 20; scale++)
        {
            for (int power = -1074; power <= 1023; power++)
            {
                // The bucket (2^((i)/2^s), 2^((i+1)/2^s)] whose upper bound is the power, or the one that holds it.
                int expected = scale >= 0 ? (power << scale) - 1 : (power - 1) >> -scale;
                Assert.Equal(expected, ExponentialIndex.Of(Math.ScaleB(1, power), scale));
            }
        }
    }

    [Fact]
    public void Item_177_Other_values_are_in_their_bucket_or_beside_it() => Gen.Select(Positive, Gen.Int[-11, 20]).Sample((value, scale) =>
        Math.Abs((long)ExponentialIndex.Of(value, scale) - ExactIndex.Of(value, scale)) <= 1);

    [Fact]
    public void Item_177_Up_to_scale_six_every_value_is_in_its_bucket() => Gen.Select(Positive, Gen.Int[-11, 6]).Sample((value, scale) =>
        ExponentialIndex.Of(value, scale) == ExactIndex.Of(value, scale));

    [Theory]
    [InlineData(double.Epsilon)]
    [InlineData(double.Epsilon * 3)]
    [InlineData(2.2250738585072009e-308)] // the largest subnormal
    [InlineData(2.2250738585072014e-308)] // the smallest normal
    [InlineData(double.MaxValue)]
    [InlineData(1.0000000000000002)]
    [InlineData(0.99999999999999989)]
    public void Item_176_Subnormals_and_the_ends_of_the_normal_range_have_a_bucket(double value)
    {
        for (int scale = -11; scale <= 20; scale++)
        {
            Assert.InRange(ExponentialIndex.Of(value, scale) - ExactIndex.Of(value, scale), -1, 1);
        }
    }

    [Fact]
    public void Indexes_rise_with_values() => Gen.Select(Positive, Positive, Gen.Int[-11, 20]).Sample((a, b, scale) =>
        ExponentialIndex.Of(Math.Min(a, b), scale) <= ExponentialIndex.Of(Math.Max(a, b), scale));

    private static Gen<double> Positive { get; } = Gen.Long[1, BitConverter.DoubleToInt64Bits(double.MaxValue)].Select(BitConverter.Int64BitsToDouble);
}
