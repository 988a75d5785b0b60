using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;
using OpencodeOtel.Benchmarks.Data;
using OpencodeOtel.Benchmarks.Peers;
using OpencodeOtel.Benchmarks.Running;
using OpencodeOtel.Otlp;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Spooling;

namespace OpencodeOtel.Benchmarks;

[Question("What does it cost to have spans on disk?", "span", Includes = """
    32 requests of 64 spans of ten attributes, about 36 kB each, ready as bytes, in a directory below the folder for temporary files.
    Ours: all are stored at the same time and awaited, so that they share one or a few flushes to disk; the spool is bounded to 64 MiB,
    and drops its oldest segments meanwhile. A file a request: each is written, flushed to disk and renamed, as a queue without a log
    does; the files are removed. Copy: the bytes, to memory. Ratios are of processor time: the wait for the disk comes on top, and is in the
    times of BenchmarkDotNet.
    """)]
public class SpoolSpans : Question
{
    private const int Requests = 32;
    private const int Spans = 64;
    private static readonly SpoolLane Lane = new(Signal.Traces, WireForm.Protobuf, "http://localhost:4318/v1/traces");

    private readonly Task<bool>[] _stored = new Task<bool>[Requests];
    private DirectoryInfo _folder = null!;
    private Spool _spool = null!;
    private ExportRequest _request = null!;
    private MemoryCopy _copy = null!;

    /// <inheritdoc/>
    public override void Setup()
    {
        using SpanPeer peer = new();
        OpenTelemetry.Proto.Collector.Trace.V1.ExportTraceServiceRequest message =
            OpenTelemetry.Proto.Collector.Trace.V1.ExportTraceServiceRequest.Parser.ParseFrom(peer.Exporter.Capture(peer.Spans));
        var spans = message.ResourceSpans.Single().ScopeSpans.Single().Spans;
        while (spans.Count > Spans)
        {
            spans.RemoveAt(spans.Count - 1);
        }

        byte[] body = Google.Protobuf.MessageExtensions.ToByteArray(message);
        _request = ExportRequest.Copy(Signal.Traces, WireForm.Protobuf, Spans, body);
        _copy = new MemoryCopy(body);
        _folder = Directory.CreateTempSubdirectory("opencode-otel-benchmark-");
        SpoolOptions options = new(Path.Combine(_folder.FullName, "spool"), 64L * 1024 * 1024, TimeSpan.FromDays(7));
        _spool = new Spool(options, NullLogger.Instance, TimeProvider.System);
    }

    /// <inheritdoc/>
    public override string? Verify()
    {
        if (Ours() != Requests * _request.Body.Length)
        {
            return "not everything was stored";
        }

        for (int i = 0; i < Requests; i++)
        {
            if (_spool.TryTake(Lane) is not { } frame || !frame.Request.Body.Span.SequenceEqual(_request.Body.Span))
            {
                return "what was stored is not what is read";
            }

            _spool.Settle(frame);
            frame.Request.Release();
        }

        return null;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _spool.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Requests * Spans, Description = "a file a request")]
    [BenchmarkCategory(Categories.Peer)]
    public int Files()
    {
        int bytes = 0;
        for (int i = 0; i < Requests; i++)
        {
            string path = Path.Combine(_folder.FullName, "request");
            using (FileStream file = new(path + ".tmp", FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                file.Write(_request.Body.Span);
                file.Flush(flushToDisk: true);
            }

            File.Move(path + ".tmp", path);
            File.Delete(path);
            bytes += _request.Body.Length;
        }

        return bytes;
    }

    [Benchmark(OperationsPerInvoke = Requests * Spans, Description = "ours, in groups")]
    [BenchmarkCategory(Categories.Ours)]
    [Target(nameof(Files), 1)]
    public int Ours()
    {
        for (int i = 0; i < Requests; i++)
        {
            _stored[i] = _spool.AppendAsync(Lane, _request);
        }

        return Task.WhenAll(_stored).GetAwaiter().GetResult().Count(stored => stored) * _request.Body.Length;
    }

    [Benchmark(OperationsPerInvoke = Requests * Spans, Description = "memcpy of the finished bytes")]
    [BenchmarkCategory(Categories.Floor)]
    public int Copy()
    {
        int bytes = 0;
        for (int i = 0; i < Requests; i++)
        {
            bytes += _copy.Copy();
        }

        return bytes;
    }
}
