using System.Diagnostics.CodeAnalysis;
using OpencodeOtel.Pipeline.Enriching.State;

namespace OpencodeOtel.Pipeline.Enriching.Tracking;

/// <summary>Which sessions are known: they come with their first event and go when they are deleted, or for want of room.</summary>
/// <param name="context">What enriching works with.</param>
/// <param name="sessions">The sessions.</param>
/// <param name="runs">Ends the runs of sessions that go.</param>
/// <param name="records">Makes the records of their prompts.</param>
/// <param name="finished">Remembers which runs were exported.</param>
/// <param name="sink">Learns which sessions go.</param>
internal sealed class SessionRegistry(
    EnrichingContext context, SessionTable sessions, RunTracker runs, PromptRecords records, FinishedWork finished, ISignalSink sink)
{
    /// <summary>Whether it is an id that is kept; one that is too long is counted.</summary>
    public bool IsId(ReadOnlySpan<byte> id)
    {
        if (id.Length > context.Limits.IdBytes)
        {
            context.Counts.IdsTooLong++;
            return false;
        }

        return !id.IsEmpty;
    }

    /// <summary>The session that an event is about, made known if it was not; <see langword="null"/> if the event names none.</summary>
    public SessionState? Get(ReadOnlySpan<byte> id)
    {
        if (!IsId(id))
        {
            return null;
        }

        if (sessions.TryTouch(id, out SessionState? known))
        {
            return known;
        }

        if (sessions.Overdue is { } oldest)
        {
            context.Counts.SessionsEnded += oldest.Run is null ? 0 : 1;
            context.Counts.SessionsForgotten += oldest.Run is null ? 1 : 0;
            EndRun(oldest);
            Forget(oldest);
        }

        return sessions.Add(id);
    }

    /// <summary>The session that an event is about, if it is known.</summary>
    public bool TryGet(ReadOnlySpan<byte> id, [NotNullWhen(true)] out SessionState? session) => sessions.TryTouch(id, out session);

    /// <summary>A session is deleted, with what is open in it.</summary>
    public void Delete(SessionState session)
    {
        if (session.Run is { } run)
        {
            runs.EndDeleted(run);
        }

        if (session.LastRun is { } last)
        {
            finished.Exported.Add(session.Hash.Append(IdKind.Run, last.Key));
        }

        Forget(session);
    }

    /// <summary>Ends every session: nothing more will be seen.</summary>
    public void EndAll()
    {
        for (SessionState? session = sessions.Oldest; session is not null; session = SessionTable.Next(session))
        {
            EndRun(session);
        }

        // Only now: a child's run may look for its parent's while it ends.
        while (sessions.Oldest is { } session)
        {
            Forget(session);
        }
    }

    private void EndRun(SessionState session)
    {
        if (session.Run is { } run)
        {
            runs.EndUnseen(run);
            finished.Exported.Add(session.Hash.Append(IdKind.Run, run.Key));
        }
    }

    private void Forget(SessionState session)
    {
        records.MakeAll(session);
        sessions.Remove(session);
        sink.SessionEnded(session.Id);
    }
}
