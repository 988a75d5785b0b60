using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Enriching.Emitting;
using OpencodeOtel.Pipeline.Enriching.State;
using OpencodeOtel.Pipeline.Enriching.Texts;
using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Enriching.Tracking;

/// <summary>The events of sessions themselves.</summary>
/// <param name="context">What enriching works with.</param>
/// <param name="emit">Makes the signals.</param>
/// <param name="runs">Starts and ends runs.</param>
internal sealed class SessionTracker(EnrichingContext context, SignalEmitters emit, RunTracker runs)
{
    /// <summary>A session was created: said once, and the start of its first run.</summary>
    public void Created(SessionState session, in SessionEvent created)
    {
        Learn(session, created);
        if (session.IsSeenFromStart)
        {
            return;
        }

        session.IsSeenFromStart = true;
        long start = created.TimeCreated > 0 && context.Clock.IsCredible(created.TimeCreated) ? created.TimeCreated : context.Clock.Now;
        emit.Measurements.SessionCreated(session);
        emit.Logs.SessionCreated(session, created.TimeCreated > 0 ? start : 0);
        if (session.LastRun is not null)
        {
            return;
        }

        if (session.Run is { } run)
        {
            run.Start = Math.Min(run.Start, start);
            emit.Contexts.Bind(run);
        }
        else
        {
            runs.Start(session, start);
        }
    }

    /// <summary>Takes what an event says of its session.</summary>
    public void Learn(SessionState session, in SessionEvent said)
    {
        session.ProjectId = context.Texts.Update(session.ProjectId, said.ProjectId);
        session.ParentId = context.Texts.Update(session.ParentId, said.ParentId);
        session.IsInferred |= said.IsInferred;
        if (session.Created == 0 && !said.IsInferred)
        {
            session.Created = said.TimeCreated;
        }
    }

    /// <summary>A session is idle: its run ends. One of which nothing was seen is logged with zeros, once.</summary>
    public void Idle(SessionState session, in SessionIdleEvent idle)
    {
        if (session.Run is { } run)
        {
            runs.Idle(run, idle.EventTime > 0 ? idle.EventTime : context.Clock.Now);
        }
        else if (session.LastRun is null && !session.IsIdleSaid)
        {
            session.IsIdleSaid = true;
            emit.Logs.IdleWithoutRun(session);
        }
    }

    /// <summary>A session has failed, or something that belongs to none.</summary>
    public void Failed(SessionState? session, in SessionErrorEvent failed)
    {
        OtlpString error = ErrorText.Of(failed.Error, context.Scratch, context.Options.ContentLimitBytes);
        IdHash hash = session?.Hash.Append(IdKind.Error, error.Utf8) ?? default;
        if (IsKnown(session?.Run ?? session?.LastRun, hash))
        {
            return;
        }

        if (session is { Run: null, LastRun: null, IsRemembered: false })
        {
            runs.Start(session, failed.EventTime);
        }

        // A document tells when its message failed; the stream says an error when it happens.
        emit.Logs.SessionError(session, error, context.IsTelling ? failed.EventTime : 0);
        if (session?.Run is { } run)
        {
            runs.Fail(run, error);
            run.ToldError = context.IsTelling ? hash : default;
        }
    }

    /// <summary>A session says how it does.</summary>
    public void Status(SessionState session, in SessionStatusEvent status)
    {
        if (status.Type == SessionStatusType.Retry)
        {
            emit.Measurements.Retried(session);
        }
    }

    // What is told from documents was said if its run has failed; what the stream says may have been told.
    private bool IsKnown(RunState? run, IdHash error)
    {
        if (context.IsTelling)
        {
            return run is { HasFailed: true };
        }

        bool isTold = run is not null && run.ToldError == error;
        run?.ToldError = isTold ? default : run.ToldError;
        return isTold;
    }
}
