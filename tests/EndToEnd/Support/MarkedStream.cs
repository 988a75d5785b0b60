using System.Text;

namespace OpencodeOtel.EndToEnd.Support;

/// <summary>A stream in which everything that may be secret carries a mark, and bad lines that carry one, too.</summary>
public static class MarkedStream
{
    /// <summary>What every mark begins with.</summary>
    public const string Mark = "zq7";

    /// <summary>The longest line that the stream is to be read with.</summary>
    public const int LineLimit = 4096;

    /// <summary>Gets the marks that no payload may hold unless content is captured.</summary>
    public static IReadOnlyList<string> Content { get; } =
    [
        "zq7-Prompt-Text", "zq7-Synthetic-Text", "zq7-Answer-Text", "zq7-Reasoning", "zq7-Delta", "zq7-Tool-Input", "zq7-Tool-Output",
        "zq7-Tool-Metadata", "zq7-Running-Output", "zq7-Pattern", "zq7-File-Path", "zq7-Patch", "zq7-Session-Title", "zq7-Command",
        "zq7-Todo", "zq7-Subtask-Prompt", "zq7-Response-Header", "zq7-Response-Body", "zq7-Run-Text", "zq7-Run-Input", "zq7-Run-Output",
        "zq7-Next-Prompt", "zq7-Next-Text", "zq7-Next-Input", "zq7-Next-Output", "zq7-Shell-Command", "zq7-Shell-Output", "zq7-File-Name",
        "zq7-Url", "zq7-Broken-Json", "zq7-Long-Line", "zq7-Bad-Utf8", "zq7-Unknown-Type", "zq7-Wrong-Type", "zq7-Hook-Text", "zq7-Id-Of-Nothing",
    ];

    /// <summary>Gets the marks that the specification puts into telemetry: texts of errors, a permission's title, a sub-task's description.</summary>
    public static IReadOnlyList<string> Told { get; } =
        ["zq7-Told-Error", "zq7-Told-Tool-Error", "zq7-Told-Title", "zq7-Told-Description", "zq7-Told-Run-Error"];

