using System.Text;

namespace OpencodeOtel.Pipeline.Tests.Replaying;

/// <summary>For each row of the page on events a stream without such an event, and the event: what it adds is what the row says.</summary>
internal static class EventExamples
{
    private const string Created = """{"type":"session.created","properties":{"info":{"id":"s","projectID":"p","time":{"created":1000}}}}""";
    private const string Updated = """{"type":"session.updated","properties":{"info":{"id":"s","projectID":"p","time":{"created":1000,"updated":9000}}}}""";
    private const string Idle = """{"type":"session.idle","properties":{"sessionID":"s"}}""";
    private const string User = """{"type":"message.updated","properties":{"info":{"id":"u","role":"user","sessionID":"s","agent":"build","model":{"providerID":"acme","modelID":"atlas"},"time":{"created":1100}}}}""";
    private const string UserWithDiffs = """{"type":"message.updated","properties":{"info":{"id":"u","role":"user","sessionID":"s","time":{"created":1100},"summary":{"diffs":[{"file":"f","additions":3,"deletions":2}]}}}}""";
    private const string Assistant = """{"type":"message.updated","properties":{"info":{"id":"a","role":"assistant","sessionID":"s","parentID":"u","agent":"build","providerID":"acme","modelID":"atlas","time":{"created":1200}}}}""";
    private const string Completed = """{"type":"message.updated","properties":{"info":{"id":"a","role":"assistant","sessionID":"s","parentID":"u","agent":"build","providerID":"acme","modelID":"atlas","cost":0.5,"tokens":{"input":1,"output":2,"reasoning":3,"cache":{"read":4,"write":5}},"time":{"created":1200,"completed":1500}}}}""";
    private const string Failed = """{"type":"message.updated","properties":{"info":{"id":"a","role":"assistant","sessionID":"s","parentID":"u","providerID":"acme","modelID":"atlas","error":{"name":"APIError","data":{"message":"no"}},"tokens":{"input":0,"output":0,"reasoning":0,"cache":{"read":0,"write":0}},"time":{"created":1200,"completed":1500}}}}""";
    private const string Asked = """{"type":"permission.asked","properties":{"id":"per","sessionID":"s","permission":"bash","patterns":["x"],"tool":{"messageID":"a","callID":"c"}}}""";
    private const string Replied = """{"type":"permission.replied","properties":{"sessionID":"s","requestID":"per","reply":"once"}}""";

    private const string Prompted = """{"type":"session.next.prompted","properties":{"timestamp":1100,"sessionID":"s","messageID":"u","prompt":{"text":"do it"}}}""";
    private const string StepStarted = """{"type":"session.next.step.started","properties":{"timestamp":1200,"sessionID":"s","assistantMessageID":"a","agent":"build","model":{"id":"atlas","providerID":"acme"}}}""";
    private const string StepEnded = """{"type":"session.next.step.ended","properties":{"timestamp":1500,"sessionID":"s","assistantMessageID":"a","finish":"stop","cost":0,"tokens":{"input":1,"output":2,"reasoning":3,"cache":{"read":4,"write":5}}}}""";
    private const string Called = """{"type":"session.next.tool.called","properties":{"timestamp":1250,"sessionID":"s","assistantMessageID":"a","callID":"c","input":{"x":1}}}""";
    private const string ShellStarted = """{"type":"session.next.shell.started","properties":{"timestamp":1300,"sessionID":"s","callID":"c","command":"ls"}}""";

    private const string RunStart = """{"type":"step_start","timestamp":1000,"sessionID":"s","part":{"messageID":"m0","sessionID":"s","type":"step-start"}}""";
    private const string RunFinish = """{"type":"step_finish","timestamp":1500,"sessionID":"s","part":{"messageID":"m0","type":"step-finish","reason":"stop","cost":0.5,"tokens":{"input":1,"output":2,"reasoning":3,"cache":{"read":4,"write":5}}}}""";

    private static readonly string[] Begun = [Created, User, Assistant];
    private static readonly string[] BegunNext = [Created, Prompted, StepStarted];

