using OpencodeOtel.Pipeline.Enriching.State;
using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Enriching.Tracking;

/// <summary>Tells which run a message or call belongs to, also when it comes early, late, or in the middle.</summary>
/// <param name="runs">Starts runs.</param>
/// <param name="messages">The open messages.</param>
/// <param name="finished">The finished ones.</param>
internal sealed class RunFinder(RunTracker runs, AgedTable<MessageState> messages, FinishedWork finished)
{
    /// <summary>The run of an assistant message: its prompt's, the open one, or one that is joined in the middle.</summary>
    public RunState OfMessage(SessionState session, PromptState? prompt, in MessageEvent message)
    {
        RunState run = prompt?.Run ?? Find(session, message);

        // The run format tells of no user message; its first message is what a later run of the session does not have in common.
        runs.SetKey(run, message.ParentId.IsEmpty && session.IsInferred ? message.MessageId : message.ParentId);
        if (prompt is { Run: null })
        {
            // A prompt from before we listened: its run is the one that it is answered in.
            prompt.Run = run;
            run.Agent = run.Agent.IsEmpty ? prompt.Agent : run.Agent;
        }

        return run;
    }

    /// <summary>The run of a tool call: its message's, the last one if it is late, the open one, or one that is joined in the middle.</summary>
    public RunState OfCall(SessionState session, in PartEvent part, ReadOnlySpan<byte> callId)
    {
        IdHash message = session.Hash.Append(IdKind.Message, part.MessageId);
        if (messages.TryFind(message, out MessageState? open))
        {
            return open.Run;
        }

        long start = part.TimeStart > 0 ? part.TimeStart : part.TimeEnd;
        RunState? last = session.LastRun;
        if (session.Run is { } run)
        {
            return last is not null && IsBefore(run, last, start) ? last : run;
        }

        return last is not null && (session.IsDeleted || finished.Counted.Contains(message) || IsWithin(last, start))
            ? last
            : StartInTheMiddle(session, start, callId);
    }

    private RunState Find(SessionState session, in MessageEvent message)
    {
        RunState? last = session.LastRun;
        if (last is not null && message.ParentId.SequenceEqual(last.Key))
        {
            return last;
        }

        if (session.Run is { } open)
        {
            return last is not null && IsBefore(open, last, message.TimeCreated) ? last : open;
        }

        return last is not null && (session.IsDeleted || (message.ParentId.IsEmpty && IsWithin(last, message.TimeCreated)))
            ? last
            : StartInTheMiddle(session, message.TimeCreated, message.MessageId);
    }

    // What begins soon after the end is late, not new: a new run would have shown its prompt first.
    private static bool IsWithin(RunState run, long start) => start <= run.End + RunWaits.Limit;

    // What began before the open run did is of the last one.
    private static bool IsBefore(RunState run, RunState last, long start) => start > 0 && start < run.Start && IsWithin(last, start);

    private RunState StartInTheMiddle(SessionState session, long start, ReadOnlySpan<byte> firstId)
    {
        RunState run = runs.Start(session, start);
        if (session.LastRun is not null || session.IsRemembered)
        {
            // The session's id stands for its first run without a prompt; another one needs a name of its own.
            run.FallbackKey = firstId.ToArray();
        }

        return run;
    }
}
