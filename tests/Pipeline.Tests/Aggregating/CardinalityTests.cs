using OpencodeOtel.Pipeline.Aggregating;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Tests.Exporting;

namespace OpencodeOtel.Pipeline.Tests.Aggregating;

public class CardinalityTests
{
    private readonly CollectingSink _sink = new();
    private readonly Instrument _counter = Measuring.Instrument("Counter");

    [Theory]
    [InlineData(1999, 1999, 0)]
    [InlineData(2000, 2000, 0)]
    [InlineData(2001, 2001, 1)]
    [InlineData(5000, 2001, 3000)]
    public void Items_180_181_182_184_Two_thousand_sets_do_not_overflow_and_the_rest_is_one_point(int sets, int points, int overflowed)
    {
        var aggregator = new MetricAggregator(new TelemetryOptions());
        for (int i = 0; i < sets; i++)
        {
            aggregator.Record(_counter, i, 0, Measuring.Session(i));
        }

        IReadOnlyList<CollectedPoint> collected = _sink.Collect(aggregator, 1000);

        Assert.Equal(points, collected.Count);
        Assert.Equal(overflowed > 0 ? 1 : 0, collected.Count(point => point.IsOverflow));
        Assert.Equal((long)sets * (sets - 1) / 2, collected.Sum(point => point.Value.Int));
        Assert.Equal(overflowed, aggregator.Overflowed);
    }

