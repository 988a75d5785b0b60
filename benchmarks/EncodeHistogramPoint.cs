using System.Diagnostics.Metrics;
using BenchmarkDotNet.Attributes;
using Google.Protobuf;
using OpencodeOtel.Benchmarks.Data;
using OpencodeOtel.Benchmarks.Peers;
using OpencodeOtel.Benchmarks.Running;
using OpencodeOtel.Otlp.Model;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Metrics.V1;
using HistogramDataPoint = OpencodeOtel.Otlp.Model.HistogramDataPoint;
using Metric = OpencodeOtel.Otlp.Model.Metric;

namespace OpencodeOtel.Benchmarks;

[Question("What does it cost to turn a histogram point into protobuf?", "histogram point", Includes = """
    A request of one histogram with 512 points of three attributes and 16 buckets, with resource and scope.
    opentelemetry-dotnet: `Export` of collected metrics, with HttpClient and a handler that drains the body. Google.Protobuf:
    `CalculateSize` and `WriteTo` into a kept buffer, of ready messages. Ours: the request opened, 512 points appended, the request
    closed and its buffer given back. A series encodes its attributes once in its life and copies them at each collection: the
    rows tell that from a series' first collection, which makes the attribute sets (of ready attributes) and encodes them.
    """)]
public class EncodeHistogramPoint : Question
{
    private const int MeasurementsASeries = 200;

    private readonly GoogleMessage _google = new();
    private MetricPeer _peer = null!;
    private ExportMetricsServiceRequest _message = null!;
    private MemoryCopy _copy = null!;
    private Encoded _ours = null!;
    private Metric _metric = null!;
    private HistogramDataPoint[] _points = null!;
    private KeyValue[][] _attributes = null!;

    /// <inheritdoc/>
    public override void Setup()
    {
        _peer = new MetricPeer(meter =>
        {
            Histogram<double> histogram = meter.CreateHistogram<double>("opencode.tool.duration", "ms", "Duration of tool calls");
            return (number, attributes) =>
            {
                for (int i = 0; i < MeasurementsASeries; i++)
                {
                    histogram.Record((number + (i * 97)) % 11_000, attributes);
                }
            };
        });
        _message = ExportMetricsServiceRequest.Parser.ParseFrom(_peer.Exporter.Capture(_peer.Metrics));
        _copy = new MemoryCopy(_message.ToByteArray());
        ResourceMetrics resource = _message.ResourceMetrics.Single();
        ScopeMetrics scope = resource.ScopeMetrics.Single();
        ModelReader reader = new(TextForm.Utf8);
        _ours = new Encoded(Signal.Metrics, WireForm.Protobuf, reader.Resource(resource.Resource), reader.Scope(scope.Scope));
        _metric = reader.Metric(scope.Metrics.Single(), MetricKind.Histogram);
        _points = [.. scope.Metrics.Single().Histogram.DataPoints.Select(reader.Point)];
        _attributes = [.. _points.Select(point => point.Attributes!.Attributes.ToArray())];
    }

    /// <inheritdoc/>
    public override string? Verify()
    {
        byte[] expected = _message.ToByteArray();
        Append();
        bool same = _ours.Capture().AsSpan().SequenceEqual(expected);
        AppendFirst();
        same &= _ours.Capture().AsSpan().SequenceEqual(expected);
        return same ? null : "our bytes are not those of Google.Protobuf";
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _peer.Dispose();
        _ours.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Batch.Size, Description = "opentelemetry-dotnet exporter")]
    [BenchmarkCategory(Categories.Peer)]
    public int OpenTelemetry() => _peer.Exporter.Export(_peer.Metrics);

    [Benchmark(OperationsPerInvoke = Batch.Size, Description = "Google.Protobuf, ready messages")]
    [BenchmarkCategory(Categories.Peer)]
    public int Google() => _google.Write(_message);

    [Benchmark(OperationsPerInvoke = Batch.Size, Description = "memcpy of the finished bytes")]
    [BenchmarkCategory(Categories.Floor)]
    public int Copy() => _copy.Copy();

    [Benchmark(OperationsPerInvoke = Batch.Size, Description = "ours")]
    [BenchmarkCategory(Categories.Ours)]
    [Target(nameof(OpenTelemetry), 0.75)]
    public int Ours()
    {
        Append();
        return _ours.Close();
    }

    [Benchmark(OperationsPerInvoke = Batch.Size, Description = "ours, first collection of each series")]
    [BenchmarkCategory(Categories.Ours)]
    public int OursFirst()
    {
        AppendFirst();
        return _ours.Close();
    }

    private void Append()
    {
        foreach (ref readonly HistogramDataPoint point in _points.AsSpan())
        {
            _ours.Builder.TryAppend(_metric, in point, int.MaxValue);
        }
    }

    private void AppendFirst()
    {
        for (int i = 0; i < _points.Length; i++)
        {
            HistogramDataPoint point = _points[i] with { Attributes = new AttributeSet(_attributes[i]) };
            _ours.Builder.TryAppend(_metric, in point, int.MaxValue);
        }
    }
}
