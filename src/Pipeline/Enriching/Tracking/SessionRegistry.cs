using System.Diagnostics.CodeAnalysis;
using OpencodeOtel.Pipeline.Enriching.State;

namespace OpencodeOtel.Pipeline.Enriching.Tracking;

/// <summary>Which sessions are known: they come with their first event and go when they are deleted, for want of room, or when they are quiet for long.</summary>
/// <remarks>A sub-agent's session that is heard of keeps those above it.</remarks>
/// <param name="context">What enriching works with.</param>
/// <param name="sessions">The sessions.</param>
/// <param name="runs">Ends the runs of sessions that go.</param>
/// <param name="records">Makes the records of their prompts.</param>
/// <param name="finished">Remembers which runs were exported.</param>
/// <param name="sink">Learns which sessions go.</param>
internal sealed class SessionRegistry(
    EnrichingContext context, SessionTable sessions, RunTracker runs, PromptRecords records, FinishedWork finished, ISignalSink sink)
{
    // Parents of parents; ids that name each other as parents must not be followed for ever.
    private const int DepthLimit = 64;

    private readonly AgedTable<PastSession> _past = new(context.Limits.PastSessions);
    private readonly long _quietTime = (long)context.Options.SessionQuietTime.TotalMilliseconds;
    private bool _hasForgotten;

    /// <summary>Gets a value indicating whether sessions were forgotten since this was asked last.</summary>
    public bool TakeForgotten()
    {
        bool hasForgotten = _hasForgotten;
        _hasForgotten = false;
        return hasForgotten;
    }

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

        if (TryGet(id, out SessionState? known))
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

        SessionState session = sessions.Add(id);
        session.Heard = context.Clock.Heard;
        if (_past.TryFind(session.Hash, out PastSession? past))
        {
            _past.Remove(past);
            past.Restore(session);
        }

        return session;
    }

    /// <summary>The session that an event is about, if it is known.</summary>
    public bool TryGet(ReadOnlySpan<byte> id, [NotNullWhen(true)] out SessionState? session)
    {
        if (!sessions.TryFind(id, out session))
        {
            return false;
        }

        long heard = context.Clock.Heard;
        SessionState above = session;
        for (int depth = 0; depth < DepthLimit && !above.ParentId.IsEmpty && sessions.TryFind(above.ParentId.Utf8, out SessionState? parent); depth++)
        {
            above = parent;
            above.Heard = heard;
            sessions.Touch(above);
        }

        session.Heard = heard;
        sessions.Touch(session);
        return true;
    }

    /// <summary>Forgets the sessions of which nothing was heard for the quiet time; an open run ends where they were heard of last.</summary>
    public void ForgetQuiet()
    {
        long heard = context.Clock.Heard;
        while (sessions.Oldest is { } oldest && heard - oldest.Heard >= _quietTime)
        {
            if (oldest.Heard == 0)
            {
                // Heard of before the first event of a replay that had a time.
                oldest.Heard = heard;
                sessions.Touch(oldest);
                continue;
            }

            if (oldest.Run is { } run)
            {
                runs.EndQuiet(run, oldest.Heard);
                finished.Exported.Add(oldest.Hash.Append(IdKind.Run, run.Key));
            }

            Forget(oldest);
        }
    }

    /// <summary>A session is deleted, with what is open in it. What completes later is counted, and is in no run's totals.</summary>
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

        session.IsDeleted = true;
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
        session.IsForgotten = true;
        _hasForgotten = true;
        if (_past.Overdue is { } oldest)
        {
            context.Counts.PastSessionsForgotten++;
            _past.Remove(oldest);
        }

        _past.Add(session.Hash, new PastSession(session));
        sink.SessionEnded(session.Id);
    }
}
