using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Enriching.Emitting;
using OpencodeOtel.Pipeline.Enriching.State;
using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Enriching.Tracking;

/// <summary>Subtasks that a prompt invokes: each is said once, however often its part is, and also when the prompt was missed.</summary>
/// <param name="context">What enriching works with.</param>
/// <param name="emit">Makes the signals.</param>
/// <param name="finished">The parts that were said.</param>
internal sealed class SubtaskTracker(EnrichingContext context, SignalEmitters emit, FinishedWork finished)
{
    /// <summary>A subtask part of a user message.</summary>
    public void Updated(SessionState session, in PartEvent part)
    {
        IdHash hash = session.Hash.Append(IdKind.Message, part.MessageId).Append(IdKind.Part, part.PartId);
        if (finished.Counted.Contains(hash) || finished.Counted.Contains(session.Hash.Append(IdKind.OldPrompt, part.MessageId)))
        {
            return;
        }

        finished.Counted.Add(hash);
        OtlpString agent = part.SubtaskAgent.IsEmpty ? Words.Unknown : context.Texts.Get(part.SubtaskAgent);
        OtlpString description = context.Scratch.Append(part.Label, context.Options.ContentLimitBytes);
        emit.Measurements.SubtaskInvoked(session, agent);
        emit.Logs.SubtaskInvoked(session, agent, description, part.SubtaskPrompt.Utf16Length);
    }
}
