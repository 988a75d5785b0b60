using System.Text;
using System.Text.Json;

namespace OpencodeOtel.Pipeline.Attaching;

/// <summary>A message as the API tells it.</summary>
internal readonly struct MissedMessage
{
    private MissedMessage(JsonElement info, JsonElement? parts)
    {
        Info = info;
        Parts = parts;
        IsUser = ApiJson.Text(info, "role") == "user";
        Created = ApiJson.Time(info, "created");
        Completed = ApiJson.Time(info, "completed");
    }

    /// <summary>Gets what is known of the message itself.</summary>
    public JsonElement Info { get; }

    /// <summary>Gets the list of its parts.</summary>
    public JsonElement? Parts { get; }

    /// <summary>Gets a value indicating whether it is a user's.</summary>
    public bool IsUser { get; }

    /// <summary>Gets its id, in UTF-8.</summary>
    public byte[] Id => Encoding.UTF8.GetBytes(ApiJson.Text(Info, "id"));

    /// <summary>Gets when it began, in Unix milliseconds; 0 when not said.</summary>
    public long Created { get; }

    /// <summary>Gets when it was completed; 0 while it is not, and for a user's.</summary>
    public long Completed { get; }

    /// <summary>Gets the error that ended its session's work; <see langword="null"/> for none. Of that it had no structured answer opencode says nothing.</summary>
    public JsonElement? Error =>
        !IsUser && ApiJson.Member(Info, "error") is { ValueKind: JsonValueKind.Object } error && ApiJson.Text(error, "name") != "StructuredOutputError"
            ? error
            : null;

    /// <summary>Gets the last that happened to it.</summary>
    public long Last => Math.Max(Created, Completed);

    /// <summary>Gets a value indicating whether a user wrote it: opencode adds messages of its own, for compaction, within a run.</summary>
    public bool IsPrompt => IsUser && !ApiJson.Elements(Parts).DefaultIfEmpty().All(part =>
        ApiJson.Text(part, "type") == "compaction" || ApiJson.Member(part, "synthetic") is { ValueKind: JsonValueKind.True });

    /// <summary>Reads the messages of a session, in order.</summary>
    public static List<MissedMessage> ReadAll(JsonElement list) =>
    [
        .. from message in ApiJson.Elements(list)
           let info = ApiJson.Member(message, "info")
           where info is { ValueKind: JsonValueKind.Object }
           select new MissedMessage(info.Value, ApiJson.Member(message, "parts")),
    ];
}
