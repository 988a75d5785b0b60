using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Enriching.Emitting;

/// <summary>The values that we set ourselves, as UTF-8.</summary>
internal static class Words
{
    public static readonly OtlpString Unknown = OtlpString.Transcode("unknown");
    public static readonly OtlpString Info = OtlpString.Transcode("INFO");
    public static readonly OtlpString ErrorSeverity = OtlpString.Transcode("ERROR");
    public static readonly OtlpString Input = OtlpString.Transcode("input");
    public static readonly OtlpString Output = OtlpString.Transcode("output");
    public static readonly OtlpString Reasoning = OtlpString.Transcode("reasoning");
    public static readonly OtlpString CacheRead = OtlpString.Transcode("cacheRead");
    public static readonly OtlpString CacheCreation = OtlpString.Transcode("cacheCreation");
    public static readonly OtlpString Added = OtlpString.Transcode("added");
    public static readonly OtlpString Removed = OtlpString.Transcode("removed");
    public static readonly OtlpString Accept = OtlpString.Transcode("accept");
    public static readonly OtlpString Reject = OtlpString.Transcode("reject");
    public static readonly OtlpString AgentKind = OtlpString.Transcode("AGENT");
    public static readonly OtlpString LlmKind = OtlpString.Transcode("LLM");
    public static readonly OtlpString ToolKind = OtlpString.Transcode("TOOL");
    public static readonly OtlpString FinishError = OtlpString.Transcode("error");
    public static readonly OtlpString FinishStop = OtlpString.Transcode("stop");
    public static readonly OtlpString StreamEnd = OtlpString.Transcode("stream_end");
    public static readonly OtlpString SessionQuiet = OtlpString.Transcode("session_quiet");
    public static readonly OtlpString SessionDeleted = OtlpString.Transcode("session_deleted");
    public static readonly OtlpString PlainText = OtlpString.Transcode("text/plain");
    public static readonly OtlpString Json = OtlpString.Transcode("application/json");
    public static readonly OtlpString SessionEndedBeforeTool = OtlpString.Transcode("session ended before tool completed");
    public static readonly OtlpString SessionEndedBeforeMessage = OtlpString.Transcode("session ended before message completed");
    public static readonly OtlpString StreamEndedBeforeTool = OtlpString.Transcode("stream ended before tool completed");
    public static readonly OtlpString StreamEndedBeforeMessage = OtlpString.Transcode("stream ended before message completed");
}
