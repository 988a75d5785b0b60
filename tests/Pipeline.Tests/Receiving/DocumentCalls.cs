using System.Globalization;
using System.Text.Json;

namespace OpencodeOtel.Pipeline.Tests.Receiving;

/// <summary>What a <see cref="CallLog"/> should have of a recorded bus event, worked out the slow and obvious way.</summary>
internal static class DocumentCalls
{
    /// <summary>The call for an event, or <see langword="null"/> if it leads to none.</summary>
    public static string? Of(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement body = document.RootElement.GetProperty("properties");
        string? type = document.RootElement.GetProperty("type").GetString();
        return type switch
        {
            "session.created" => Session("SessionCreated", body),
            "session.updated" => Session("SessionUpdated", body),
            "session.deleted" => Session("SessionDeleted", body),
            "session.idle" => Line("SessionIdle", [("session", Text(body, "sessionID"))]),
            "session.status" => Line("SessionStatus", [("session", Text(body, "sessionID")), ("type", Capital(Text(body, "status", "type"))), ("attempt", Number(body, "status", "attempt"))]),
            "session.error" => Line("SessionError", [("session", Text(body, "sessionID")), .. Error(body)]),
            "session.diff" => Line("SessionDiff", [("session", Text(body, "sessionID")), ("lines", Diffs(body, "diff"))]),
            "message.updated" => Message(body),
            "message.removed" => Line("MessageRemoved", [("session", Text(body, "sessionID")), ("id", Text(body, "messageID"))]),
            "message.part.updated" => Part(body),
            "permission.asked" => Line("PermissionAsked", [("session", Text(body, "sessionID")), ("id", Text(body, "id")), ("permission", Text(body, "permission")), ("call", Text(body, "tool", "callID"))]),
            "permission.replied" => Line("PermissionReplied", [("session", Text(body, "sessionID")), ("id", Text(body, "requestID")), ("reply", Text(body, "reply"))]),
            "command.executed" => Line("CommandExecuted", [("session", Text(body, "sessionID")), ("name", Text(body, "name")), ("message", Text(body, "messageID")), ("arguments", Quoted(body, "arguments"))]),
            _ => null,
        };
    }

    private static string Session(string call, JsonElement body) => Line(call,
    [
        ("session", Text(body, "info", "id")),
        ("project", Text(body, "info", "projectID")),
        ("parent", Text(body, "info", "parentID")),
        ("created", Number(body, "info", "time", "created")),
        ("reverted", Find(body, "info", "revert") is null ? "" : "yes"),
        ("at", Largest(Number(body, "info", "time", "created"), Number(body, "info", "time", "updated"))),
    ]);

    private static string Message(JsonElement body)
    {
        JsonElement info = body.GetProperty("info");
        string tokens = string.Join('/', new[] { Number(info, "tokens", "input"), Number(info, "tokens", "output"), Number(info, "tokens", "reasoning"), Number(info, "tokens", "cache", "read"), Number(info, "tokens", "cache", "write") }.Select(count => count.Length == 0 ? "0" : count));
        return Line("MessageUpdated",
        [
            ("session", Text(info, "sessionID")),
            ("id", Text(info, "id")),
            ("role", Capital(Text(info, "role"))),
            ("parent", Text(info, "parentID")),
            ("agent", Text(info, "agent")),
            ("provider", Text(info, "providerID") + Text(info, "model", "providerID")),
            ("model", Text(info, "modelID") + Text(info, "model", "modelID")),
            ("created", Number(info, "time", "created")),
            ("completed", Number(info, "time", "completed")),
            ("cost", Find(info, "cost") is { } cost && cost.GetDouble() != 0 ? cost.GetDouble().ToString("R", CultureInfo.InvariantCulture) : ""),
            ("tokens", tokens == "0/0/0/0/0" ? "" : tokens),
            ("finish", Text(info, "finish")),
            .. Error(info),
            ("lines", Diffs(info, "summary", "diffs")),
            ("at", Largest(Number(info, "time", "created"), Number(info, "time", "completed"))),
        ]);
    }

