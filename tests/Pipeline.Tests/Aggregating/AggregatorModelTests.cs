using CsCheck;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Aggregating;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Tests.Aggregating;

/// <summary>The aggregator against the slow model, over random measurements, collections, ends of sessions, restarts and lost exports.</summary>
public class AggregatorModelTests
{
    private static readonly string[] Keys = ["a", "b", "session.id"];

    private static readonly string[] Texts = ["x", "y", "z", "é😀"];

    private static readonly Instrument[] Instruments =
    [
        Measuring.Instrument("Counter"),
        Measuring.Instrument("UpDownCounter", isInteger: false),
        Measuring.Instrument("Gauge"),
        Measuring.Instrument("Histogram", isInteger: false, 0, 5, 10, 25),
        Measuring.Instrument("ObservableCounter"),
    ];

    private static readonly Gen<Step> Steps = Gen.Frequency(
        (2, Gen.Select(Gen.Int[1, 100], Gen.Bool).Select((wait, isLost) => new Step(isLost ? StepKind.CollectAndLose : StepKind.Collect) { Wait = wait })),
        (2, Gen.Int[0, Texts.Length - 1].Select(session => new Step(StepKind.EndSession) { Value = session })),
        (20, Gen.Select(
            Gen.Int[0, Instruments.Length - 1],
            Gen.Long[-10, 160],
            Gen.Int[0, 20],
            Gen.Dictionary(Gen.Int[0, 2].Select(i => Keys[i]), Gen.Int[0, 3].Select(i => Texts[i]))[0, 3],
            (instrument, value, wait, attributes) => new Step(StepKind.Record)
            {
                Instrument = instrument,
                Value = value,
                Wait = wait,
                Attributes = [.. attributes.Select(entry => (entry.Key, entry.Value))],
            })));

    // What one process lives through, and the preference that it was started with.
    private static readonly Gen<(TemporalityPreference Preference, Step[] Steps)[]> Lives =
        Gen.Select(Gen.Enum<TemporalityPreference>(), Steps.Array[0, 120]).Array[1, 3];

    private enum StepKind
    {
        Record,
        Collect,
        CollectAndLose,
        EndSession,
    }

    [Theory]
    [InlineData(2000, "", HistogramAggregation.ExplicitBuckets)]
    [InlineData(2000, "", HistogramAggregation.Exponential)]
    [InlineData(5, "", HistogramAggregation.Exponential)]
    [InlineData(3, "", HistogramAggregation.ExplicitBuckets)]
    [InlineData(3, "session.id", HistogramAggregation.ExplicitBuckets)]
    [InlineData(1, "a", HistogramAggregation.Exponential)]
    public void Points_equal_those_of_the_slow_model(int limit, string excluded, HistogramAggregation histograms) =>
        Lives.Sample(
            lives =>
            {
                var consumer = new Consumer();
                long now = 1000;
                foreach ((TemporalityPreference preference, Step[] steps) in lives)
                {
                    now = Live(steps, consumer, now, new TelemetryOptions
                    {
                        Temporality = preference,
                        CardinalityLimit = limit,
                        ExcludedMetricAttributes = new HashSet<string> { excluded },
                        HistogramAggregation = histograms,
                        SessionQuietTime = TimeSpan.FromMilliseconds(200),
                    });
                }
            },
            iter: 150);

    private static long Live(Step[] steps, Consumer consumer, long now, TelemetryOptions options)
    {
        var aggregator = new MetricAggregator(options);
        var reference = new ReferenceAggregator(options);
        var sink = new CollectingSink();
        foreach (Step step in (Step[])[.. steps, new Step(StepKind.Collect) { Wait = 1 }])
        {
            now += step.Wait;
            switch (step.Kind)
            {
                case StepKind.Record:
                    Record(step, aggregator, reference, now);
                    break;
                case StepKind.EndSession:
                    reference.EndSession(Texts[step.Value]);
                    aggregator.EndSession(Texts[step.Value]);
                    break;
                default:
                    IReadOnlyList<CollectedPoint> points = sink.Collect(aggregator, now);
                    Assert.Equal(reference.Collect(now).Order(StringComparer.Ordinal), points.Select(Text).Order(StringComparer.Ordinal));
                    Assert.Equal(reference.Ignored, aggregator.Ignored);
                    if (step.Kind == StepKind.Collect)
                    {
                        consumer.Take(points);
                    }

                    now++;
                    break;
            }
        }

        return now + 1;
    }

    private static void Record(Step step, MetricAggregator aggregator, ReferenceAggregator reference, long now)
    {
        Instrument instrument = Instruments[step.Instrument];
        decimal value = instrument.IsInteger ? step.Value : step.Value / 4m;
        reference.Record(instrument, value, now, step.Attributes);
        aggregator.Record(
            instrument,
            instrument.IsInteger ? NumberValue.FromInt64(step.Value) : NumberValue.FromDouble((double)value),
            now,
            [.. step.Attributes.Select(attribute => new KeyValue(attribute.Key, attribute.Value))]);
    }

    private static string Text(CollectedPoint point)
    {
        string head = $"{point.Metric.Name} {point.Attributes} {point.Start} {point.Time} ";
        string distribution = $"{point.Count} {point.Sum} {point.Min} {point.Max} ";
        return head + point.Metric.Kind switch
        {
            MetricKind.Histogram => distribution + string.Join(',', point.Buckets),
            MetricKind.ExponentialHistogram => distribution + $"{point.Scale} {point.ZeroCount} {Buckets(point.Positive)} {Buckets(point.Negative)}",
            _ => $"{(point.Value.Kind == NumberKind.Int ? point.Value.Int : point.Value.Double)}",
        };

        static string Buckets(IReadOnlyDictionary<int, ulong> counts) =>
            string.Join(',', counts.OrderBy(entry => entry.Key).Select(entry => $"{entry.Key}:{entry.Value}"));
    }

    private sealed record Step(StepKind Kind)
    {
        public int Instrument { get; init; }

        public long Value { get; init; }

        public int Wait { get; init; }

        public (string Key, string Value)[] Attributes { get; init; } = [];
    }

    /// <summary>What a backend must be able to rely on, whatever was lost and however often the process began anew.</summary>
    private sealed class Consumer
    {
        private readonly Dictionary<string, CollectedPoint> _last = [];

        public void Take(IEnumerable<CollectedPoint> points)
        {
            foreach (CollectedPoint point in points)
            {
                string series = $"{point.Metric.Name} {point.Attributes}";
                if (point.Metric.Temporality != AggregationTemporality.Unspecified && _last.TryGetValue(series, out CollectedPoint? before))
                {
                    Assert.True(point.Time > before.Time);
                    bool goesOn = point.Start == before.Start && point.Metric.Temporality == AggregationTemporality.Cumulative;
                    Assert.True(goesOn || point.Start >= before.Time, "two ranges overlap");
                    Assert.True(!goesOn || !point.Metric.IsMonotonic || point.Value.Int >= before.Value.Int, "a counter fell without a new start");
                    Assert.True(!goesOn || point.Count >= before.Count);
                }

                Assert.True(point.Start < point.Time);
                _last[series] = point;
            }
        }
    }
}
