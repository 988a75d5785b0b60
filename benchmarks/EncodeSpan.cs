using BenchmarkDotNet.Attributes;
using Google.Protobuf;
using OpencodeOtel.Benchmarks.Data;
using OpencodeOtel.Benchmarks.Peers;
using OpencodeOtel.Benchmarks.Running;
using OpencodeOtel.Otlp.Model;
using OpenTelemetry.Proto.Collector.Trace.V1;
using OpenTelemetry.Proto.Trace.V1;
using Span = OpencodeOtel.Otlp.Model.Span;

namespace OpencodeOtel.Benchmarks;

[Question("What does it cost to turn a finished span into protobuf?", "span", Includes = """
    A request of 512 spans of ten attributes, keys and values of 20 characters, with resource and scope. opentelemetry-dotnet:
    `Export` of ready activities, with HttpClient and a handler that drains the body. Google.Protobuf: `CalculateSize` and
    `WriteTo` into a kept buffer, of ready messages, or with the messages built from the same strings. Ours: the request opened,
    512 records appended, the request closed and its buffer given back; the records are ready, or filled from strings first.
    """)]
public class EncodeSpan : Question
{
    private readonly GoogleMessage _google = new();
    private readonly KeyValue[] _scratch = new KeyValue[10];
    private SpanPeer _peer = null!;
    private ExportTraceServiceRequest _message = null!;
    private MemoryCopy _copy = null!;
    private Encoded _ours = null!;
    private Span[] _strings = null!;
    private Span[] _utf8Keys = null!;
    private Span[] _utf8 = null!;
    private OtlpString[] _keys = null!;
    private string[][] _values = null!;

    /// <inheritdoc/>
    public override void Setup()
    {
        _peer = new SpanPeer();
        _message = ExportTraceServiceRequest.Parser.ParseFrom(_peer.Exporter.Capture(_peer.Spans));
        _copy = new MemoryCopy(_message.ToByteArray());
        ResourceSpans resource = _message.ResourceSpans.Single();
        ScopeSpans scope = resource.ScopeSpans.Single();
        ModelReader reader = new(TextForm.Utf8);
        _ours = new Encoded(Signal.Traces, WireForm.Protobuf, reader.Resource(resource.Resource), reader.Scope(scope.Scope));
        _utf8 = [.. scope.Spans.Select(reader.Span)];
        _utf8Keys = [.. scope.Spans.Select(new ModelReader(TextForm.Utf8Keys).Span)];
        _strings = [.. scope.Spans.Select(new ModelReader(TextForm.Strings).Span)];
        _keys = [.. _utf8Keys[0].Attributes.ToArray().Select(attribute => attribute.Key)];
        _values = [.. scope.Spans.Select(span => span.Attributes.Select(attribute => attribute.Value.StringValue).ToArray())];
    }

    /// <inheritdoc/>
    public override string? Verify()
    {
        byte[] expected = _message.ToByteArray();
        Append(_strings);
        bool same = _ours.Capture().AsSpan().SequenceEqual(expected);
        Append(_utf8Keys);
        same &= _ours.Capture().AsSpan().SequenceEqual(expected);
        Append(_utf8);
        same &= _ours.Capture().AsSpan().SequenceEqual(expected);
        AppendFilled();
        same &= _ours.Capture().AsSpan().SequenceEqual(expected);
        same &= Build().ToByteArray().AsSpan().SequenceEqual(expected);
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
    public int OpenTelemetry() => _peer.Exporter.Export(_peer.Spans);

    [Benchmark(OperationsPerInvoke = Batch.Size, Description = "Google.Protobuf, ready messages")]
    [BenchmarkCategory(Categories.Peer)]
    public int Google() => _google.Write(_message);

    [Benchmark(OperationsPerInvoke = Batch.Size, Description = "Google.Protobuf, messages built first")]
    [BenchmarkCategory(Categories.Peer)]
    public int GoogleBuilt() => _google.Write(Build());

    [Benchmark(OperationsPerInvoke = Batch.Size, Description = "memcpy of the finished bytes")]
    [BenchmarkCategory(Categories.Floor)]
    public int Copy() => _copy.Copy();

    [Benchmark(OperationsPerInvoke = Batch.Size, Description = "ours, every text a string")]
    [BenchmarkCategory(Categories.Ours)]
    public int OursFromStrings()
    {
        Append(_strings);
        return _ours.Close();
    }

    [Benchmark(OperationsPerInvoke = Batch.Size, Description = "ours, keys UTF-8, values strings")]
    [BenchmarkCategory(Categories.Ours)]
    [Target(nameof(OpenTelemetry), 0.5)]
    [Target(nameof(Google), 0.12)]
    public int Ours()
    {
        Append(_utf8Keys);
        return _ours.Close();
    }

    [Benchmark(OperationsPerInvoke = Batch.Size, Description = "ours, every text UTF-8")]
    [BenchmarkCategory(Categories.Ours)]
    [Target(nameof(OpenTelemetry), 0.5)]
    [Target(nameof(Google), 0.12)]
    public int OursFromUtf8()
    {
        Append(_utf8);
        return _ours.Close();
    }

    [Benchmark(OperationsPerInvoke = Batch.Size, Description = "ours, keys UTF-8, record filled first")]
    [BenchmarkCategory(Categories.Ours)]
    public int OursFilled()
    {
        AppendFilled();
        return _ours.Close();
    }

    private void Append(Span[] spans)
    {
        foreach (ref readonly Span span in spans.AsSpan())
        {
            _ours.Builder.TryAppend(in span, int.MaxValue);
        }
    }

    private void AppendFilled()
    {
        for (int number = 0; number < _values.Length; number++)
        {
            ref readonly Span span = ref _utf8Keys[number];
            string[] values = _values[number];
            for (int i = 0; i < values.Length; i++)
            {
                _scratch[i] = new KeyValue(_keys[i], values[i]);
            }

            Span filled = new()
            {
                TraceId = span.TraceId,
                SpanId = span.SpanId,
                ParentSpanId = span.ParentSpanId,
                Flags = span.Flags,
                Name = span.Name,
                Kind = span.Kind,
                StartTimeUnixNano = span.StartTimeUnixNano,
                EndTimeUnixNano = span.EndTimeUnixNano,
                Attributes = _scratch,
            };
            _ours.Builder.TryAppend(in filled, int.MaxValue);
        }
    }

    private ExportTraceServiceRequest Build()
    {
        ResourceSpans resource = _message.ResourceSpans[0];
        ScopeSpans scope = new() { Scope = resource.ScopeSpans[0].Scope };
        foreach (ref readonly Span span in _strings.AsSpan())
        {
            scope.Spans.Add(MessageBuilder.Span(in span));
        }

        return new ExportTraceServiceRequest { ResourceSpans = { new ResourceSpans { Resource = resource.Resource, ScopeSpans = { scope } } } };
    }
}