    [Fact]
    public void Item_183_Series_from_before_the_overflow_go_on()
    {
        var aggregator = new MetricAggregator(new TelemetryOptions { CardinalityLimit = 2 });
        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < 4; i++)
            {
                aggregator.Record(_counter, 1, 0, Measuring.Session(i));
            }
        }

        IReadOnlyList<CollectedPoint> collected = _sink.Collect(aggregator, 1000);

        Assert.Equal([3L, 3, 6], collected.Select(point => point.Value.Int));
        Assert.Equal([false, false, true], collected.Select(point => point.IsOverflow));
        Assert.Equal(6, aggregator.Overflowed);

        // Only sets from after it are measured; the early ones are exported all the same, with what they had.
        aggregator.Record(_counter, 10, 1500, Measuring.Session(3));
        aggregator.Record(_counter, 10, 1500, Measuring.Session(4));
        IReadOnlyList<CollectedPoint> later = _sink.Collect(aggregator, 2000);
        Assert.Equal(
            collected.Take(2).Select(point => (point.Attributes, point.Start, point.Value)),
            later.Take(2).Select(point => (point.Attributes, point.Start, point.Value)));
        Assert.Equal([3L, 3, 26], later.Select(point => point.Value.Int));

        // And when nothing is measured at all.
        Assert.Equal([3L, 3, 26], _sink.Collect(aggregator, 3000).Select(point => point.Value.Int));
    }

    [Fact]
    public void With_delta_the_limit_holds_for_an_interval()
    {
        var aggregator = new MetricAggregator(new TelemetryOptions { CardinalityLimit = 3, Temporality = TemporalityPreference.Delta });
        for (int interval = 0; interval < 50; interval++)
        {
            // One series stays, two are new each time, and one of them takes the rows of those that are gone.
            aggregator.Record(_counter, 1, 0, Measuring.Session(0));
            aggregator.Record(_counter, 2, 0, Measuring.Session((2 * interval) + 1));
            aggregator.Record(_counter, 3, 0, Measuring.Session((2 * interval) + 2));
            if (interval % 10 == 9)
            {
                aggregator.Record(_counter, 4, 0, Measuring.Session(-1));
            }

            IReadOnlyList<CollectedPoint> collected = _sink.Collect(aggregator, 1000 + interval);

            Assert.Equal(interval % 10 == 9 ? [1L, 2, 3, 4] : [1L, 2, 3], collected.Select(point => point.Value.Int).Order());
            Assert.Equal(interval % 10 == 9 ? [4L] : [], collected.Where(point => point.IsOverflow).Select(point => point.Value.Int));
        }

        Assert.Equal(5, aggregator.Overflowed);
    }

    [Fact]
    public void A_measurement_with_the_overflow_attribute_joins_the_overflow_point()
    {
        var aggregator = new MetricAggregator(new TelemetryOptions { CardinalityLimit = 1 });
        aggregator.Record(_counter, 1, 0, Measuring.Attribute("otel.metric.overflow", true));
        aggregator.Record(_counter, 2, 0, Measuring.Session(1));

        Assert.Equal(3, Assert.Single(_sink.Collect(aggregator, 1000)).Value.Int);
    }

    [Fact]
    public void A_gauge_keeps_the_last_value_beyond_the_limit()
    {
        var aggregator = new MetricAggregator(new TelemetryOptions { CardinalityLimit = 1 });
        Instrument gauge = Measuring.Instrument("Gauge");
        for (int i = 0; i < 3; i++)
        {
            aggregator.Record(gauge, i, 0, Measuring.Session(i));
        }

        Assert.Equal([0L, 2], _sink.Collect(aggregator, 1000).Select(point => point.Value.Int));
    }

    [Fact]
    public void Item_184_A_histogram_counts_every_measurement_beyond_the_limit()
    {
        var aggregator = new MetricAggregator(new TelemetryOptions { CardinalityLimit = 2 });
        Instrument histogram = Measuring.Instrument("Histogram", isInteger: false, 5, 10);
        for (int i = 0; i < 20; i++)
        {
            aggregator.Record(histogram, i, 0, Measuring.Session(i));
        }

        IReadOnlyList<CollectedPoint> collected = _sink.Collect(aggregator, 1000);
        Assert.Equal([1UL, 1, 18], collected.Select(point => point.Count));
        Assert.Equal(190, collected.Sum(point => point.Sum));
    }

    [Fact]
    public void Each_metric_has_its_own_limit()
    {
        var aggregator = new MetricAggregator(new TelemetryOptions { CardinalityLimit = 2 });
        Instrument other = Measuring.Instrument("UpDownCounter");
        for (int i = 0; i < 2; i++)
        {
            aggregator.Record(_counter, 1, 0, Measuring.Session(i));
            aggregator.Record(other, 1, 0, Measuring.Session(i));
        }

        Assert.DoesNotContain(_sink.Collect(aggregator, 1000), point => point.IsOverflow);
    }

    [Fact]
    public void A_metric_may_have_a_limit_of_its_own()
    {
        var aggregator = new MetricAggregator(new TelemetryOptions
        {
            CardinalityLimit = 10,
            MetricCardinalityLimits = new Dictionary<string, int> { ["Counter"] = 2 },
        });
        Instrument other = Measuring.Instrument("UpDownCounter");
        for (int i = 0; i < 10; i++)
        {
            aggregator.Record(_counter, 1, 0, Measuring.Session(i));
            aggregator.Record(other, 1, 0, Measuring.Session(i));
        }

        Assert.Equal([1L, 1, 8, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], _sink.Collect(aggregator, 1000).Select(point => point.Value.Int));
    }

    [Fact]
    public void The_first_overflow_of_a_metric_is_said_with_the_attribute_that_has_the_most_values()
    {
        var logger = new RecordingLogger();
        var aggregator = new MetricAggregator(new TelemetryOptions { CardinalityLimit = 4 }, logger);
        for (int i = 0; i < 20; i++)
        {
            aggregator.Record(_counter, 1, 0, [Measuring.Attribute("model", $"secret-{i % 2}"), .. Measuring.Session(i)]);
            _sink.Collect(aggregator, 1000);
        }

        (int id, string text) = Assert.Single(logger.Messages);
        Assert.Equal(200, id);
        Assert.Contains("opencode.Counter has its limit of 4", text, StringComparison.Ordinal);
        Assert.Contains("session.id has the most values, 4", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_overflow_without_any_attribute_is_said_as_well()
    {
        var logger = new RecordingLogger();
        var aggregator = new MetricAggregator(new TelemetryOptions { CardinalityLimit = 1 }, logger);
        aggregator.Record(_counter, 1, 0);
        aggregator.Record(_counter, 1, 0, Measuring.Session(1));

        Assert.Single(logger.Messages);
        Assert.Equal(2, _sink.Collect(aggregator, 1000).Count);
    }
}
