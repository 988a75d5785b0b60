using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Enriching.State;
using OpencodeOtel.Pipeline.Enriching.Texts;

namespace OpencodeOtel.Pipeline.Enriching.Emitting;

/// <summary>Makes tool spans.</summary>
/// <param name="context">Tells the prefix of the name, and the limit of content.</param>
/// <param name="spans">What all spans have in common.</param>
internal sealed class ToolSpans(EnrichingContext context, SpanEmitter spans)
{
    private readonly OtlpString _prefix = OtlpString.Transcode(context.Options.MetricPrefix + "tool.");
    private readonly ContentText _content = new(context.Scratch, context.Options.ContentLimitBytes);

    /// <summary>Makes the span of a call that was finished.</summary>
    public void Emit(ToolCallState call)
    {
        if (!TryBegin(call))
        {
            return;
        }

        spans.AtEnd(AttributeKeys.ToolSuccess, call.IsSuccess);
        if (call.IsSuccess)
        {
            spans.AtEnd(AttributeKeys.ToolResultSizeBytesOnSpan, call.OutputBytes);
        }
        else
        {
            spans.AtEnd(AttributeKeys.ToolError, call.Error);
        }

        Emit(call, call.End, call.IsSuccess ? StatusCode.Ok : StatusCode.Error, call.Error);
    }

    /// <summary>Makes the span of a call that is not finished.</summary>
    public void EmitUnfinished(ToolCallState call, long end, OtlpString error)
    {
        if (TryBegin(call))
        {
            Emit(call, end, StatusCode.Error, error);
        }
    }

    private bool TryBegin(ToolCallState call)
    {
        bool isWanted = spans.Contexts.Has(SpanTypes.Tool) && !call.IsSpanDone;
        call.IsSpanDone = true;
        if (isWanted)
        {
            spans.Begin(call.Session, Words.ToolKind);
            spans.AtStart(AttributeKeys.ToolId, call.Id);
            spans.AtStart(AttributeKeys.ToolNameOnSpan, call.Tool);
            spans.Configured();
        }

        return isWanted;
    }

    private void Emit(ToolCallState call, long end, StatusCode status, OtlpString error)
    {
        if (call.Input.IsPresent)
        {
            OtlpString input = _content.CompactJson(call.Input.Utf8);
            spans.AtEnd(AttributeKeys.ToolParameters, input);
            spans.AtEnd(AttributeKeys.InputValue, input);
            spans.AtEnd(AttributeKeys.InputMimeType, Words.Json);
        }

        if (call.Output.IsPresent)
        {
            spans.AtEnd(AttributeKeys.OutputValue, context.Scratch.Append(call.Output.Utf8));
            spans.AtEnd(AttributeKeys.OutputMimeType, Words.PlainText);
        }

        spans.Contexts.Settle(call.Run);
        spans.Emit(Name(call.Tool), SpanKind.Internal, spans.Contexts.Of(call), spans.Contexts.WithinRun(call.Run), call.Start, end, status, error);
    }

    private OtlpString Name(OtlpString tool)
    {
        Span<byte> name = context.Scratch.Reserve(_prefix.Utf8.Length + tool.Utf8.Length);
        _prefix.Utf8.CopyTo(name);
        tool.Utf8.CopyTo(name[_prefix.Utf8.Length..]);
        return context.Scratch.Take(name.Length);
    }
}
