using System.Text;
using System.Text.Json;

namespace OpencodeOtel.EndToEnd.Support;

/// <summary>What a recording holds, found by the simplest code that can: every event parsed whole, one dictionary a question.</summary>
public sealed class RecordingFacts
{
    private readonly HashSet<string> _eventIds = [];
    private readonly Dictionary<string, long> _sessionCreated = [];
    private readonly Dictionary<string, JsonElement> _completed = [];
    private readonly Dictionary<(string Session, string Call), JsonElement> _tools = [];

    /// <summary>Gets the number of sessions created.</summary>
    public int Sessions => _sessionCreated.Count;

    /// <summary>Gets the number of assistant messages completed.</summary>
    public int Messages => _completed.Count;

    /// <summary>Gets the number of tool calls finished.</summary>
    public int Tools => _tools.Count;

    /// <summary>Gets the number of retries.</summary>
    public int Retries { get; private set; }

    /// <summary>Gets the number of session errors.</summary>
    public int Errors { get; private set; }

    /// <summary>Gets the sum of the costs.</summary>
    public double Cost => _completed.Values.Sum(info => info.GetProperty("cost").GetDouble());

    /// <summary>Reads a recording of the bus or the global shape, as SSE or one object a line.</summary>
    public static RecordingFacts Read(byte[] recording)
    {
        var facts = new RecordingFacts();
        foreach (string line in Encoding.UTF8.GetString(recording).Split('\n'))
        {
            string text = line.StartsWith("data:", StringComparison.Ordinal) ? line[5..] : line;
            if (text.TrimStart().StartsWith('{'))
            {
                using JsonDocument document = JsonDocument.Parse(text);
                facts.Take(document.RootElement.Clone());
            }
        }

        return facts;
    }

    /// <summary>The sum of one kind of token, named by its path below <c>tokens</c>.</summary>
    public long Tokens(params string[] path) => _completed.Values.Sum(info =>
        path.Aggregate(info.GetProperty("tokens"), (element, name) => element.GetProperty(name)).GetInt64());

    private void Take(JsonElement root)
    {
        JsonElement bus = root.TryGetProperty("payload", out JsonElement payload) ? payload : root;
        string type = bus.GetProperty("type").GetString()!;
        if (type == "sync" || (bus.TryGetProperty("id", out JsonElement id) && !_eventIds.Add(id.GetString()!)))
        {
            return;
        }

        JsonElement properties = bus.GetProperty("properties");
        switch (type)
        {
            case "session.created":
                JsonElement session = properties.GetProperty("info");
                _sessionCreated[session.GetProperty("id").GetString()!] = session.GetProperty("time").GetProperty("created").GetInt64();
                break;
            case "message.updated":
                TakeMessage(properties.GetProperty("info"));
                break;
            case "message.part.updated":
                TakePart(properties.GetProperty("part"));
                break;
            case "session.status":
                Retries += properties.GetProperty("status").GetProperty("type").GetString() == "retry" ? 1 : 0;
                break;
            case "session.error":
                Errors++;
                break;
        }
    }

    private void TakeMessage(JsonElement info)
    {
        if (info.GetProperty("role").GetString() == "assistant"
            && info.GetProperty("time").TryGetProperty("completed", out JsonElement completed)
            && !IsHistory(info.GetProperty("sessionID").GetString()!, completed.GetInt64()))
        {
            _completed.TryAdd(info.GetProperty("id").GetString()!, info);
        }
    }

    private void TakePart(JsonElement part)
    {
        if (part.GetProperty("type").GetString() != "tool")
        {
            return;
        }

        JsonElement state = part.GetProperty("state");
        string sessionId = part.GetProperty("sessionID").GetString()!;
        if (state.GetProperty("status").GetString() is "completed" or "error"
            && state.TryGetProperty("time", out JsonElement time)
            && time.TryGetProperty("end", out JsonElement end)
            && !IsHistory(sessionId, end.GetInt64()))
        {
            _tools.TryAdd((sessionId, part.GetProperty("callID").GetString()!), state);
        }
    }

    private bool IsHistory(string sessionId, long time) => _sessionCreated.TryGetValue(sessionId, out long created) && time < created;
}