    /// <summary>Gets the examples by the rows' first column; an unused type that is not here is tried as an event of that name.</summary>
    public static IReadOnlyDictionary<string, (string[] Before, string Event, string[] After)> All { get; } = new Dictionary<string, (string[], string, string[])>
    {
        ["session.created"] = ([], Created, []),
        ["session.updated"] = ([], Updated, [Idle]),
        ["session.deleted"] = ([.. Begun, Completed], """{"type":"session.deleted","properties":{"info":{"id":"s","time":{"created":1000}}}}""", []),
        ["session.idle"] = ([.. Begun, Completed], Idle, []),
        ["session.status [retry]"] = ([Created], Status("retry"), []),
        ["session.status [busy]"] = ([Created], Status("busy"), []),
        ["session.status [idle]"] = ([Created], Status("idle"), []),
        ["session.error"] = (Begun, """{"type":"session.error","properties":{"sessionID":"s","error":{"name":"APIError","data":{"message":"no"}}}}""", [Completed, Idle]),
        ["session.diff"] = ([Created], """{"type":"session.diff","properties":{"sessionID":"s","diff":[{"file":"f","additions":3,"deletions":2}]}}""", []),
        ["message.updated [user]"] = ([Created], User, [Assistant]),
        ["message.updated [user, with diffs]"] = ([Created, User], UserWithDiffs, [Assistant]),
        ["message.updated [assistant]"] = ([Created, User], Assistant, []),
        ["message.updated [assistant, completed]"] = ([Created, User], Completed, []),
        ["message.updated [assistant, failed]"] = ([Created, User], Failed, []),
        ["message.removed"] = ([Created, User, UserWithDiffs], """{"type":"message.removed","properties":{"sessionID":"s","messageID":"u"}}""", []),
        ["message.part.updated [text]"] = ([Created, User], Part("u", """ "type":"text","text":"do it" """), [Assistant]),
        ["message.part.updated [file]"] = ([Created, User], Part("u", """ "type":"file","filename":"a.txt","url":"file:///a.txt" """), [Assistant]),
        ["message.part.updated [agent]"] = ([Created, User], Part("u", """ "type":"agent","name":"reviewer" """), [Assistant]),
        ["message.part.updated [subtask]"] = ([Created, User], Part("u", """ "type":"subtask","agent":"reviewer","description":"look","prompt":"look well" """), [Assistant]),
        ["message.part.updated [tool/pending]"] = (Begun, Tool("bash", """ "status":"pending","input":{} """), [Asked, Replied]),
        ["message.part.updated [tool/running]"] = (Begun, Tool("bash", """ "status":"running","input":{},"time":{"start":1250} """), []),
        ["message.part.updated [tool/completed]"] = (Begun, Tool("bash", """ "status":"completed","input":{"command":"ls"},"output":"x","time":{"start":1250,"end":1300} """), []),
        ["message.part.updated [tool/completed, git commit]"] = (Begun, Tool("bash", """ "status":"completed","input":{"command":"git commit -m x"},"output":"x","metadata":{"exit":0},"time":{"start":1250,"end":1300} """), []),
        ["message.part.updated [tool/error]"] = (Begun, Tool("bash", """ "status":"error","input":{},"error":"no","time":{"start":1250,"end":1300} """), []),
        ["permission.asked"] = (Begun, Asked, [Replied]),
        ["permission.updated"] = (Begun, """{"type":"permission.updated","properties":{"id":"per","sessionID":"s","type":"bash","title":"ls"}}""", [Replied]),
        ["permission.replied"] = ([.. Begun, Asked], Replied, []),
        ["command.executed [bash]"] = (Begun, """{"type":"command.executed","properties":{"name":"bash","arguments":"git commit -m x","sessionID":"s","messageID":"a"}}""", []),
        ["command.executed [other]"] = (Begun, """{"type":"command.executed","properties":{"name":"release","arguments":"git commit -m x","sessionID":"s","messageID":"a"}}""", []),

        ["session.next.prompted"] = ([], Prompted, [StepStarted]),
        ["session.next.step.started"] = ([Created, Prompted], StepStarted, []),
        ["session.next.step.ended"] = (BegunNext, StepEnded, []),
        ["session.next.step.failed"] = (BegunNext, Next("step.failed", 1500, """ "assistantMessageID":"a","error":{"message":"no"} """), []),
        ["session.next.tool.input.started"] = (BegunNext, Next("tool.input.started", 1240, """ "assistantMessageID":"a","callID":"c","name":"read" """), [Called]),
        ["session.next.tool.called"] = (BegunNext, Called, []),
        ["session.next.tool.success"] = ([.. BegunNext, Called], Next("tool.success", 1300, """ "assistantMessageID":"a","callID":"c","content":[{"type":"text","text":"x"}] """), []),
        ["session.next.tool.failed"] = ([.. BegunNext, Called], Next("tool.failed", 1300, """ "assistantMessageID":"a","callID":"c","error":{"message":"no"} """), []),
        ["session.next.text.ended"] = (BegunNext, Next("text.ended", 1400, """ "assistantMessageID":"a","textID":"t","text":"done" """), [StepEnded]),
        ["session.next.retried"] = (BegunNext, Next("retried", 1400, """ "attempt":1,"error":{"message":"no"} """), []),
        ["session.next.shell.started"] = (BegunNext, ShellStarted, []),
        ["session.next.shell.ended"] = ([.. BegunNext, ShellStarted], Next("shell.ended", 1400, """ "callID":"c","output":"x" """), []),
        ["session.next.execution.succeeded"] = ([.. BegunNext, StepEnded], Next("execution.succeeded", 1600, ""), []),
        ["session.next.execution.failed"] = ([.. BegunNext, StepEnded], Next("execution.failed", 1600, """ "error":{"message":"no"} """), []),
        ["session.next.execution.interrupted"] = ([.. BegunNext, StepEnded], Next("execution.interrupted", 1600, ""), []),

        ["step_start"] = ([RunStart, RunFinish], RunStart.Replace("m0", "m1", StringComparison.Ordinal), []),
        ["step_finish"] = ([RunStart], RunFinish, []),
        ["text"] = ([RunStart], """{"type":"text","timestamp":1400,"sessionID":"s","part":{"type":"text","id":"t","messageID":"m0","sessionID":"s","text":"done","time":{"start":1300,"end":1400}}}""", [RunFinish]),
        ["tool_use [completed]"] = ([RunStart], RunTool(""" "status":"completed","input":{},"output":"x","metadata":{"filediff":{"additions":3,"deletions":2}},"time":{"start":1250,"end":1300} """), []),
        ["tool_use [error]"] = ([RunStart], RunTool(""" "status":"error","input":{},"error":"no","time":{"start":1250,"end":1300} """), []),
        ["error"] = ([RunStart, RunFinish], """{"type":"error","timestamp":1600,"sessionID":"s","error":{"name":"APIError","data":{"message":"no"}}}""", []),
        ["reasoning"] = ([RunStart], """{"type":"reasoning","timestamp":1400,"sessionID":"s","part":{"type":"reasoning","id":"t","messageID":"m0","sessionID":"s","text":"hm","time":{"start":1300,"end":1400}}}""", [RunFinish]),

        ["sync"] = (Begun, $$$"""{"payload":{"type":"sync","syncEvent":{"id":"e","type":"message.updated.1","seq":1,"aggregateID":"s","data":{{{Completed["{\"type\":\"message.updated\",\"properties\":".Length..^1]}}} } } }""", []),
    };

