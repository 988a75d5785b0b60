using System.Text.Json;
using OpencodeOtel.Pipeline.Attaching;

namespace OpencodeOtel.Pipeline.Tests.Attaching;

/// <summary>What sessions did, as events of the bus; and the documents that the API gives after any number of them.</summary>
internal sealed class RecordedHistory
{
    private readonly JsonElement[] _bodies;
    private readonly long[] _times;

    /// <param name="events">The text of each event.</param>
    public RecordedHistory(IReadOnlyList<string> events)
    {
        Events = events;
        _bodies = [.. events.Select(text => Parse(text))];
        _times = new long[events.Count];
        for (int i = 0; i < _times.Length; i++)
        {
            _times[i] = Math.Max(i == 0 ? 0 : _times[i - 1], TimeOf(_bodies[i].GetProperty("properties")));
        }
    }

    public IReadOnlyList<string> Events { get; }

    /// <summary>The largest time that the first events tell.</summary>
    public long TimeAt(int count) => count == 0 ? 0 : _times[count - 1];

    /// <summary>
    /// How many events had happened at the latest when documents were read that are told before the event at <paramref name="index"/>:
    /// a further turn of a session that had one must not be in them, since the idle before it, which tells no time, would be taken for
    /// its own; nor the end of a turn whose error only the stream tells.
    /// </summary>
    public int LatestReading(int index)
    {
        HashSet<string> prompts = [];
        HashSet<string> sessions = [];
        for (int i = 0; i < _bodies.Length; i++)
        {
            if (i >= index && _bodies[i].GetProperty("type").GetString() == "session.error" && IsUnreadable(i, _bodies.Length))
            {
                return i;
            }

            if (_bodies[i].GetProperty("type").GetString() == "message.updated"
                && _bodies[i].GetProperty("properties").GetProperty("info") is var info
                && info.GetProperty("role").GetString() == "user"
                && prompts.Add(info.GetProperty("id").GetString()!)
                && !sessions.Add(info.GetProperty("sessionID").GetString()!)
                && i >= index)
            {
                return i;
            }
        }

        return _bodies.Length;
    }

    /// <summary>The sessions after so many events, parents first. One works from its prompt on, though opencode says so a moment later.</summary>
    public IReadOnlyList<MissedSession> SessionsAt(int count)
    {
        OrderedDictionary<string, JsonElement> sessions = [];
        HashSet<string> busy = [];
        OrderedDictionary<string, JsonElement> messages = [];
        Dictionary<string, OrderedDictionary<string, JsonElement>> parts = [];
        foreach (JsonElement body in _bodies.Take(count))
        {
            JsonElement properties = body.GetProperty("properties");
            switch (body.GetProperty("type").GetString())
            {
                case "session.created" or "session.updated":
                    sessions[Id(properties, "info")] = properties.GetProperty("info");
                    break;
                case "session.status":
                    string id = properties.GetProperty("sessionID").GetString()!;
                    bool isBusy = properties.GetProperty("status").GetProperty("type").GetString() != "idle";
                    _ = isBusy ? busy.Add(id) : busy.Remove(id);
                    break;
                case "message.updated":
                    JsonElement info = properties.GetProperty("info");
                    if (messages.TryAdd(Id(properties, "info"), info) && info.GetProperty("role").GetString() == "user")
                    {
                        busy.Add(info.GetProperty("sessionID").GetString()!);
                    }

                    messages[Id(properties, "info")] = info;
                    break;
                case "message.part.updated":
                    string message = properties.GetProperty("part").GetProperty("messageID").GetString()!;
                    parts.TryAdd(message, []);
                    parts[message][Id(properties, "part")] = properties.GetProperty("part");
                    break;
            }
        }

        return
        [
            .. from session in sessions
               let own = messages.Where(message => message.Value.GetProperty("sessionID").GetString() == session.Key)
                   .Select(message => Message(message.Value, parts.GetValueOrDefault(message.Key, [])))
               select new MissedSession(session.Value, MissedMessage.ReadAll(Parse($"[{string.Join(',', own)}]")), busy.Contains(session.Key)),
        ];
    }

    /// <summary>Whether after so many events an error was said of which no message tells yet.</summary>
    public bool HasUntoldError(int count) => Enumerable.Range(0, count).Any(i =>
        IsOf(i, "session.error") && IsUnreadable(i, count) && (!IsUnreadable(i, _bodies.Length) || !IsOver(i, count)));

    /// <summary>Whether the session of an event was said to be idle after it.</summary>
    private bool IsOver(int index, int count) => Enumerable.Range(index, count - index).Any(i =>
        IsOf(i, "session.idle") && SessionOf(i) == SessionOf(index));

    private bool IsOf(int index, string type) => _bodies[index].GetProperty("type").GetString() == type;

    private string? SessionOf(int index) => _bodies[index].GetProperty("properties").GetProperty("sessionID").GetString();

    /// <summary>Whether an event leaves nothing in the documents: a retry, a permission, and an error without a message that has failed.</summary>
    /// <param name="index">The event.</param>
    /// <param name="read">How many events had happened when the documents were read.</param>
    public bool IsUnreadable(int index, int read)
    {
        JsonElement properties = _bodies[index].GetProperty("properties");
        string type = _bodies[index].GetProperty("type").GetString()!;
        return type.StartsWith("permission.", StringComparison.Ordinal)
            || (type == "session.status" && properties.GetProperty("status").GetProperty("type").GetString() == "retry")
            || (type == "session.error" && !_bodies.Take(read).Skip(index).Any(body => IsFailedMessage(body, properties.GetProperty("error"))));
    }

    private static bool IsFailedMessage(JsonElement body, JsonElement error) =>
        body.GetProperty("type").GetString() == "message.updated"
        && body.GetProperty("properties").GetProperty("info").TryGetProperty("error", out JsonElement own)
        && own.GetRawText() == error.GetRawText();

    private static string Id(JsonElement properties, string member) => properties.GetProperty(member).GetProperty("id").GetString()!;

    private static string Message(JsonElement info, OrderedDictionary<string, JsonElement> parts) =>
        $$"""{"info":{{info.GetRawText()}} ,"parts":[{{string.Join(',', parts.Values.Select(part => part.GetRawText()))}}]}""";

    private static long TimeOf(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return 0;
        }

        long latest = 0;
        foreach (JsonProperty member in element.EnumerateObject().Where(member => member.Name is "time" or "info" or "part" or "state"))
        {
            latest = Math.Max(latest, member.Value.ValueKind == JsonValueKind.Number ? member.Value.GetInt64()
                : member.Name == "time" ? member.Value.EnumerateObject().Max(time => time.Value.GetInt64())
                : TimeOf(member.Value));
        }

        return latest;
    }

    private static JsonElement Parse(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
