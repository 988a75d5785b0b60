using System.Text.Json;
using BenchmarkDotNet.Attributes;
using OpencodeOtel.Benchmarks.Data;
using OpencodeOtel.Benchmarks.Running;
using OpencodeOtel.Pipeline.Receiving;

namespace OpencodeOtel.Benchmarks;

[Question("What does it cost to make telemetry of an event?", "event", Includes = """
    The sample recordings as one SSE stream of 20,000 events in memory: over and over, each time with new ids. The floor: a
    `Utf8JsonReader` over the JSON of each event, token by token, without finding the events, checking UTF-8 or reading a value.
    """)]
public class ReadEvents : Question
{
    private const int Events = 20_000;
    private const int ChunkSize = 64 * 1024;
    private const int LineLimit = 64 * 1024 * 1024;
    private RecordedStream _stream = null!;

    /// <inheritdoc/>
    public override void Setup() => _stream = new RecordedStream(Events);

    /// <inheritdoc/>
    public override string? Verify()
    {
        EventReceiver receiver = new(new CountingHandler(), LineLimit);
        Push(receiver);
        InputCounts counts = receiver.Counts;
        return counts.Read == Events && counts[EventOutcome.Used] + counts[EventOutcome.Skipped] == Events
            ? null
            : $"of {Events} events {counts[EventOutcome.Used]} were used and {counts[EventOutcome.Skipped]} skipped";
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
        Push(new EventReceiver(new CountingHandler(), LineLimit));
        return _stream.Bytes.Length;
    }

    private void Push(EventReceiver receiver)
    {
        for (ReadOnlyMemory<byte> rest = _stream.Bytes; !rest.IsEmpty; rest = rest[Math.Min(ChunkSize, rest.Length)..])
        {
            receiver.Push(rest.Span[..Math.Min(ChunkSize, rest.Length)]);
        }

        receiver.Complete();
    }
}
