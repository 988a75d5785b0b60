using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Enriching.State;
using OpencodeOtel.Pipeline.Enriching.Texts;

namespace OpencodeOtel.Pipeline.Enriching.Emitting;

/// <summary>Makes LLM spans.</summary>
/// <param name="context">Tells the prefix of the name, and whether content is captured.</param>
/// <param name="spans">What all spans have in common.</param>
internal sealed class LlmSpans(EnrichingContext context, SpanEmitter spans)
{
    private readonly OtlpString _name = OtlpString.Transcode(context.Options.MetricPrefix + "llm");
    private readonly ContentText _content = new(context.Scratch, context.Options.ContentLimitBytes);
    private readonly int _contentLimit = context.Options.ContentLimitBytes;

    /// <summary>Makes the span of a message that was completed.</summary>
    /// <param name="message">The message.</param>
    /// <param name="prompt">The user message that it answers; <see langword="null"/> if that is not known.</param>
    /// <param name="result">How it was completed.</param>
    public void Emit(MessageState message, PromptState? prompt, in MessageResult result)
    {
        if (!TryBegin(message))
        {
            return;
        }

        spans.AtEnd(AttributeKeys.LlmTokensPrompt, result.Tokens.Input);
        spans.AtEnd(AttributeKeys.LlmTokensCompletion, result.Tokens.Output);
        spans.AtEnd(AttributeKeys.LlmTokensReasoning, result.Tokens.Reasoning);
        spans.AtEnd(AttributeKeys.LlmTokensCacheRead, result.Tokens.CacheRead);
        spans.AtEnd(AttributeKeys.LlmTokensCacheWrite, result.Tokens.CacheWrite);
        spans.AtEnd(AttributeKeys.LlmTokensTotal, result.Tokens.Total);
        spans.AtEnd(AttributeKeys.LlmFinishReason, result.IsError ? Words.FinishError : result.Finish);
        spans.AtEnd(AttributeKeys.LlmCostTotal, result.Cost);
        spans.AtEnd(AttributeKeys.CostUsd, result.Cost);
        spans.AtEnd(AttributeKeys.DurationMs, result.Duration);
        Content(message, prompt);
        Emit(message, message.Start + result.Duration, result.IsError ? StatusCode.Error : StatusCode.Ok, result.Error);
    }

    /// <summary>Makes the span of a message that is not completed.</summary>
    public void EmitUnfinished(MessageState message, long end, OtlpString error)
    {
        if (TryBegin(message))
        {
            Content(message, message.Prompt);
            Emit(message, end, StatusCode.Error, error);
        }
    }

    private bool TryBegin(MessageState message)
    {
        bool isWanted = spans.Contexts.Has(SpanTypes.Llm) && !message.IsSpanDone;
        message.IsSpanDone = true;
        if (isWanted)
        {
            spans.Begin(message.Session, Words.LlmKind);
            spans.AtStart(AttributeKeys.AgentName, message.Agent);
            spans.AtStart(AttributeKeys.LlmSystem, message.Provider);
            spans.AtStart(AttributeKeys.LlmProvider, message.Provider);
            spans.AtStart(AttributeKeys.LlmModelName, message.Model);
            spans.Configured();
        }

        return isWanted;
    }

    private void Emit(MessageState message, long end, StatusCode status, OtlpString error)
    {
        spans.Contexts.Settle(message.Run);
        spans.Emit(_name, SpanKind.Client, spans.Contexts.Of(message), spans.Contexts.WithinRun(message.Run), message.Start, end, status, error);
    }

    private void Content(MessageState message, PromptState? prompt)
    {
        if (!context.Options.CaptureContent)
        {
            return;
        }

        if (prompt is { Text.IsEmpty: false })
        {
            OtlpString input = prompt.Text.Join(context.Scratch, _contentLimit);
            spans.AtEnd(AttributeKeys.InputValue, input);
            spans.AtEnd(AttributeKeys.InputMimeType, Words.PlainText);
            spans.AtEnd(AttributeKeys.LlmInputMessages, _content.Message("user"u8, input.Utf8));
        }

        OtlpString output = message.Text.Join(context.Scratch, _contentLimit);
        spans.AtEnd(AttributeKeys.OutputValue, output);
        spans.AtEnd(AttributeKeys.OutputMimeType, Words.PlainText);
        spans.AtEnd(AttributeKeys.LlmOutputMessages, _content.Message("assistant"u8, output.Utf8));
    }
}