    /// <summary>An event of a type that nothing becomes of: as full of what others use as can be.</summary>
    public static (string[] Before, string Event, string[] After) Unused(string row)
    {
        if (row.StartsWith("message.part.updated [", StringComparison.Ordinal))
        {
            return (Begun, Part("a", $$""" "type":"{{row.Split('[', ']')[1]}}","text":"x","reason":"stop","cost":1,"tokens":{"input":1,"output":1},"callID":"c","tool":"bash" """), [Completed]);
        }

        return row.StartsWith("hook ", StringComparison.Ordinal)
            ? (Begun, $$$"""{"at":1300,"hook":"{{{row["hook ".Length..]}}}","event":{{{Completed}}}}""", [])
            : (Begun, Completed.Replace("\"message.updated\"", $"\"{row}\"", StringComparison.Ordinal), []);
    }

    /// <summary>Events as a stream, one a line.</summary>
    public static byte[] Stream(params IEnumerable<string> events) => Encoding.UTF8.GetBytes(string.Join('\n', events));

    private static string Status(string type) => $$$"""{"type":"session.status","properties":{"sessionID":"s","status":{"type":"{{{type}}}","attempt":1,"message":"no"} } }""";

    private static string Part(string message, string members) => $$$"""{"type":"message.part.updated","properties":{"part":{"id":"prt","messageID":"{{{message}}}","sessionID":"s",{{{members}}} } } }""";

    private static string Tool(string tool, string state) => Part("a", $$$""" "type":"tool","tool":"{{{tool}}}","callID":"c","state":{ {{{state}}} } """);

    private static string RunTool(string state) => $$$"""{"type":"tool_use","timestamp":1400,"sessionID":"s","part":{"type":"tool","id":"t","messageID":"m0","sessionID":"s","tool":"edit","callID":"c","state":{ {{{state}}} } } }""";

    private static string Next(string type, long time, string members) =>
        $$$"""{"type":"session.next.{{{type}}}","properties":{"timestamp":{{{time}}},"sessionID":"s"{{{(members.Length > 0 ? "," : "")}}}{{{members}}}}}""";
}
