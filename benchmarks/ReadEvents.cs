using System.Text.Json;
using BenchmarkDotNet.Attributes;
using OpencodeOtel.Benchmarks.Data;
using OpencodeOtel.Benchmarks.Running;

namespace OpencodeOtel.Benchmarks;

[Question("What does it cost to make telemetry of an event?", "event", Includes = """
    The sample recordings as one SSE stream of 20,000 events in memory: over and over, each time with new ids. The floor: a
    `Utf8JsonReader` over the JSON of each event, token by token, without finding the events, checking UTF-8 or reading a value.
    """)]
public class ReadEvents : Question
{
    private const int Events = 20_000;
    private RecordedStream _stream = null!;

    /// <inheritdoc/>
    public override void Setup() => _stream = new RecordedStream(Events);

    /// <inheritdoc/>
    public override string? Verify() => null;

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
}
