using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Aggregating;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Tests.Aggregating;

public class SumStreamTests
{
    private readonly MetricAggregator _aggregator = new(new TelemetryOptions());

    public static TheoryData<string, bool, NumberValue> Refused => new()
    {
        { "Counter", true, -1 },
        { "Counter", true, 1.5 },
        { "Counter", true, default },
        { "Counter", false, -0.5 },
        { "Counter", false, -1 },
        { "Counter", false, double.NaN },
        { "Counter", false, double.PositiveInfinity },
        { "Counter", false, default },
        { "UpDownCounter", false, double.NaN },
        { "UpDownCounter", false, double.NegativeInfinity },
        { "UpDownCounter", true, 2.0 },
    };

    [Theory]
    [InlineData("Counter", true)]
    [InlineData("UpDownCounter", true)]
    [InlineData("Counter", false)]
    [InlineData("UpDownCounter", false)]
    public void Adds_are_summed_in_the_numbers_of_the_instrument(string kind, bool isInteger)
    {
        Instrument instrument = Measuring.Instrument(kind, isInteger);
        for (int i = 0; i <= 3; i++)
        {
            _aggregator.Record(instrument, isInteger ? NumberValue.FromInt64(i) : NumberValue.FromDouble(i), 0);
        }

        NumberValue value = Assert.Single(Collect()).Value;
        Assert.Equal(isInteger ? NumberKind.Int : NumberKind.Double, value.Kind);
        Assert.Equal(6.0, isInteger ? value.Int : value.Double);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Item_187_What_must_not_be_added_is_ignored_and_counted(string kind, bool isInteger, NumberValue value)
    {
        Instrument instrument = Measuring.Instrument(kind, isInteger);
        _aggregator.Record(instrument, value, 0, Measuring.Session(1));
        Assert.Equal(1, _aggregator.Ignored);
        Assert.Empty(Collect());

        _aggregator.Record(instrument, 7, 0, Measuring.Session(1));
        _aggregator.Record(instrument, value, 0, Measuring.Session(1));

        Assert.Equal(2, _aggregator.Ignored);
        NumberValue sum = Assert.Single(Collect()).Value;
        Assert.Equal(7, isInteger ? sum.Int : sum.Double);
    }

    [Fact]
    public void An_integer_on_a_double_instrument_is_added_as_a_double()
    {
        Instrument instrument = Measuring.Instrument("Counter", isInteger: false);
        _aggregator.Record(instrument, 2, 0);
        _aggregator.Record(instrument, 0.5, 0);

        Assert.Equal(2.5, Assert.Single(Collect()).Value.Double);
        Assert.Equal(0, _aggregator.Ignored);
    }

    [Fact]
    public void A_zero_makes_a_point()
    {
        _aggregator.Record(Measuring.Instrument("Counter"), 0, 0, Measuring.Session(1));

        Assert.Equal((NumberKind.Int, 0), (Assert.Single(Collect()).Value.Kind, Assert.Single(Collect()).Value.Int));
    }

    [Fact]
    public void An_up_down_counter_goes_below_zero()
    {
        Instrument instrument = Measuring.Instrument("UpDownCounter");
        _aggregator.Record(instrument, 2, 0);
        _aggregator.Record(instrument, -5, 0);

        Assert.Equal(-3, Assert.Single(Collect()).Value.Int);
    }

    [Theory]
    [InlineData(long.MaxValue, 1)]
    [InlineData(long.MinValue, -1)]
    public void A_sum_of_integers_does_not_wrap_round(long first, long second)
    {
        Instrument instrument = Measuring.Instrument("UpDownCounter");
        _aggregator.Record(instrument, first, 0);
        _aggregator.Record(instrument, second, 0);

        Assert.Equal(first, Assert.Single(Collect()).Value.Int);
        Assert.Equal(1, _aggregator.Ignored);
    }

    [Fact]
    public void A_sum_of_doubles_does_not_become_infinite()
    {
        Instrument instrument = Measuring.Instrument("Counter", isInteger: false);
        _aggregator.Record(instrument, double.MaxValue, 0);
        _aggregator.Record(instrument, double.MaxValue, 0);

        Assert.Equal(double.MaxValue, Assert.Single(Collect()).Value.Double);
        Assert.Equal(1, _aggregator.Ignored);
    }

    private IReadOnlyList<CollectedPoint> Collect() => new CollectingSink().Collect(_aggregator, 1000);
}
