using System.Text;
using System.Text.Json;

namespace OpencodeOtel.Pipeline.Tests.Replaying;

/// <summary>A recording taken apart into its events, to be put together in another way.</summary>
internal static class RecordedEvents
{
    /// <summary>The text of each event, in order.</summary>
    public static string[] Of(byte[] recording) =>
    [
        .. Encoding.UTF8.GetString(recording).Split('\n')
            .Select(line => line.StartsWith("data:", StringComparison.Ordinal) ? line["data:".Length..].Trim() : line)
            .Where(line => line.StartsWith('{')),
    ];

    /// <summary>A stream with one event a line.</summary>
    public static byte[] Join(IEnumerable<string> events) => Encoding.UTF8.GetBytes(string.Join('\n', events));

    /// <summary>Mixes streams, so that each keeps its order.</summary>
    public static IEnumerable<string> Mix(IReadOnlyList<IReadOnlyList<string>> streams, int seed)
    {
        var random = new Random(seed);
        int[] next = new int[streams.Count];
        List<int> open = [.. Enumerable.Range(0, streams.Count).Where(index => streams[index].Count > 0)];
        while (open.Count > 0)
        {
            int at = random.Next(open.Count);
            int stream = open[at];
            yield return streams[stream][next[stream]++];
            if (next[stream] == streams[stream].Count)
            {
                open.RemoveAt(at);
            }
        }
    }

    /// <summary>
    /// The events of a bus in any order that keeps each message's own, and that of what a session says besides. Creations stay first and
    /// deletions last: what is history is told by the one, and after the other nothing is known.
    /// </summary>
    public static IEnumerable<string> Permute(string[] events, int seed)
    {
        ILookup<string, string> threads = events.ToLookup(ThreadOf);
        string[][] mixed = [.. threads.Where(thread => thread.Key is not ("first" or "last")).Select(thread => thread.ToArray())];
        return [.. threads["first"], .. Mix(mixed, seed), .. threads["last"]];
    }

    private static string ThreadOf(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        string type = document.RootElement.GetProperty("type").GetString()!;
        JsonElement body = document.RootElement.GetProperty("properties");
        return type switch
        {
            "session.created" => "first",
            "session.deleted" => "last",
            "message.updated" => Text(body, "info", "id"),
            "message.part.updated" => Text(body, "part", "messageID"),
            _ => body.TryGetProperty("sessionID", out JsonElement session) ? session.GetString()! : "",
        };
    }

    private static string Text(JsonElement body, string owner, string name) => body.GetProperty(owner).GetProperty(name).GetString()!;
}