    private static string? Part(JsonElement body)
    {
        JsonElement part = body.GetProperty("part");
        string type = Text(part, "type");
        if (type is not ("text" or "file" or "agent" or "subtask" or "tool"))
        {
            return null;
        }

        JsonElement time = Find(part, type == "tool" ? ["state", "time"] : ["time"]) ?? default;
        return Line("PartUpdated",
        [
            ("session", Text(part, "sessionID")),
            ("type", Capital(type)),
            ("id", Text(part, "id")),
            ("message", Text(part, "messageID")),
            ("text", Quoted(part, "text")),
            ("synthetic", Find(part, "synthetic")?.GetBoolean() == true ? "yes" : ""),
            ("label", type switch { "file" => Quoted(part, "filename"), "agent" => Quoted(part, "name"), _ => "" }),
            ("tool", Text(part, "tool")),
            ("call", Text(part, "callID")),
            ("status", Capital(Text(part, "state", "status"))),
            ("input", Find(part, "state", "input")?.GetRawText() ?? ""),
            ("command", Quoted(part, "state", "input", "command")),
            ("output", Quoted(part, "state", "output")),
            ("error", Quoted(part, "state", "error")),
            ("exit", part.TryGetProperty("state", out JsonElement state) && state.TryGetProperty("metadata", out JsonElement metadata) && metadata.TryGetProperty("exit", out JsonElement exit) ? (exit.GetRawText() == "0" ? "" : exit.GetRawText()) : ""),
            ("lines", Find(part, "state", "metadata", "filediff") is { } diff ? $"1:+{diff.GetProperty("additions")}-{diff.GetProperty("deletions")}" : ""),
            ("start", Number(time, "start")),
            ("end", Number(time, "end")),
            ("at", Largest(Number(time, "start"), Number(time, "end"), Number(time, "compacted"), Number(body, "time"))),
        ]);
    }

    private static IEnumerable<(string, string)> Error(JsonElement parent) => Find(parent, "error") is { } error
        ? [("failed", "yes"), ("errorName", Text(error, "name")), ("errorMessage", Quoted(error, "data", "message"))]
        : [];

    private static string Diffs(JsonElement parent, params ReadOnlySpan<string> path) => Find(parent, path) is { } diffs
        ? $"{diffs.GetArrayLength()}:+{diffs.EnumerateArray().Sum(diff => diff.GetProperty("additions").GetInt64())}-{diffs.EnumerateArray().Sum(diff => diff.GetProperty("deletions").GetInt64())}"
        : "";

    private static string Line(string call, (string Name, string Value)[] parts) =>
        call + string.Concat(parts.Where(part => part.Value.Length > 0).Select(part => $" {part.Name}={part.Value}"));

    private static string Text(JsonElement parent, params ReadOnlySpan<string> path) => Find(parent, path)?.GetString() ?? "";

    private static string Quoted(JsonElement parent, params ReadOnlySpan<string> path) => Find(parent, path) is { } text ? $"'{text.GetString()}'" : "";

    private static string Number(JsonElement parent, params ReadOnlySpan<string> path) => Find(parent, path)?.GetInt64() is long and not 0 and var value
        ? value.ToString(CultureInfo.InvariantCulture)
        : "";

    private static string Largest(params IEnumerable<string> times) => times.Max(time => time.PadLeft(20))!.Trim();

    private static string Capital(string word) => word.Length == 0 ? "" : char.ToUpperInvariant(word[0]) + word[1..];

    private static JsonElement? Find(JsonElement parent, params ReadOnlySpan<string> path)
    {
        foreach (string name in path)
        {
            if (parent.ValueKind != JsonValueKind.Object || !parent.TryGetProperty(name, out parent) || parent.ValueKind == JsonValueKind.Null)
            {
                return null;
            }
        }

        return parent;
    }
}
