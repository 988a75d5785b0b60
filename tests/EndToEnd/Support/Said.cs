namespace OpencodeOtel.EndToEnd.Support;

/// <summary>Events of the bus and documents of the API, about one project in <c>/repo</c>. Times are Unix milliseconds.</summary>
public static class Said
{
    private static long _events;

    /// <summary>A session's info.</summary>
    public static string Session(string id, long created, long updated, string directory = "/repo") =>
        $$"""{"id":"{{id}}","projectID":"p","directory":"{{directory}}","title":"t","version":"1","time":{"created":{{created}},"updated":{{updated}} } }""";

    /// <summary>A user message's info.</summary>
    public static string User(string session, string id, long created) =>
        $$"""{"id":"{{id}}","sessionID":"{{session}}","role":"user","time":{"created":{{created}} },"agent":"build","model":{"providerID":"p","modelID":"m"} }""";

    /// <summary>An assistant message's info; not completed if that is 0.</summary>
    public static string Assistant(string session, string id, string parent, long created, long completed = 0, int input = 100) =>
        $$"""{"id":"{{id}}","sessionID":"{{session}}","role":"assistant","parentID":"{{parent}}","agent":"build","providerID":"p","modelID":"m","cost":0.5,"tokens":{"input":{{input}},"output":1,"reasoning":0,"cache":{"read":0,"write":0} },"time":{"created":{{created}}{{(completed > 0 ? $",\"completed\":{completed}" : string.Empty)}} } }""";

    /// <summary>A text part.</summary>
    public static string Text(string session, string message, string id, string text) =>
        $$"""{"id":"{{id}}","sessionID":"{{session}}","messageID":"{{message}}","type":"text","text":"{{text}}"}""";

    /// <summary>A bash call; running if there is no end.</summary>
    public static string Bash(string session, string message, string call, long start, long end = 0) =>
        $$"""{"id":"prt_{{call}}","sessionID":"{{session}}","messageID":"{{message}}","type":"tool","tool":"bash","callID":"{{call}}","state":{"status":"{{(end > 0 ? "completed" : "running")}}","input":{"command":"true"},"output":"ok","metadata":{"exit":0},"time":{"start":{{start}}{{(end > 0 ? $",\"end\":{end}" : string.Empty)}} } } }""";

    /// <summary>A message of the API: its info and its parts.</summary>
    public static string Message(string info, params string[] parts) => $$"""{"info":{{info}} ,"parts":[{{string.Join(',', parts)}}]}""";

    /// <summary>A list.</summary>
    public static string List(params string[] elements) => $"[{string.Join(',', elements)}]";

    /// <summary><c>session.created</c>.</summary>
    public static string Created(string info) => Event("session.created", $"\"info\":{info}");

    /// <summary><c>message.updated</c>.</summary>
    public static string Updated(string info) => Event("message.updated", $"\"info\":{info}");

    /// <summary><c>message.part.updated</c>.</summary>
    public static string Part(string part) => Event("message.part.updated", $"\"part\":{part}");

    /// <summary><c>session.idle</c>.</summary>
    public static string Idle(string session) => Event("session.idle", $"\"sessionID\":\"{session}\"");

    private static string Event(string type, string member) =>
        $$"""{"id":"evt_{{Interlocked.Increment(ref _events)}}","type":"{{type}}","properties":{ {{member}} } }""";
}
