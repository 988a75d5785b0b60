using BenchmarkDotNet.Attributes;
using Google.Protobuf;
using OpencodeOtel.Benchmarks.Data;
using OpencodeOtel.Benchmarks.Peers;
using OpencodeOtel.Benchmarks.Running;
using OpencodeOtel.Otlp.Model;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Logs.V1;
using LogRecord = OpencodeOtel.Otlp.Model.LogRecord;

namespace OpencodeOtel.Benchmarks;

[Question("What does it cost to turn a log record into protobuf?", "log record", Includes = """
    A request of 512 log records of about 250 bytes: a template as body, four attributes (three texts, one integer), an event name,
    trace and span id, with resource and scope. opentelemetry-dotnet: `Export` of ready records, with HttpClient and a handler that
    drains the body. Google.Protobuf: `CalculateSize` and `WriteTo` into a kept buffer, of ready messages. Ours: the request
    opened, 512 ready records appended, the request closed and its buffer given back.
    """)]
public class EncodeLogRecord : Question
{
    private readonly GoogleMessage _google = new();
    private LogPeer _peer = null!;
    private ExportLogsServiceRequest _message = null!;
    private MemoryCopy _copy = null!;
    private Encoded _ours = null!;
    private LogRecord[] _strings = null!;
    private LogRecord[] _utf8Keys = null!;
    private LogRecord[] _utf8 = null!;

    /// <inheritdoc/>
    public override void Setup()
    {
        _peer = new LogPeer();
        _message = ExportLogsServiceRequest.Parser.ParseFrom(_peer.Exporter.Capture(_peer.Records));
        _copy = new MemoryCopy(_message.ToByteArray());
        ResourceLogs resource = _message.ResourceLogs.Single();
        ScopeLogs scope = resource.ScopeLogs.Single();
        ModelReader reader = new(TextForm.Utf8);
        _ours = new Encoded(Signal.Logs, WireForm.Protobuf, reader.Resource(resource.Resource), reader.Scope(scope.Scope));
        _utf8 = [.. scope.LogRecords.Select(reader.LogRecord)];
        _utf8Keys = [.. scope.LogRecords.Select(new ModelReader(TextForm.Utf8Keys).LogRecord)];
        _strings = [.. scope.LogRecords.Select(new ModelReader(TextForm.Strings).LogRecord)];
    }

    /// <inheritdoc/>
    public override string? Verify()
    {
        byte[] expected = _message.ToByteArray();
        bool same = true;
        foreach (LogRecord[] records in new[] { _strings, _utf8Keys, _utf8 })
        {
            Append(records);
            same &= _ours.Capture().AsSpan().SequenceEqual(expected);
        }

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
    public int OpenTelemetry() => _peer.Exporter.Export(_peer.Records);

    [Benchmark(OperationsPerInvoke = Batch.Size, Description = "Google.Protobuf, ready messages")]
    [BenchmarkCategory(Categories.Peer)]
    public int Google() => _google.Write(_message);

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

    [Benchmark(OperationsPerInvoke = Batch.Size, Description = "ours, keys and names UTF-8, values strings")]
    [BenchmarkCategory(Categories.Ours)]
    [Target(nameof(OpenTelemetry), 0.5)]
    public int Ours()
    {
        Append(_utf8Keys);
        return _ours.Close();
    }

    [Benchmark(OperationsPerInvoke = Batch.Size, Description = "ours, every text UTF-8")]
    [BenchmarkCategory(Categories.Ours)]
    [Target(nameof(OpenTelemetry), 0.5)]
    public int OursFromUtf8()
    {
        Append(_utf8);
        return _ours.Close();
    }

    private void Append(LogRecord[] records)
    {
        foreach (ref readonly LogRecord record in records.AsSpan())
        {
            _ours.Builder.TryAppend(in record, int.MaxValue);
        }
    }
}
