using OpencodeOtel.Pipeline.Aggregating;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Tests.Aggregating;

public class AttributeExclusionTests
{
    private readonly CollectingSink _sink = new();

    [Fact]
    public void Points_that_become_equal_are_added_up()
    {
        MetricAggregator aggregator = Without("session.id", "agent");
        Instrument counter = Measuring.Instrument("Counter");
        for (int i = 0; i < 10; i++)
        {
            aggregator.Record(counter, i, 0, [.. Measuring.Session(i), Measuring.Attribute("model", i % 2 == 0 ? "even" : "odd")]);
        }

        Assert.Equal(
            [("model=even", 20L), ("model=odd", 25)],
            _sink.Collect(aggregator, 1000).Select(point => (point.Attributes, point.Value.Int)));
    }

    [Fact]
    public void A_gauge_takes_the_last_of_those_that_become_equal()
    {
        MetricAggregator aggregator = Without("session.id");
        Instrument gauge = Measuring.Instrument("Gauge");
        aggregator.Record(gauge, 5, 0, Measuring.Session(1));
        aggregator.Record(gauge, 3, 0, Measuring.Session(2));

        CollectedPoint point = Assert.Single(_sink.Collect(aggregator, 1000));
        Assert.Equal((string.Empty, 3L), (point.Attributes, point.Value.Int));
    }

    [Fact]
    public void Item_180_The_exclusion_is_applied_before_the_limit()
    {
        var aggregator = new MetricAggregator(new TelemetryOptions
        {
            CardinalityLimit = 1,
            ExcludedMetricAttributes = new HashSet<string> { "session.id" },
        });
        Instrument counter = Measuring.Instrument("Counter");
        for (int i = 0; i < 100; i++)
        {
            aggregator.Record(counter, 1, 0, Measuring.Session(i));
        }

        CollectedPoint point = Assert.Single(_sink.Collect(aggregator, 1000));
        Assert.Equal((string.Empty, 100L), (point.Attributes, point.Value.Int));
        Assert.Equal(0, aggregator.Overflowed);
    }

    [Fact]
    public void Series_keep_their_attributes_when_more_of_them_follow()
    {
        // The attributes that are left lie in a buffer that is used again.
        MetricAggregator aggregator = Without("x");
        Instrument counter = Measuring.Instrument("Counter");
        aggregator.Record(counter, 1, 0, Measuring.Attribute("a", "1"), Measuring.Attribute("x", "1"), Measuring.Attribute("b", "2"));
        aggregator.Record(counter, 1, 0, Measuring.Attribute("c", "3"), Measuring.Attribute("d", "4"));

        Assert.Equal(["a=1;b=2", "c=3;d=4"], _sink.Collect(aggregator, 1000).Select(point => point.Attributes));
    }

    private static MetricAggregator Without(params string[] keys) =>
        new(new TelemetryOptions { ExcludedMetricAttributes = keys.ToHashSet() });
}
