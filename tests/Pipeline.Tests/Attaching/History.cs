using System.Text;
using System.Text.Json;

namespace OpencodeOtel.Pipeline.Tests.Attaching;

/// <summary>What one session did: as the events that a stream says, and as the documents that the API gives at any moment of it.</summary>
/// <param name="turns">How many tool calls each step of each turn makes.</param>
internal sealed class History(int[][] turns)
{
    public const string SessionId = "ses_a";

    private readonly List<(string Json, long Time)> _events = [];
    private long _time = 1_700_000_000_000;
    private int _ids;

    public IReadOnlyList<(string Json, long Time)> Events => _events;

    public long End => _time;

    public JsonElement Session { get; private set; }

    /// <summary>Whether the session works after so many events.</summary>
    public bool IsBusyAt(int count) => count > 1 && !_events[count - 1].Json.Contains("session.idle", StringComparison.Ordinal);

    /// <summary>The session's messages after so many events.</summary>
    public JsonElement MessagesAt(int count)
    {
        var infos = new OrderedDictionary<string, string>();
        var parts = new Dictionary<string, OrderedDictionary<string, string>>();
        foreach ((string json, _) in _events.Take(count))
        {
            JsonElement properties = Parse(json).GetProperty("properties");
            if (properties.TryGetProperty("info", out JsonElement info) && info.TryGetProperty("role", out _))
            {
                infos[info.GetProperty("id").GetString()!] = info.GetRawText();
            }
            else if (properties.TryGetProperty("part", out JsonElement part))
            {
                string message = part.GetProperty("messageID").GetString()!;
                parts.TryAdd(message, []);
                parts[message][part.GetProperty("id").GetString()!] = part.GetRawText();
            }
        }

        return Parse($"[{string.Join(',', infos.Select(info =>
            $$"""{"info":{{info.Value}} ,"parts":[{{string.Join(',', parts.GetValueOrDefault(info.Key, []).Values)}}]}"""))}]");
    }

    /// <summary>Lets it happen, at least a second between one thing and the next.</summary>
    public History Happen()
    {
        long created = Tick();
        string info = $$"""{"id":"{{SessionId}}","projectID":"p","directory":"/repo","time":{"created":{{created}} } }""";
        Say("session.created", "info", info);
        foreach (int[] turn in turns)
        {
            Turn(turn);
        }

        Session = Parse(info);
        return this;
    }

    public static byte[] Bytes(IEnumerable<(string Json, long Time)> events) =>
        Encoding.UTF8.GetBytes(string.Concat(events.Select(said => said.Json + "\n")));

    private static JsonElement Parse(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    private void Turn(int[] steps)
    {
        string prompt = NextId("msg");
        string info = $$"""{"id":"{{prompt}}","sessionID":"{{SessionId}}","role":"user","agent":"build","time":{"created":{{Tick()}} } }""";
        string text = $$"""{"id":"{{NextId("prt")}}","sessionID":"{{SessionId}}","messageID":"{{prompt}}","type":"text","text":"go"}""";
        Say("message.updated", "info", info);
        Say("message.part.updated", "part", text);
        foreach (int tools in steps)
        {
            Step(prompt, tools);
        }

        Tick();
        Say("session.idle", "sessionID", $"\"{SessionId}\"");
    }

    private void Step(string prompt, int tools)
    {
        string id = NextId("msg");
        long created = Tick();
        string Info(string completed) =>
            $$"""{"id":"{{id}}","sessionID":"{{SessionId}}","role":"assistant","parentID":"{{prompt}}","providerID":"p","modelID":"m","cost":1,"tokens":{"input":1,"output":1,"reasoning":0,"cache":{"read":0,"write":0} },"time":{"created":{{created}} {{completed}} } }""";
        Say("message.updated", "info", Info(string.Empty));
        for (int i = 0; i < tools; i++)
        {
            string call = NextId("call");
            long start = Tick();
            string Part(string status, string end) =>
                $$"""{"id":"prt_{{call}}","sessionID":"{{SessionId}}","messageID":"{{id}}","type":"tool","tool":"bash","callID":"{{call}}","state":{"status":"{{status}}","output":"","time":{"start":{{start}} {{end}} } } }""";
            Say("message.part.updated", "part", Part("running", string.Empty));
            Say("message.part.updated", "part", Part("completed", $",\"end\":{Tick()}"));
        }

        Say("message.updated", "info", Info($",\"completed\":{Tick()}"));
    }

    private long Tick() => _time += 1000;

    private string NextId(string prefix) => $"{prefix}_{++_ids}";

    private void Say(string type, string member, string value) =>
        _events.Add(($$"""{"id":"evt_{{_events.Count}}","type":"{{type}}","properties":{"{{member}}":{{value}} } }""", _time));
}
