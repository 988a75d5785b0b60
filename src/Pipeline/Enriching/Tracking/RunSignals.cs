using OpencodeOtel.Pipeline.Enriching.Emitting;
using OpencodeOtel.Pipeline.Enriching.State;

namespace OpencodeOtel.Pipeline.Enriching.Tracking;

/// <summary>What is made of a run when it ends, in order: its prompts, its open work, its span, its totals.</summary>
internal sealed class RunSignals(
    SignalEmitters emit,
    PromptRecords prompts,
    UnfinishedWork unfinished,
    Pool<ToolCallState> calls)
{
    /// <summary>Makes the spans of finished calls that waited for the run's key.</summary>
    public void Release(RunState run)
    {
        foreach (ToolCallState call in run.Held)
        {
            emit.ToolSpans.Emit(call);
            call.Clear();
            calls.Return(call);
        }

        run.Held.Clear();
    }

    /// <summary>Makes everything of a run that has ended. An end that only the stream had gives no totals: the run goes on, unseen.</summary>
    public void Ended(RunState run, RunEnding ending, bool isStreamEnd)
    {
        prompts.MakeAll(run.Session);
        unfinished.EndAll(run, isStreamEnd);
        emit.SessionSpans.Emit(run, ending);
        if (ending is not (RunEnding.Stream or RunEnding.Quiet))
        {
            emit.Logs.RunEnded(run);
            emit.Measurements.RunEnded(run);
        }

        ForgetContent(run);
    }

    private static void ForgetContent(RunState run)
    {
        foreach (PromptState prompt in run.Captured)
        {
            // One that was forgotten meanwhile may be another's by now.
            if (ReferenceEquals(prompt.Run, run))
            {
                prompt.Text.Clear();
            }
        }

        run.Captured.Clear();
    }
}
