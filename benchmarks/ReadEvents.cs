using System.Text.Json;
using BenchmarkDotNet.Attributes;
using OpencodeOtel.Benchmarks.Data;
using OpencodeOtel.Benchmarks.Running;
using OpencodeOtel.Pipeline.Receiving;

namespace OpencodeOtel.Benchmarks;

[Question("What does it cost to make telemetry of an event?", "event", Includes = """
    The sample recordings as one SSE stream of 20,000 events in memory: over and over, each time with new ids. The floor: a
    `Utf8JsonReader` over the JSON of each event, token by token, without finding the events, checking UTF-8 or reading a value. Ours:
    the stream in chunks of 128 KiB through receiving, enriching, aggregating, batching and encoding to protobuf, each run with
    stages of its own, from their making to the last request, which is counted and released; and through receiving alone.
    """)]
public class ReadEvents : Question
{
    private const int Events = 20_000;
    private const int ChunkSize = 128 * 1024;
    private const int LineLimit = 64 * 1024 * 1024;
    private RecordedStream _stream = null!;

    /// <inheritdoc/>
    public override void Setup() => _stream = new RecordedStream(Events);

    /// <inheritdoc/>
    public override string? Verify()
    {
        using NullPipeline pipeline = new();
        PushAll(pipeline.Push);
        pipeline.Complete();
        InputCounts counts = pipeline.Receiver.Counts;
        if (counts.Read != Events || counts[EventOutcome.Used] + counts[EventOutcome.Skipped] != Events)
        {
            return $"of {Events} events {counts[EventOutcome.Used]} were used and {counts[EventOutcome.Skipped]} skipped";
        }

        return pipeline.Items > Events / 20 ? null : $"of {Events} events only {pipeline.Items} spans, records and points came";
    }

    /// <inheritdoc/>
    public override void Dispose() => GC.SuppressFinalize(this);

    [Benchmark(Baseline = true, OperationsPerInvoke = Events, Description = "a bare Utf8JsonReader walk")]
    [BenchmarkCategory(Categories.Floor)]
    public int Walk()
    {
        long tokens = 0;
        foreach (Range json in _stream.Events)
        {
            Utf8JsonReader reader = new(_stream.Bytes.AsSpan(json));
            while (reader.Read())
            {
                tokens++;
            }
        }

        return tokens > 0 ? _stream.Bytes.Length : 0;
    }

    [Benchmark(OperationsPerInvoke = Events, Description = "ours, receiving alone")]
    [BenchmarkCategory(Categories.Ours)]
    public int Receive()
    {
        EventReceiver receiver = new(new CountingHandler(), LineLimit);
        PushAll(receiver.Push);
        receiver.Complete();
        return _stream.Bytes.Length;
    }

    [Benchmark(OperationsPerInvoke = Events, Description = "ours, from bytes to encoded requests")]
    [BenchmarkCategory(Categories.Ours)]
    [Target(nameof(Walk), 2.5)]
    public int Ours()
    {
        using NullPipeline pipeline = new();
        PushAll(pipeline.Push);
        pipeline.Complete();
        return _stream.Bytes.Length;
    }

    private void PushAll(Action<ReadOnlySpan<byte>> push)
    {
        for (ReadOnlyMemory<byte> rest = _stream.Bytes; !rest.IsEmpty; rest = rest[Math.Min(ChunkSize, rest.Length)..])
        {
            push(rest.Span[..Math.Min(ChunkSize, rest.Length)]);
        }
    }
}
