using System.Text;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Enriching;
using OpencodeOtel.Pipeline.Receiving;

namespace OpencodeOtel.Pipeline.Tests.Enriching;

/// <summary>What is made of a stream as it comes: bytes, not events that are known to be sound.</summary>
internal static class JsonStream
{
    /// <summary>An assistant message as the bus has it; <paramref name="members"/> come last, and so count.</summary>
    public static string Message(string members = "", long completed = Some.T0 + 700, string session = Some.Session, string id = Some.Message) => Event(
        "message.updated",
        $$$"""{"sessionID":"{{{session}}}","info":{"id":"{{{id}}}","sessionID":"{{{session}}}","role":"assistant","parentID":"{{{Some.Prompt}}}","modelID":"acme-1","providerID":"acme","agent":"build","cost":0.25,"tokens":{"input":1,"output":2,"reasoning":3,"cache":{"read":4,"write":5}},"time":{"created":{{{Some.T0 + 200}}},"completed":{{{completed}}}}{{{members}}}}}""");

    /// <summary>A user message as the bus has it.</summary>
    public static string Prompt(string members = "", string session = Some.Session) => Event(
        "message.updated",
        $$$"""{"sessionID":"{{{session}}}","info":{"id":"{{{Some.Prompt}}}","sessionID":"{{{session}}}","role":"user","agent":"build","model":{"providerID":"acme","modelID":"acme-1"},"time":{"created":{{{Some.T0 + 100}}}}{{{members}}}}}""");

    /// <summary>A part of a message as the bus has it.</summary>
    public static string Part(string type, string members, string message = Some.Message, string session = Some.Session) => Event(
        "message.part.updated",
        $$$"""{"sessionID":"{{{session}}}","part":{"id":"prt_{{{type}}}","messageID":"{{{message}}}","sessionID":"{{{session}}}","type":"{{{type}}}",{{{members}}}}}""");

    /// <summary>A tool part as the bus has it.</summary>
    public static string Tool(string state, string session = Some.Session, string tool = "bash") =>
        Part("tool", $$$"""{"tool":"{{{tool}}}","callID":"{{{Some.Call}}}","state":{{{state}}}}"""[1..^1], session: session);

    public static string Created(string session = Some.Session, long at = Some.T0) =>
        Event("session.created", $$$$"""{"sessionID":"{{{{session}}}}","info":{"id":"{{{{session}}}}","projectID":"{{{{Some.Project}}}}","time":{"created":{{{{at}}}},"updated":{{{{at}}}}}}}""");

    public static string Idle(string session = Some.Session) => Event("session.idle", $$$"""{"sessionID":"{{{session}}}"}""");

    public static string Event(string type, string properties) => $$"""{"type":"{{type}}","properties":{{properties}}}""";

    /// <summary>Reads lines, to the end of the stream.</summary>
    public static Telemetry Read(params IEnumerable<string> lines) => Read(new TelemetryOptions(), lines);

    /// <summary>Reads lines with these options, to the end of the stream.</summary>
    public static Telemetry Read(TelemetryOptions options, params IEnumerable<string> lines)
    {
        var made = new Telemetry(options with { UseEventClock = true });
        Push(made.Enricher, string.Join('\n', lines));
        return made.Complete();
    }

    private static void Push(TelemetryEnricher enricher, string text)
    {
        var receiver = new EventReceiver(enricher, lineLimitBytes: 1 << 26, begin: enricher.BeginRecording);
        receiver.Push(Encoding.UTF8.GetBytes(text));
        receiver.Complete();
    }
}
