using System.Diagnostics.Metrics;
using BenchmarkDotNet.Attributes;
using OpencodeOtel.Benchmarks.Data;
using OpencodeOtel.Benchmarks.Peers;
using OpencodeOtel.Benchmarks.Running;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Aggregating;
using OpencodeOtel.Pipeline.Configuration;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using Instrument = OpencodeOtel.Pipeline.Aggregating.Instrument;
using Measurement = OpencodeOtel.Pipeline.Aggregating.Measurement;

namespace OpencodeOtel.Benchmarks;

[Question("What does it cost to add to a counter with three attributes?", "measurement", Includes = """
    A counter of integers, cumulative, with 16 series of three texts, measured in turns. opentelemetry-dotnet: `Counter.Add` with
    three ready tags, with one reader that does not collect meanwhile. Ours: the aggregator, with ready attributes; with the
    attributes put together for each measurement; and with texts that are equal to the series' but other objects, as read anew
    from each event.
    """)]
public class RecordCounter : Question
{
    private const int Measurements = 1024;
    private const int Series = 16;
    private readonly KeyValuePair<string, object?>[][] _tags = [.. Enumerable.Range(0, Series).Select(MetricPeer.Series)];
    private readonly KeyValue[][] _attributes = [.. Enumerable.Range(0, Series).Select(Attributes)];
    private readonly KeyValue[][] _copies = [.. Enumerable.Range(0, Series).Select(Attributes)];
    private readonly KeyValue[] _scratch = new KeyValue[3];
    private readonly Instrument _instrument = new()
    {
        Name = "opencode.token.usage",
        Kind = InstrumentKind.Counter,
        IsInteger = true,
        Unit = "{token}",
        Description = "Tokens used",
    };

    private Meter _meter = null!;
    private MeterProvider _provider = null!;
    private BaseExportingMetricReader _reader = null!;
    private MetricCapture _capture = null!;
    private Counter<long> _counter = null!;
    private MetricAggregator _aggregator = null!;

    /// <inheritdoc/>
    public override void Setup()
    {
        _meter = new Meter("benchmarks");
        _capture = new MetricCapture();
        _reader = new BaseExportingMetricReader(_capture);
        _provider = Sdk.CreateMeterProviderBuilder().AddMeter(_meter.Name).AddReader(_reader).Build();
        _counter = _meter.CreateCounter<long>(_instrument.Name, _instrument.Unit, _instrument.Description);
        _aggregator = new MetricAggregator(new TelemetryOptions());
    }

    /// <inheritdoc/>
    public override string? Verify()
    {
        OpenTelemetry();
        _reader.Collect();
        List<long> theirs = [];
        foreach (ref readonly MetricPoint point in _capture.Metrics.Single().GetMetricPoints())
        {
            theirs.Add(point.GetSumLong());
        }

        foreach (Func<int> record in new Func<int>[] { Ours, OursFilled, OursEqual })
        {
            record();
        }

        PointValues ours = new();
        _aggregator.Collect(1, ours);
        return ours.Values.SequenceEqual(theirs.Select(sum => 3 * sum)) ? null : "the sums of the series are not the same";
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _provider.Dispose();
        _meter.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Measurements, Description = "opentelemetry-dotnet Counter.Add")]
    [BenchmarkCategory(Categories.Peer)]
    public int OpenTelemetry()
    {
        for (int i = 0; i < Measurements; i++)
        {
            KeyValuePair<string, object?>[] tags = _tags[i % Series];
            _counter.Add(i, tags[0], tags[1], tags[2]);
        }

        return 0;
    }

    [Benchmark(OperationsPerInvoke = Measurements, Description = "ours, attributes ready")]
    [BenchmarkCategory(Categories.Ours)]
    [Target(nameof(OpenTelemetry), 0.6)]
    public int Ours()
    {
        for (int i = 0; i < Measurements; i++)
        {
            Record(i, _attributes[i % Series]);
        }

        return 0;
    }

    [Benchmark(OperationsPerInvoke = Measurements, Description = "ours, attributes put together each time")]
    [BenchmarkCategory(Categories.Ours)]
    [Target(nameof(OpenTelemetry), 0.6)]
    public int OursFilled()
    {
        for (int i = 0; i < Measurements; i++)
        {
            KeyValue[] attributes = _attributes[i % Series];
            for (int n = 0; n < _scratch.Length; n++)
            {
                _scratch[n] = new KeyValue(attributes[n].Key, attributes[n].Value);
            }

            Record(i, _scratch);
        }

        return 0;
    }

    [Benchmark(OperationsPerInvoke = Measurements, Description = "ours, equal texts in other objects")]
    [BenchmarkCategory(Categories.Ours)]
    public int OursEqual()
    {
        for (int i = 0; i < Measurements; i++)
        {
            Record(i, _copies[i % Series]);
        }

        return 0;
    }

    private static KeyValue[] Attributes(int number) =>
        [.. MetricPeer.Series(number).Select(tag => new KeyValue(OtlpString.Transcode(tag.Key), OtlpString.Transcode((string)tag.Value!)))];

    private void Record(long value, ReadOnlySpan<KeyValue> attributes) => _aggregator.Record(new Measurement
    {
        Instrument = _instrument,
        Value = value,
        Attributes = attributes,
        Time = 0,
    });
}
