using CsCheck;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Aggregating;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Tests.Aggregating;

/// <summary>The aggregator against the slow model, over random measurements, collections, ends of sessions, restarts and lost exports.</summary>
public class AggregatorModelTests
{
    private const long NoTime = long.MinValue;

    private static readonly string[] Keys = ["a", "b", "session.id"];

    private static readonly string[] Texts = ["x", "y", "z", "é😀"];

    private static readonly AnyValue[] Values = [.. Texts.Select(text => (AnyValue)text), true, 7L, 1.5];

    // Times from elsewhere: in order, late, early, and not known.
    private static readonly long[] Shifts = [0, 0, 0, 0, 0, 0, 0, 0, -500, 500, NoTime];

    private static readonly double[] Extremes =
        [double.MaxValue, -double.MaxValue, 1e308, double.Epsilon, -double.Epsilon, 3e-310, 2.2250738585072014e-308, 1e-300];

    private static readonly Instrument[] Instruments =
    [
        Measuring.Instrument("Counter"),
        Measuring.Instrument("UpDownCounter", isInteger: false),
        Measuring.Instrument("Gauge"),
        Measuring.Instrument("Histogram", isInteger: false, 0, 5, 10, 25),
        Measuring.Instrument("ObservableCounter"),
        Measuring.Instrument("ObservableUpDownCounter", isInteger: false),
        Measuring.Instrument("ObservableGauge"),
        Define("Sizes", InstrumentKind.Histogram, isInteger: true),
        Define("Level", InstrumentKind.Gauge, isInteger: false),
    ];

