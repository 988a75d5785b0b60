using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace OpencodeOtel.Benchmarks.Data;

/// <summary>The sample recordings, one after the other and over again, as one long SSE stream in memory.</summary>
/// <remarks>
/// Each time round has ids of its own, of the same length, so that its sessions are new and no event is a duplicate. The
/// samples hold both shapes, bus and global, which a stream may mix.
/// </remarks>
internal sealed partial class RecordedStream
{
    private const int RoundDigits = 4;
    private static readonly string[] Samples = ["session.sse", "errors.sse", "subagents.global.sse"];

    /// <summary>Makes a stream of exactly <paramref name="count"/> events.</summary>
    public RecordedStream(int count)
    {
        string[] recorded = [.. Samples.SelectMany(ReadEvents)];
        StringBuilder stream = new();
        Events = new Range[count];
        int length = 0;
        for (int i = 0; i < count; i++)
        {
            string json = Renumber(recorded[i % recorded.Length], i / recorded.Length);
            stream.Append("data: ").Append(json).Append("\n\n");
            int start = length + "data: ".Length;
            Events[i] = start..(start + Encoding.UTF8.GetByteCount(json));
            length = Events[i].End.Value + 2;
        }

        Bytes = Encoding.UTF8.GetBytes(stream.ToString());
    }

    /// <summary>Gets the stream.</summary>
    public byte[] Bytes { get; }

    /// <summary>Gets where in the stream the JSON of each event is.</summary>
    public Range[] Events { get; }

    private static IEnumerable<string> ReadEvents(string sample)
    {
        using StreamReader reader = new(typeof(RecordedStream).Assembly.GetManifestResourceStream(sample)!);
        return [.. reader.ReadToEnd().Split('\n').Where(line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(line => line[6..])];
    }

    // The last characters of opencode's ids are random; they give way to the number of the round.
    private static string Renumber(string json, int round)
    {
        string digits = round.ToString($"d{RoundDigits}", CultureInfo.InvariantCulture);
        return Id().Replace(json, id => string.Concat(id.ValueSpan[..^RoundDigits], digits));
    }

    [GeneratedRegex(@"\b(?:evt|ses|msg|prt|per|que)_[0-9A-Za-z]{20,}\b")]
    private static partial Regex Id();
}
