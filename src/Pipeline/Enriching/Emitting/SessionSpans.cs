using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Enriching.State;

namespace OpencodeOtel.Pipeline.Enriching.Emitting;

/// <summary>Makes session spans.</summary>
/// <param name="context">Tells the prefix of the name.</param>
/// <param name="spans">What all spans have in common.</param>
internal sealed class SessionSpans(EnrichingContext context, SpanEmitter spans)
{
    private readonly OtlpString _name = OtlpString.Transcode(context.Options.MetricPrefix + "session");

    /// <summary>Makes the span of a run that has ended.</summary>
    public void Emit(RunState run, RunEnding ending)
    {
        if (!spans.Contexts.Has(SpanTypes.Session) || run.IsSpanDone)
        {
            return;
        }

        SessionState session = run.Session;
        SpanContext span = spans.Contexts.Of(run);
        spans.Begin(session, Words.AgentKind);
        spans.AtStart(AttributeKeys.AgentName, run.Agent.IsEmpty ? Words.Unknown : run.Agent);
        spans.AtStart(AttributeKeys.SessionIsSubagent, !session.ParentId.IsEmpty);
        spans.Configured();
        spans.AtEnd(AttributeKeys.SessionTotalTokens, run.Tokens);
        spans.AtEnd(AttributeKeys.SessionTotalCostUsd, run.Cost);
        spans.AtEnd(AttributeKeys.SessionTotalMessages, (long)run.Messages);

        StatusCode status = StatusCode.Ok;
        OtlpString error = default;
        if (run.Error is { } text)
        {
            status = StatusCode.Error;
            error = OtlpString.WrapValidUtf8(text, 0, text.Length);
            spans.AtEnd(AttributeKeys.Error, error);
        }
        else if (EndReason(ending) is not null)
        {
            status = StatusCode.Unset;
        }

        if (EndReason(ending) is { } reason)
        {
            spans.AtEnd(AttributeKeys.SessionEndReason, reason);
        }

        spans.Emit(_name, SpanKind.Internal, span, spans.Contexts.AboveRun(run), run.Start, run.End, status, error, session.LastSpan);
        run.IsSpanDone = true;
    }

    private static OtlpString? EndReason(RunEnding ending) => ending switch
    {
        RunEnding.Stream => Words.StreamEnd,
        RunEnding.Quiet => Words.SessionQuiet,
        RunEnding.Deletion => Words.SessionDeleted,
        RunEnding.Idle or RunEnding.Wait => (OtlpString?)null,
        _ => throw new ArgumentOutOfRangeException(nameof(ending)),
    };
}
