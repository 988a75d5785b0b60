using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Enriching.Emitting;

/// <summary>The keys of every attribute that we set, as UTF-8.</summary>
internal static class AttributeKeys
{
    // On more than one signal.
    public static readonly OtlpString EventName = OtlpString.Transcode("event.name");
    public static readonly OtlpString SessionId = OtlpString.Transcode("session.id");
    public static readonly OtlpString ProjectId = OtlpString.Transcode("project.id");
    public static readonly OtlpString Agent = OtlpString.Transcode("agent");
    public static readonly OtlpString Model = OtlpString.Transcode("model");
    public static readonly OtlpString Provider = OtlpString.Transcode("provider");
    public static readonly OtlpString Type = OtlpString.Transcode("type");
    public static readonly OtlpString Error = OtlpString.Transcode("error");
    public static readonly OtlpString ToolName = OtlpString.Transcode("tool_name");
    public static readonly OtlpString Success = OtlpString.Transcode("success");
    public static readonly OtlpString DurationMs = OtlpString.Transcode("duration_ms");
    public static readonly OtlpString IsSubagent = OtlpString.Transcode("is_subagent");
    public static readonly OtlpString CostUsd = OtlpString.Transcode("cost_usd");

    // On log records.
    public static readonly OtlpString TotalTokens = OtlpString.Transcode("total_tokens");
    public static readonly OtlpString TotalCostUsd = OtlpString.Transcode("total_cost_usd");
    public static readonly OtlpString TotalMessages = OtlpString.Transcode("total_messages");
    public static readonly OtlpString PromptLength = OtlpString.Transcode("prompt_length");
    public static readonly OtlpString InputTokens = OtlpString.Transcode("input_tokens");
    public static readonly OtlpString OutputTokens = OtlpString.Transcode("output_tokens");
    public static readonly OtlpString ReasoningTokens = OtlpString.Transcode("reasoning_tokens");
    public static readonly OtlpString CacheReadTokens = OtlpString.Transcode("cache_read_tokens");
    public static readonly OtlpString CacheCreationTokens = OtlpString.Transcode("cache_creation_tokens");
    public static readonly OtlpString ToolType = OtlpString.Transcode("tool_type");
    public static readonly OtlpString Decision = OtlpString.Transcode("decision");
    public static readonly OtlpString Source = OtlpString.Transcode("source");
    public static readonly OtlpString Description = OtlpString.Transcode("description");
    public static readonly OtlpString ToolResultSizeBytes = OtlpString.Transcode("tool_result_size_bytes");

    // On spans.
    public static readonly OtlpString OpenInferenceSpanKind = OtlpString.Transcode("openinference.span.kind");
    public static readonly OtlpString AgentName = OtlpString.Transcode("agent.name");
    public static readonly OtlpString SessionIsSubagent = OtlpString.Transcode("session.is_subagent");
    public static readonly OtlpString SessionTotalTokens = OtlpString.Transcode("session.total_tokens");
    public static readonly OtlpString SessionTotalCostUsd = OtlpString.Transcode("session.total_cost_usd");
    public static readonly OtlpString SessionTotalMessages = OtlpString.Transcode("session.total_messages");
    public static readonly OtlpString SessionEndReason = OtlpString.Transcode("session.end_reason");
    public static readonly OtlpString LlmSystem = OtlpString.Transcode("llm.system");
    public static readonly OtlpString LlmProvider = OtlpString.Transcode("llm.provider");
    public static readonly OtlpString LlmModelName = OtlpString.Transcode("llm.model_name");
    public static readonly OtlpString LlmTokensPrompt = OtlpString.Transcode("llm.token_count.prompt");
    public static readonly OtlpString LlmTokensCompletion = OtlpString.Transcode("llm.token_count.completion");
    public static readonly OtlpString LlmTokensReasoning = OtlpString.Transcode("llm.token_count.completion_details.reasoning");
    public static readonly OtlpString LlmTokensCacheRead = OtlpString.Transcode("llm.token_count.prompt_details.cache_read");
    public static readonly OtlpString LlmTokensCacheWrite = OtlpString.Transcode("llm.token_count.prompt_details.cache_write");
    public static readonly OtlpString LlmTokensTotal = OtlpString.Transcode("llm.token_count.total");
    public static readonly OtlpString LlmFinishReason = OtlpString.Transcode("llm.finish_reason");
    public static readonly OtlpString LlmCostTotal = OtlpString.Transcode("llm.cost.total");
    public static readonly OtlpString LlmInputMessages = OtlpString.Transcode("llm.input_messages");
    public static readonly OtlpString LlmOutputMessages = OtlpString.Transcode("llm.output_messages");
    public static readonly OtlpString InputValue = OtlpString.Transcode("input.value");
    public static readonly OtlpString InputMimeType = OtlpString.Transcode("input.mime_type");
    public static readonly OtlpString OutputValue = OtlpString.Transcode("output.value");
    public static readonly OtlpString OutputMimeType = OtlpString.Transcode("output.mime_type");
    public static readonly OtlpString ToolId = OtlpString.Transcode("tool.id");
    public static readonly OtlpString ToolNameOnSpan = OtlpString.Transcode("tool.name");
    public static readonly OtlpString ToolSuccess = OtlpString.Transcode("tool.success");
    public static readonly OtlpString ToolResultSizeBytesOnSpan = OtlpString.Transcode("tool.result_size_bytes");
    public static readonly OtlpString ToolError = OtlpString.Transcode("tool.error");
    public static readonly OtlpString ToolParameters = OtlpString.Transcode("tool.parameters");
}
