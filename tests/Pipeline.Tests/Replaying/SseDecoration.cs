using System.Text;

namespace OpencodeOtel.Pipeline.Tests.Replaying;

/// <summary>Writes events as Server-Sent Events in all the ways that the standard allows and that change nothing.</summary>
internal static class SseDecoration
{
    private static readonly string[] LineEnds = ["\n", "\r\n", "\r"];

    /// <summary>The same events, decorated at random.</summary>
    public static byte[] Decorate(IEnumerable<string> events, int seed)
    {
        var random = new Random(seed);
        var stream = new StringBuilder(random.Next(2) == 0 ? "\uFEFF" : "");
        string lineEnd = "\n";
        foreach (string one in events)
        {
            lineEnd = LineEnds[random.Next(LineEnds.Length)];
            for (int lines = random.Next(3); lines > 0; lines--)
            {
                stream.Append(Noise(random)).Append(lineEnd);
            }

            foreach (string line in Lines(one, random))
            {
                stream.Append(random.Next(2) == 0 ? "data: " : "data:").Append(line).Append(lineEnd);
            }

            stream.Append(random.Next(3) == 0 ? $"id: 7{lineEnd}" : "").Append(lineEnd).Append(random.Next(4) == 0 ? lineEnd : "");
        }

        // The last event needs no blank line, and no end of its line.
        string text = stream.ToString();
        return Encoding.UTF8.GetBytes(random.Next(2) == 0 ? text : text.TrimEnd('\r', '\n'));
    }

    private static string Noise(Random random) => random.Next(5) switch
    {
        0 => ": heartbeat",
        1 => ":",
        2 => "event: message",
        3 => "retry: 3000",
        _ => "unknown: field",
    };

    // Between the braces and what they hold a line feed is as good as nothing.
    private static string[] Lines(string one, Random random) => random.Next(3) switch
    {
        0 => ["{", one[1..^1], "}"],
        1 => ["", one[..1], one[1..]],
        _ => [one],
    };
}
