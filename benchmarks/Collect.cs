using BenchmarkDotNet.Attributes;
using OpencodeOtel.Benchmarks.Data;
using OpencodeOtel.Benchmarks.Running;
using OpencodeOtel.Otlp;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Aggregating;
using OpencodeOtel.Pipeline.Batching;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Benchmarks;

[Question("What does it cost to collect ten thousand series?", "point", Includes = """
    Ten thousand cumulative series with a `session.id` each, measured before: the collection alone, from the aggregator's state into
    finished requests of protobuf, which are counted and given back. A counter of integers, and a histogram of 16 buckets.
    """)]
public class Collect : Question
{
    private const int Series = 10_000;
    private static readonly OtlpString Key = OtlpString.Transcode("session.id");

    private readonly CountingRequests _requests = new();
    private readonly TelemetryOptions _options = new() { CardinalityLimit = Series };
    private SignalBatcher _batcher = null!;
    private MetricAggregator _counters = null!;
    private MetricAggregator _histograms = null!;

    /// <inheritdoc/>
    public override void Setup()
    {
        Resource resource = new() { Attributes = new[] { new KeyValue("service.name", "opencode") } };
        ExportEnvelope envelope = new(Signal.Metrics, WireForm.Protobuf, resource, new InstrumentationScope { Name = "opencode-otel" });
        _batcher = new SignalBatcher([envelope], _options, _requests, TimeProvider.System);
        _counters = Make(InstrumentKind.Counter);
        _histograms = Make(InstrumentKind.Histogram);
    }

    /// <inheritdoc/>
    public override string? Verify()
    {
        foreach (Func<int> collect in new Func<int>[] { Counters, Histograms })
        {
            _requests.Items = 0;
            collect();
            if (_requests.Items != Series)
            {
                return $"{_requests.Items} points of {Series} series";
            }
        }

        CountingPoints points = new();
        _counters.Collect(1, points);
        return points.Sum == Series ? null : $"the points add up to {points.Sum} of {Series} measurements";
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _batcher.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Series, Description = "counters")]
    [BenchmarkCategory(Categories.Ours)]
    public int Counters() => Run(_counters);

    [Benchmark(OperationsPerInvoke = Series, Description = "histograms of 16 buckets")]
    [BenchmarkCategory(Categories.Ours)]
    public int Histograms() => Run(_histograms);

    private MetricAggregator Make(InstrumentKind kind)
    {
        Instrument instrument = new() { Name = "opencode.things", Kind = kind, IsInteger = true, Unit = "{thing}", Description = "Things" };
        MetricAggregator aggregator = new(_options);
        for (int i = 0; i < Series; i++)
        {
            aggregator.Record(new Measurement
            {
                Instrument = instrument,
                Value = 1,
                Attributes = [new KeyValue(Key, OtlpString.Transcode($"ses_{i:d26}"))],
                Time = 1,
            });
        }

        return aggregator;
    }

    // Times rise by themselves, so little that no series is ever retired.
    private int Run(MetricAggregator aggregator)
    {
        _requests.Bytes = 0;
        aggregator.Collect(1, _batcher);
        return _requests.Bytes;
    }
}