    private static string[] Events { get; } =
    [
        """{"type":"session.created","properties":{"info":{"id":"s","projectID":"p","directory":"/zq7-File-Path","title":"zq7-Session-Title","time":{"created":1000}}}}""",
        """{"type":"message.updated","properties":{"info":{"id":"u","role":"user","sessionID":"s","agent":"build","model":{"providerID":"acme","modelID":"atlas"},"time":{"created":1100}}}}""",
        """{"type":"message.part.updated","properties":{"part":{"id":"p1","messageID":"u","sessionID":"s","type":"text","text":"say zq7-Prompt-Text twice"}}}""",
        """{"type":"message.part.updated","properties":{"part":{"id":"p2","messageID":"u","sessionID":"s","type":"text","synthetic":true,"text":"zq7-Synthetic-Text"}}}""",
        """{"type":"message.part.updated","properties":{"part":{"id":"p3","messageID":"u","sessionID":"s","type":"file","filename":"zq7-File-Name","url":"https://user:zq7-Url@host/"}}}""",
        """{"type":"message.part.updated","properties":{"part":{"id":"p4","messageID":"u","sessionID":"s","type":"subtask","agent":"reviewer","description":"zq7-Told-Description","prompt":"zq7-Subtask-Prompt"}}}""",
        """{"type":"message.updated","properties":{"info":{"id":"a","role":"assistant","sessionID":"s","parentID":"u","agent":"build","providerID":"acme","modelID":"atlas","path":{"cwd":"/zq7-File-Path"},"time":{"created":1200}}}}""",
        """{"type":"message.part.delta","properties":{"sessionID":"s","messageID":"a","partID":"p5","field":"text","delta":"zq7-Delta"}}""",
        """{"type":"message.part.updated","properties":{"part":{"id":"p5","messageID":"a","sessionID":"s","type":"text","text":"here is zq7-Answer-Text"}}}""",
        """{"type":"message.part.updated","properties":{"part":{"id":"p6","messageID":"a","sessionID":"s","type":"reasoning","text":"zq7-Reasoning"}}}""",
        """{"type":"message.part.updated","properties":{"part":{"id":"t1","messageID":"a","sessionID":"s","type":"tool","tool":"bash","callID":"c1","state":{"status":"running","input":{"command":"echo zq7-Tool-Input"},"metadata":{"output":"zq7-Running-Output"},"time":{"start":1250}}}}}""",
        """{"type":"permission.asked","properties":{"id":"per1","sessionID":"s","permission":"bash","patterns":["zq7-Pattern *"],"metadata":{"filepath":"/zq7-File-Path","diff":"zq7-Patch"},"tool":{"messageID":"a","callID":"c1"}}}""",
        """{"type":"permission.replied","properties":{"sessionID":"s","requestID":"per1","reply":"once"}}""",
        """{"type":"permission.updated","properties":{"id":"per2","sessionID":"s","type":"bash","title":"zq7-Told-Title","pattern":"zq7-Pattern"}}""",
        """{"type":"permission.replied","properties":{"sessionID":"s","permissionID":"per2","response":"always"}}""",
        """{"type":"message.part.updated","properties":{"part":{"id":"t1","messageID":"a","sessionID":"s","type":"tool","tool":"bash","callID":"c1","state":{"status":"completed","input":{"command":"echo zq7-Tool-Input"},"output":"got zq7-Tool-Output","title":"zq7-Tool-Input","metadata":{"output":"zq7-Tool-Metadata","exit":0},"time":{"start":1250,"end":1300}}}}}""",
        """{"type":"message.part.updated","properties":{"part":{"id":"t2","messageID":"a","sessionID":"s","type":"tool","tool":"edit","callID":"c2","state":{"status":"error","input":{"filePath":"/zq7-File-Path","newString":"zq7-Tool-Input"},"error":"zq7-Told-Tool-Error","time":{"start":1310,"end":1320}}}}}""",
        """{"type":"session.diff","properties":{"sessionID":"s","diff":[{"file":"/zq7-File-Path","additions":1,"deletions":1,"patch":"zq7-Patch"}]}}""",
        """{"type":"todo.updated","properties":{"sessionID":"s","todos":[{"content":"zq7-Todo"}]}}""",
        """{"type":"command.executed","properties":{"name":"bash","arguments":"git commit -m zq7-Command","sessionID":"s","messageID":"a"}}""",
        """{"type":"session.error","properties":{"sessionID":"s","error":{"name":"APIError","data":{"message":"zq7-Told-Error","responseHeaders":{"x":"zq7-Response-Header"},"responseBody":"zq7-Response-Body"}}}}""",
        """{"type":"message.updated","properties":{"info":{"id":"a","role":"assistant","sessionID":"s","parentID":"u","agent":"build","providerID":"acme","modelID":"atlas","cost":1,"tokens":{"input":1,"output":1,"reasoning":0,"cache":{"read":0,"write":0}},"error":{"name":"APIError","data":{"message":"zq7-Told-Error","responseBody":"zq7-Response-Body"}},"time":{"created":1200,"completed":1500}}}}""",
        """{"type":"session.idle","properties":{"sessionID":"s"}}""",
        """{"type":"session.next.prompted","properties":{"timestamp":1600,"sessionID":"n","messageID":"nu","prompt":{"text":"zq7-Next-Prompt"}}}""",
        """{"type":"session.next.step.started","properties":{"timestamp":1610,"sessionID":"n","assistantMessageID":"na","agent":"build","model":{"id":"atlas","providerID":"acme"}}}""",
        """{"type":"session.next.tool.called","properties":{"timestamp":1620,"sessionID":"n","assistantMessageID":"na","callID":"nc","tool":"bash","input":{"command":"zq7-Next-Input"}}}""",
        """{"type":"session.next.tool.success","properties":{"timestamp":1630,"sessionID":"n","assistantMessageID":"na","callID":"nc","content":[{"type":"text","text":"zq7-Next-Output"}]}}""",
        """{"type":"session.next.shell.started","properties":{"timestamp":1640,"sessionID":"n","callID":"ns","command":"zq7-Shell-Command"}}""",
        """{"type":"session.next.shell.ended","properties":{"timestamp":1650,"sessionID":"n","callID":"ns","output":"zq7-Shell-Output"}}""",
        """{"type":"session.next.text.ended","properties":{"timestamp":1660,"sessionID":"n","assistantMessageID":"na","textID":"nt","text":"zq7-Next-Text"}}""",
        """{"type":"step_start","timestamp":1700,"sessionID":"r","part":{"messageID":"rm","sessionID":"r","type":"step-start"}}""",
        """{"type":"text","timestamp":1710,"sessionID":"r","part":{"type":"text","id":"rt","messageID":"rm","sessionID":"r","text":"zq7-Run-Text","time":{"start":1701,"end":1702}}}""",
        """{"type":"tool_use","timestamp":1720,"sessionID":"r","part":{"type":"tool","id":"rp","messageID":"rm","sessionID":"r","tool":"bash","callID":"rc","state":{"status":"completed","input":{"command":"zq7-Run-Input"},"output":"zq7-Run-Output","time":{"start":1703,"end":1704}}}}""",
        """{"type":"error","timestamp":1730,"sessionID":"r","error":{"name":"APIError","data":{"message":"zq7-Told-Run-Error","responseBody":"zq7-Response-Body"}}}""",
        """{"at":1740,"hook":"chat.message","event":{"text":"zq7-Hook-Text"}}""",
        """{"type":"zq7-Unknown-Type","properties":{"text":"zq7-Unknown-Type"}}""",
        """{"type":"session.idle","properties":{"sessionID":{"text":"zq7-Wrong-Type"}}}""",
        """{"type":"session.idle","properties":{"sessionID":"s","text":"zq7-Broken-Json""",
        "zq7-Broken-Json is no event",
        """{"type":"message.removed","properties":{"messageID":"zq7-Id-Of-Nothing"}}""",
    ];

    /// <summary>The stream.</summary>
    public static byte[] Write() =>
    [
        .. Encoding.UTF8.GetBytes(string.Join('\n', Events) + "\n"),
        .. Encoding.UTF8.GetBytes($"{{\"type\":\"session.idle\",\"text\":\"zq7-Long-Line{new string('x', LineLimit)}zq7-Long-Line\"}}\n"),
        .. "{\"type\":\"session.idle\",\"text\":\"zq7-Bad-Utf8\xFF\"}\n"u8.ToArray().Select(one => one == 0xC3 ? (byte)0xFF : one),
    ];
}
