using System.Globalization;
using BenchmarkDotNet.Attributes;
using OpencodeOtel.Benchmarks.Data;
using OpencodeOtel.Benchmarks.Running;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Aggregating;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Benchmarks;

[Question("What does a session cost that comes and goes, and does anything of it stay?", "session", Includes = """
    A session measures a counter, a gauge and a histogram of 16 buckets, each once, in a series of its own, and ends; after every
    hundred sessions the metrics are collected. The rows differ in temporality. Before anything is timed a million sessions go by in
    each: the memory that is held after the last must be that after the first ten thousand, give or take 64 KiB, and the sums must be whole.
    """)]
public class RetireSessions : Question
{
    private const int Sessions = 1000;
    private const int Between = 100;
    private const int Few = 10_000;
    private const int Many = 1_000_000;
    private const long Tolerated = 64 * 1024;

    private static readonly Instrument Counter = Define("counter", InstrumentKind.Counter);
    private static readonly Instrument Gauge = Define("gauge", InstrumentKind.Gauge);
    private static readonly Instrument Histogram = Define("histogram", InstrumentKind.Histogram);
    private static readonly OtlpString Key = OtlpString.Transcode("session.id");

    private readonly KeyValue[] _attributes = new KeyValue[1];
    private readonly CountingPoints _points = new();
    private MetricAggregator _cumulative = null!;
    private MetricAggregator _delta = null!;
    private MetricAggregator _lowMemory = null!;
    private int _session;

    /// <inheritdoc/>
    public override void Setup()
    {
        _cumulative = Make(TemporalityPreference.Cumulative);
        _delta = Make(TemporalityPreference.Delta);
        _lowMemory = Make(TemporalityPreference.LowMemory);
    }

    /// <inheritdoc/>
    public override string? Verify()
    {
        foreach (MetricAggregator aggregator in new[] { _cumulative, _delta, _lowMemory })
        {
            _points.Sum = 0;
            Run(aggregator, Few);
            long before = GC.GetTotalMemory(forceFullCollection: true);
            Run(aggregator, Many - Few);
            long grown = GC.GetTotalMemory(forceFullCollection: true) - before;
            if (grown > Tolerated)
            {
                return $"{grown} bytes of a million sessions are still held";
            }

            if (_points.Sum != Many || aggregator.Overflowed > 0)
            {
                return $"the points add up to {_points.Sum} of {Many} measurements";
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public override void Dispose() => GC.SuppressFinalize(this);

    [Benchmark(Baseline = true, OperationsPerInvoke = Sessions, Description = "cumulative")]
    [BenchmarkCategory(Categories.Ours)]
    public int Cumulative() => Run(_cumulative, Sessions);

    [Benchmark(OperationsPerInvoke = Sessions, Description = "delta")]
    [BenchmarkCategory(Categories.Ours)]
    public int Delta() => Run(_delta, Sessions);

    [Benchmark(OperationsPerInvoke = Sessions, Description = "lowmemory")]
    [BenchmarkCategory(Categories.Ours)]
    public int LowMemory() => Run(_lowMemory, Sessions);

    private static MetricAggregator Make(TemporalityPreference preference) => new(new TelemetryOptions { Temporality = preference });

    private static Instrument Define(string name, InstrumentKind kind) =>
        new() { Name = name, Kind = kind, IsInteger = true, Unit = "{thing}", Description = "Things" };

    private int Run(MetricAggregator aggregator, int sessions)
    {
        for (int i = 0; i < sessions; i++)
        {
            long now = ++_session;
            OtlpString id = OtlpString.Transcode(string.Create(CultureInfo.InvariantCulture, $"ses_{now:d26}"));
            _attributes[0] = new KeyValue(Key, id);
            Record(aggregator, Counter, now);
            Record(aggregator, Gauge, now);
            Record(aggregator, Histogram, now);
            aggregator.EndSession(id);
            if (now % Between == 0)
            {
                aggregator.Collect(now, _points);
            }
        }

        return 0;
    }

    private void Record(MetricAggregator aggregator, Instrument instrument, long now) => aggregator.Record(new Measurement
    {
        Instrument = instrument,
        Value = 1,
        Attributes = _attributes,
        Time = now,
    });
}
