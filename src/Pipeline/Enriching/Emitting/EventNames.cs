using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Enriching.Emitting;

/// <summary>The names of our log records.</summary>
internal static class EventNames
{
    public static readonly OtlpString SessionCreated = OtlpString.Transcode("session.created");
    public static readonly OtlpString SessionIdle = OtlpString.Transcode("session.idle");
    public static readonly OtlpString SessionError = OtlpString.Transcode("session.error");
    public static readonly OtlpString UserPrompt = OtlpString.Transcode("user_prompt");
    public static readonly OtlpString ApiRequest = OtlpString.Transcode("api_request");
    public static readonly OtlpString ApiError = OtlpString.Transcode("api_error");
    public static readonly OtlpString Commit = OtlpString.Transcode("commit");
    public static readonly OtlpString SubtaskInvoked = OtlpString.Transcode("subtask_invoked");
    public static readonly OtlpString ToolDecision = OtlpString.Transcode("tool_decision");
    public static readonly OtlpString ToolResult = OtlpString.Transcode("tool_result");
}
