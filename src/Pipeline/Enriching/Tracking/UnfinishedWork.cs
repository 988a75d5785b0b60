using OpencodeOtel.Pipeline.Enriching.Emitting;
using OpencodeOtel.Pipeline.Enriching.State;

namespace OpencodeOtel.Pipeline.Enriching.Tracking;

/// <summary>Ends the spans of messages and calls that are still open when nobody waits for them any longer.</summary>
/// <param name="emit">Makes the spans.</param>
internal sealed class UnfinishedWork(SignalEmitters emit)
{
    /// <summary>Ends one span; what completes after that is still counted, without a span.</summary>
    /// <param name="work">The message or call.</param>
    /// <param name="end">The end, in Unix milliseconds.</param>
    /// <param name="isStreamEnd">Whether it is the stream that ended, not the session's run.</param>
    public void End(WorkState work, long end, bool isStreamEnd)
    {
        work.OpenIn?.Remove(work);
        if (work is MessageState message)
        {
            emit.LlmSpans.EmitUnfinished(message, end, isStreamEnd ? Words.StreamEndedBeforeMessage : Words.SessionEndedBeforeMessage);
        }
        else if (work is ToolCallState call)
        {
            emit.ToolSpans.EmitUnfinished(call, end, isStreamEnd ? Words.StreamEndedBeforeTool : Words.SessionEndedBeforeTool);
        }
    }

    /// <summary>Ends the spans of all open work of a run.</summary>
    public void EndAll(RunState run, bool isStreamEnd)
    {
        while (run.Open.First is { } work)
        {
            End(work, run.End, isStreamEnd);
        }
    }
}