    private static readonly Gen<Step> Steps = Gen.Frequency(
        (2, Gen.Select(Gen.Int[1, 100], Gen.Bool).Select((wait, isLost) => new Step(isLost ? StepKind.CollectAndLose : StepKind.Collect) { Wait = wait })),
        (2, Gen.Int[0, Texts.Length - 1].Select(session => new Step(StepKind.EndSession) { Value = session })),
        (20, Gen.Select(
            Gen.Int[0, Instruments.Length - 1],
            Gen.Long[-10, 160],
            Gen.Int[0, 20],
            Gen.Int[0, Shifts.Length - 1],
            Gen.Int[0, 8 * Extremes.Length],
            Gen.Dictionary(Gen.Int[0, 2].Select(i => Keys[i]), Gen.Int[0, Values.Length - 1].Select(i => Values[i]))[0, 3],
            (instrument, value, wait, shift, extreme, attributes) => new Step(StepKind.Record)
            {
                Instrument = instrument,
                Value = value,
                Wait = wait,
                Shift = Shifts[shift],
                Extreme = extreme < Extremes.Length ? Extremes[extreme] : null,
                Attributes = [.. attributes.Select(entry => new KeyValue(entry.Key, entry.Value))],
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
                        MetricCardinalityLimits = new Dictionary<string, int> { ["Level"] = 2, ["Sizes"] = 7 },
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
        var law = new SumLaw();
        foreach (Step step in (Step[])[.. steps, new Step(StepKind.Collect) { Wait = 1 }])
        {
            now += step.Wait;
            switch (step.Kind)
            {
                case StepKind.Record:
                    Record(step, aggregator, reference, law, now);
                    break;
                case StepKind.EndSession:
                    reference.EndSession(Texts[step.Value]);
                    aggregator.EndSession(Texts[step.Value]);
                    break;
                default:
                    IReadOnlyList<CollectedPoint> points = sink.Collect(aggregator, now);
                    Assert.Equal(reference.Collect(now).Order(StringComparer.Ordinal), points.Select(Text).Order(StringComparer.Ordinal));
                    Assert.Equal(reference.Ignored, aggregator.Ignored);
                    law.Take(points);
                    if (step.Kind == StepKind.Collect)
                    {
                        consumer.Take(points);
                    }

                    now++;
                    break;
            }
        }

        law.AssertHolds();

        // The next life begins when no late measurement of it can lie in this one.
        return now + 1000;
    }

    private static void Record(Step step, MetricAggregator aggregator, ReferenceAggregator reference, SumLaw law, long now)
    {
        Instrument instrument = Instruments[step.Instrument];
        bool takesExtremes = instrument.Name is "opencode.Histogram" or "opencode.Level";
        double value = instrument.IsInteger ? step.Value : takesExtremes && step.Extreme is { } extreme ? extreme : step.Value / 4.0;
        long time = step.Shift == NoTime ? 0 : now + step.Shift;
        reference.Record(instrument, value, time, step.Attributes);
        law.Record(instrument, value, step.Attributes);
        aggregator.Record(
            instrument, instrument.IsInteger ? NumberValue.FromInt64(step.Value) : NumberValue.FromDouble(value), time, step.Attributes);
    }

    private static Instrument Define(string name, InstrumentKind kind, bool isInteger) => new()
    {
        Name = "opencode." + name,
        Kind = kind,
        IsInteger = isInteger,
        Unit = "{thing}",
        Description = "Things.",
        Bounds = [-5, 50, 100],
    };

    private static string Text(CollectedPoint point)
    {
        string head = $"{point.Metric.Name} {point.Attributes} {point.Start} {point.Time} ";
        string distribution = $"{point.Count} {point.Sum} {point.Min} {point.Max} ";
        return head + point.Metric.Kind switch
        {
            MetricKind.Histogram => distribution + string.Join(',', point.Buckets),
            MetricKind.ExponentialHistogram => distribution + $"{point.Scale} {point.ZeroCount} {Buckets(point.Positive)} {Buckets(point.Negative)}",
            _ => $"{NumberOf(point)}",
        };

        static string Buckets(IReadOnlyDictionary<int, ulong> counts) =>
            string.Join(',', counts.OrderBy(entry => entry.Key).Select(entry => $"{entry.Key}:{entry.Value}"));
    }

    private static double NumberOf(CollectedPoint point) => point.Value.Kind == NumberKind.Int ? point.Value.Int : point.Value.Double;

    private sealed record Step(StepKind Kind)
    {
        public int Instrument { get; init; }

        public long Value { get; init; }

        public int Wait { get; init; }

        public long Shift { get; init; }

        public double? Extreme { get; init; }

        public KeyValue[] Attributes { get; init; } = [];
    }

    /// <summary>What the points of a metric add up to, whatever its series, limits, resets and retirements: what was put in.</summary>
    private sealed class SumLaw
    {
        private readonly Dictionary<string, double> _expected = [];
        private readonly Dictionary<string, double> _totals = [];

        // Of delta points each, of cumulative ones the last of each stream, which its start tells apart.
        private readonly Dictionary<(string Metric, string Attributes, ulong Start), double> _streams = [];
        private readonly HashSet<string> _notAdded = ["opencode.Gauge", "opencode.ObservableGauge", "opencode.Level", "opencode.ObservableUpDownCounter"];

        public void Record(Instrument instrument, double value, KeyValue[] attributes)
        {
            double added = instrument.Kind switch
            {
                InstrumentKind.Histogram => 1,
                InstrumentKind.Counter => Math.Max(0, value),
                InstrumentKind.ObservableCounter => Rise(value, Measuring.Text(attributes)),
                _ => value,
            };
            _expected[instrument.Name] = _expected.GetValueOrDefault(instrument.Name) + added;
        }

        public void Take(IEnumerable<CollectedPoint> points)
        {
            foreach (CollectedPoint point in points)
            {
                string name = point.Metric.Name.ToString();
                _streams[(name, point.Attributes, point.Start)] = point.Count > 0 ? point.Count : NumberOf(point);
                if (name == "opencode.ObservableCounter" && point.Metric.Temporality == AggregationTemporality.Cumulative)
                {
                    // A total that falls and falls again between two collections is seen once.
                    _notAdded.Add(name);
                }
            }
        }

        public void AssertHolds()
        {
            foreach ((string name, double expected) in _expected.Where(entry => !_notAdded.Contains(entry.Key)))
            {
                Assert.Equal(expected, _streams.Where(stream => stream.Key.Metric == name).Sum(stream => stream.Value));
            }
        }

        private double Rise(double total, string set)
        {
            if (total < 0)
            {
                return 0;
            }

            double before = _totals.GetValueOrDefault(set);
            _totals[set] = total;
            return total < before ? total : total - before;
        }
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
