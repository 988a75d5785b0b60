using System.Text.Json;

namespace OpencodeOtel.Pipeline.Tests.Enriching;

/// <summary>What a recording holds, read the simple way: every line as a document, every number by its name.</summary>
internal sealed class RecordedFacts
{
    private readonly Dictionary<string, long> _created = [];
    private readonly HashSet<string> _messages = [];
    private readonly HashSet<(string Session, string Call)> _calls = [];
    private readonly Dictionary<string, long> _added = [];

    private RecordedFacts()
    {
    }

    public int CompletedMessages => _messages.Count;

    public int FinishedCalls => _calls.Count;

    public int Sessions => _created.Count;

    public int Retries { get; private set; }

    public int Replies { get; private set; }

    public int Commits { get; private set; }

    /// <summary>Gets the lines added by the latest diffs of all user messages that are still there.</summary>
    public long Added => _added.Values.Sum();

    public long Tokens { get; private set; }

    public double Cost { get; private set; }

    public double CallMilliseconds { get; private set; }

    public static RecordedFacts Of(string path)
    {
        var facts = new RecordedFacts();
        foreach (string line in File.ReadLines(path).Where(line => line.StartsWith("data:", StringComparison.Ordinal)))
        {
            using JsonDocument document = JsonDocument.Parse(line["data:".Length..]);
            JsonElement bus = document.RootElement.TryGetProperty("payload", out JsonElement payload) ? payload : document.RootElement;
            if (bus.GetProperty("type").GetString() != "sync")
            {
                facts.Add(bus.GetProperty("type").GetString()!, bus.GetProperty("properties"));
            }
        }

        return facts;
    }

    private void Add(string type, JsonElement properties)
    {
        switch (type)
        {
            case "session.created":
                _created[properties.GetProperty("info").GetProperty("id").GetString()!] = Time(properties.GetProperty("info"), "created");
                break;
            case "session.status" when properties.GetProperty("status").GetProperty("type").GetString() == "retry":
                Retries++;
                break;
            case "permission.replied":
                Replies++;
                break;
            case "message.removed":
                _added.Remove(properties.GetProperty("messageID").GetString()!);
                break;
            case "message.updated":
                AddMessage(properties.GetProperty("info"));
                break;
            case "message.part.updated" when properties.GetProperty("part").GetProperty("type").GetString() == "tool":
                AddCall(properties.GetProperty("part"));
                break;
        }
    }

    private void AddMessage(JsonElement info)
    {
        long completed = Time(info, "completed");
        if (info.TryGetProperty("summary", out JsonElement summary) && summary.ValueKind == JsonValueKind.Object && !IsHistory(info, Time(info, "created")))
        {
            _added[info.GetProperty("id").GetString()!] = summary.GetProperty("diffs").EnumerateArray().Sum(diff => diff.GetProperty("additions").GetInt64());
        }

        if (info.GetProperty("role").GetString() != "assistant" || completed == 0 || IsHistory(info, completed) || !_messages.Add(info.GetProperty("id").GetString()!))
        {
            return;
        }

        JsonElement tokens = info.GetProperty("tokens");
        JsonElement cache = tokens.GetProperty("cache");
        Tokens += Number(tokens, "input") + Number(tokens, "output") + Number(tokens, "reasoning") + Number(cache, "read") + Number(cache, "write");
        Cost += info.GetProperty("cost").GetDouble();
    }

    private void AddCall(JsonElement part)
    {
        JsonElement state = part.GetProperty("state");
        string status = state.GetProperty("status").GetString()!;
        if (status is not ("completed" or "error"))
        {
            return;
        }

        long end = Time(state, "end");
        if (!IsHistory(part, end) && _calls.Add((part.GetProperty("sessionID").GetString()!, part.GetProperty("callID").GetString()!)))
        {
            CallMilliseconds += end - Time(state, "start");
            string command = state.GetProperty("input").TryGetProperty("command", out JsonElement text) ? text.GetString()! : "";
            bool isSuccess = status == "completed" && (!state.GetProperty("metadata").TryGetProperty("exit", out JsonElement exit) || exit.ToString() == "0");
            Commits += isSuccess && part.GetProperty("tool").GetString() == "bash" && command.Contains("git commit", StringComparison.Ordinal) ? 1 : 0;
        }
    }

    private bool IsHistory(JsonElement owned, long time) =>
        _created.TryGetValue(owned.GetProperty("sessionID").GetString()!, out long created) && time < created;

    private static long Time(JsonElement owner, string name) =>
        owner.TryGetProperty("time", out JsonElement time) && time.TryGetProperty(name, out JsonElement value) ? value.GetInt64() : 0;

    private static long Number(JsonElement owner, string name) => owner.GetProperty(name).GetInt64();
}
