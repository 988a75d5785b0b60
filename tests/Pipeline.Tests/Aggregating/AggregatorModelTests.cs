using CsCheck;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Aggregating;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Tests.Aggregating;

/// <summary>The aggregator against the slow model, over random measurements and collections.</summary>
public class AggregatorModelTests
{
    private static readonly string[] Keys = ["a", "b", "session.id"];

    private static readonly string[] Values = ["x", "y", "z", "é😀"];

    private static readonly Instrument[] Instruments =
    [
        Measuring.Instrument("Counter"),
        Measuring.Instrument("UpDownCounter", isInteger: false),
        Measuring.Instrument("Gauge"),
        Measuring.Instrument("Histogram", isInteger: true, 0, 5, 10, 25),
    ];

    private static readonly Gen<Step> Steps = Gen.Frequency(
        (1, Gen.Int[1, 100].Select(wait => new Step(true, 0, 0, wait, []))),
        (12, Gen.Select(
            Gen.Int[0, Instruments.Length - 1],
            Gen.Long[0, 40],
            Gen.Int[0, 20],
            Gen.Dictionary(Gen.Int[0, 2].Select(i => Keys[i]), Gen.Int[0, 3].Select(i => Values[i]))[0, 3],
            (instrument, value, wait, attributes) =>
                new Step(false, instrument, value, wait, [.. attributes.Select(entry => (entry.Key, entry.Value))]))));

    [Theory]
    [InlineData(TemporalityPreference.Cumulative, 2000, "")]
    [InlineData(TemporalityPreference.Delta, 2000, "")]
    [InlineData(TemporalityPreference.LowMemory, 2000, "")]
    [InlineData(TemporalityPreference.Cumulative, 5, "")]
    [InlineData(TemporalityPreference.Delta, 5, "")]
    [InlineData(TemporalityPreference.Cumulative, 3, "session.id")]
    [InlineData(TemporalityPreference.Delta, 3, "session.id")]
    public void Points_equal_those_of_the_slow_model(TemporalityPreference preference, int limit, string excluded) =>
        Steps.Array[0, 200].Sample(
            steps =>
            {
                var options = new TelemetryOptions
                {
                    Temporality = preference,
                    CardinalityLimit = limit,
                    ExcludedMetricAttributes = new HashSet<string> { excluded },
                };
                Compare(steps, new MetricAggregator(options), new ReferenceAggregator(options));
            },
            iter: 200);

    private static void Compare(Step[] steps, MetricAggregator aggregator, ReferenceAggregator reference)
    {
        var sink = new CollectingSink();
        long now = 1000;
        foreach (Step step in (Step[])[.. steps, new Step(true, 0, 0, 1, [])])
        {
            if (step.Collects)
            {
                now += step.Wait;
                Assert.Equal(
                    reference.Collect(now).Select(Text).Order(StringComparer.Ordinal),
                    sink.Collect(aggregator, now).Select(Text).Order(StringComparer.Ordinal));
                now++;
                continue;
            }

            now += step.Wait;
            Instrument instrument = Instruments[step.Instrument];
            reference.Record(instrument, step.Value, now, step.Attributes);
            aggregator.Record(
                instrument, step.Value, now, [.. step.Attributes.Select(attribute => new KeyValue(attribute.Key, attribute.Value))]);
        }
    }

    private static string Text(ReferenceAggregator.Expected expected) => expected.Name.EndsWith("Histogram", StringComparison.Ordinal)
        ? $"{expected.Name} {expected.Set} {expected.Start} {expected.Time} {expected.Count} {expected.Sum} {expected.Min} {expected.Max}"
        : $"{expected.Name} {expected.Set} {expected.Start} {expected.Time} {expected.Sum}";

    private static string Text(CollectedPoint point)
    {
        if (point.Metric.Kind != MetricKind.Histogram)
        {
            object value = point.Value.Kind == NumberKind.Int ? point.Value.Int : point.Value.Double;
            return $"{point.Metric.Name} {point.Attributes} {point.Start} {point.Time} {value}";
        }

        Assert.Equal(point.Count, point.Buckets.Aggregate(0UL, (sum, count) => sum + count));
        return $"{point.Metric.Name} {point.Attributes} {point.Start} {point.Time} {point.Count} {point.Sum} {point.Min} {point.Max}";
    }

    private sealed record Step(bool Collects, int Instrument, long Value, int Wait, (string Key, string Value)[] Attributes);
}
