using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Aggregating;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Tests.Aggregating;

public class GaugeStreamTests
{
    private readonly CollectingSink _sink = new();

    [Fact]
    public void Item_186_The_last_value_counts_and_may_fall()
    {
        var aggregator = new MetricAggregator(new TelemetryOptions());
        Instrument gauge = Measuring.Instrument("Gauge");
        aggregator.Record(gauge, 9, 0, Measuring.Session(1));
        aggregator.Record(gauge, -4, 0, Measuring.Session(1));

        CollectedPoint point = Assert.Single(_sink.Collect(aggregator, 1000));

        Assert.Equal((NumberKind.Int, -4), (point.Value.Kind, point.Value.Int));
        Assert.Equal((0UL, Measuring.Nano(1000)), (point.Start, point.Time));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_value_that_is_not_finite_leaves_the_last_one(double value)
    {
        var aggregator = new MetricAggregator(new TelemetryOptions());
        Instrument gauge = Measuring.Instrument("Gauge", isInteger: false);
        aggregator.Record(gauge, 1.5, 0);
        aggregator.Record(gauge, value, 0);

        Assert.Equal(1.5, Assert.Single(_sink.Collect(aggregator, 1000)).Value.Double);
        Assert.Equal(1, aggregator.Ignored);
    }

    [Fact]
    public void A_value_of_the_other_kind_is_converted_only_without_loss()
    {
        var aggregator = new MetricAggregator(new TelemetryOptions());
        aggregator.Record(Measuring.Instrument("Gauge", isInteger: false), 3, 0);
        aggregator.Record(Measuring.Instrument("Gauge", isInteger: true), 3.5, 0);

        NumberValue value = Assert.Single(_sink.Collect(aggregator, 1000)).Value;
        Assert.Equal((NumberKind.Double, 3.0), (value.Kind, value.Double));
        Assert.Equal(1, aggregator.Ignored);
    }
}
