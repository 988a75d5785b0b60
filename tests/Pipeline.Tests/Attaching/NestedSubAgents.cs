namespace OpencodeOtel.Pipeline.Tests.Attaching;

/// <summary>Events of sessions that delegate to sessions that delegate: some one after the other, some at the same time.</summary>
internal sealed class NestedSubAgents
{
    private readonly List<string> _events = [];
    private long _time = 1_700_000_000_000;
    private int _ids;

    /// <summary>The events of two turns of one session, three sessions deep.</summary>
    public static IReadOnlyList<string> Happen()
    {
        var history = new NestedSubAgents();
        string root = history.Created(parent: null);
        history.Turn(root, depth: 2, isParallel: false);
        history.Turn(root, depth: 1, isParallel: true);
        return history._events;
    }

    private string Created(string? parent)
    {
        string id = NextId("ses");
        string above = parent is null ? string.Empty : $"\"parentID\":\"{parent}\",";
        Say("session.created", "info", $$"""{"id":"{{id}}",{{above}}"projectID":"p","directory":"/repo","time":{"created":{{Tick()}} } }""");
        return id;
    }

    private void Turn(string session, int depth, bool isParallel)
    {
        string prompt = NextId("msg");
        Say("message.updated", "info", $$"""{"id":"{{prompt}}","sessionID":"{{session}}","role":"user","agent":"build","time":{"created":{{Tick()}} } }""");
        Status(session, "busy");
        string step = NextId("msg");
        long created = Tick();
        Step(session, step, prompt, created, string.Empty);
        int children = depth == 0 ? 0 : isParallel ? 3 : 2;
        List<(string Child, string Call, long Start)> open = [];
        for (int i = 0; i < children; i++)
        {
            string child = Created(session);
            string call = NextId("call");
            long start = Tick();
            Call(session, step, call, child, start, "running", string.Empty);
            open.Add((child, call, start));
            if (!isParallel)
            {
                Finish(session, step, open, depth);
            }
        }

        Finish(session, step, open, depth);
        Step(session, step, prompt, created, $",\"completed\":{Tick()}");
        Status(session, "idle");
        Say("session.idle", "sessionID", $"\"{session}\"");
    }

    private void Finish(string session, string step, List<(string Child, string Call, long Start)> open, int depth)
    {
        foreach ((string child, string call, long start) in open)
        {
            Turn(child, depth - 1, isParallel: false);
            Call(session, step, call, child, start, "completed", $",\"end\":{Tick()}");
        }

        open.Clear();
    }

    private void Step(string session, string id, string prompt, long created, string completed) => Say(
        "message.updated",
        "info",
        $$"""{"id":"{{id}}","sessionID":"{{session}}","role":"assistant","parentID":"{{prompt}}","providerID":"p","modelID":"m","cost":1,"tokens":{"input":1,"output":1,"reasoning":0,"cache":{"read":0,"write":0} },"time":{"created":{{created}} {{completed}} } }""");

    private void Call(string session, string step, string call, string child, long start, string status, string end) => Say(
        "message.part.updated",
        "part",
        $$"""{"id":"prt_{{call}}","sessionID":"{{session}}","messageID":"{{step}}","type":"tool","tool":"task","callID":"{{call}}","state":{"status":"{{status}}","output":"","metadata":{"sessionId":"{{child}}"},"time":{"start":{{start}} {{end}} } } }""");

    private void Status(string session, string status) => _events.Add(
        $$"""{"id":"evt_{{_events.Count}}","type":"session.status","properties":{"sessionID":"{{session}}","status":{"type":"{{status}}"} } }""");

    private long Tick() => _time += 1000;

    private string NextId(string prefix) => $"{prefix}_{++_ids}";

    private void Say(string type, string member, string value) =>
        _events.Add($$"""{"id":"evt_{{_events.Count}}","type":"{{type}}","properties":{"{{member}}":{{value}} } }""");
}
