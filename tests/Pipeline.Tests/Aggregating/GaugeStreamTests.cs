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
    [InlineData(100, 200)]
    [InlineData(200, 100)] // by a clock that was set back: what was measured later is the newer one
    [InlineData(100, 0)]
    public void Item_186_The_measurement_made_last_is_the_newest_whatever_the_clock_said(long first, long last)
    {
        var aggregator = new MetricAggregator(new TelemetryOptions());
        foreach (string kind in (string[])["Gauge", "ObservableGauge"])
        {
            aggregator.Record(Measuring.Instrument(kind), 1, first);
            aggregator.Record(Measuring.Instrument(kind), 2, last);
        }

        Assert.Equal([2L, 2], _sink.Collect(aggregator, 1000).Select(point => point.Value.Int));
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
