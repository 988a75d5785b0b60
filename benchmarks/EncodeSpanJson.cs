using System.Text;
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

[Question("What does it cost to turn a finished span into OTLP/JSON?", "span", Includes = """
    The spans of `EncodeSpan`. Google.Protobuf: its `JsonFormatter` formats ready messages to a string, which is transcoded into a kept
    buffer, or writes them into a string builder that is kept and no more; ids are in Base64 there (proto3 JSON; OTLP/JSON has
    them in hexadecimal). Ours: the request opened, 512 ready records appended, the request closed and its buffer given back.
    """)]
public class EncodeSpanJson : Question
{
    private readonly JsonFormatter _formatter = new(JsonFormatter.Settings.Default.WithFormatEnumsAsIntegers(true));
    private readonly StringWriter _text = new();
    private byte[] _utf8Text = [];
    private ExportTraceServiceRequest _message = null!;
    private MemoryCopy _copy = null!;
    private Encoded _ours = null!;
    private Span[] _utf8Keys = null!;
    private Span[] _utf8 = null!;

    /// <inheritdoc/>
    public override void Setup()
    {
        using SpanPeer peer = new();
        _message = ExportTraceServiceRequest.Parser.ParseFrom(peer.Exporter.Capture(peer.Spans));
        ResourceSpans resource = _message.ResourceSpans.Single();
        ScopeSpans scope = resource.ScopeSpans.Single();
        ModelReader reader = new(TextForm.Utf8);
        _ours = new Encoded(Signal.Traces, WireForm.Json, reader.Resource(resource.Resource), reader.Scope(scope.Scope));
        _utf8 = [.. scope.Spans.Select(reader.Span)];
        _utf8Keys = [.. scope.Spans.Select(new ModelReader(TextForm.Utf8Keys).Span)];
        _utf8Text = new byte[_formatter.Format(_message).Length];
        Append(_utf8);
        _copy = new MemoryCopy(_ours.Capture());
    }

    /// <inheritdoc/>
    public override string? Verify()
    {
        foreach (Span[] spans in new[] { _utf8, _utf8Keys })
        {
            Append(spans);
            string json = Encoding.UTF8.GetString(_ours.Capture());
            if (!HexIds.TryParse(json, out ExportTraceServiceRequest? read) || !read.Equals(_message))
            {
                return "our JSON does not say what the message says";
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _text.Dispose();
        _ours.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Batch.Size, Description = "Google.Protobuf JsonFormatter, then UTF-8")]
    [BenchmarkCategory(Categories.Peer)]
    public int Google() => Encoding.UTF8.GetBytes(_formatter.Format(_message), _utf8Text);

    [Benchmark(OperationsPerInvoke = Batch.Size, Description = "Google.Protobuf JsonFormatter, into a kept StringBuilder")]
    [BenchmarkCategory(Categories.Peer)]
    public int GoogleText()
    {
        _text.GetStringBuilder().Clear();
        _formatter.Format(_message, _text);
        return _text.GetStringBuilder().Length;
    }

    [Benchmark(OperationsPerInvoke = Batch.Size, Description = "memcpy of the finished bytes")]
    [BenchmarkCategory(Categories.Floor)]
    public int Copy() => _copy.Copy();

    [Benchmark(OperationsPerInvoke = Batch.Size, Description = "ours, keys UTF-8, values strings")]
    [BenchmarkCategory(Categories.Ours)]
    [Target(nameof(Google), 0.05)]
    [Target(nameof(GoogleText), 0.05)]
    public int Ours()
    {
        Append(_utf8Keys);
        return _ours.Close();
    }

    [Benchmark(OperationsPerInvoke = Batch.Size, Description = "ours, every text UTF-8")]
    [BenchmarkCategory(Categories.Ours)]
    [Target(nameof(Google), 0.05)]
    [Target(nameof(GoogleText), 0.05)]
    public int OursFromUtf8()
    {
        Append(_utf8);
        return _ours.Close();
    }

    private void Append(Span[] spans)
    {
        foreach (ref readonly Span span in spans.AsSpan())
        {
            _ours.Builder.TryAppend(in span, int.MaxValue);
        }
    }
}
