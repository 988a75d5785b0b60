using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Enriching.Emitting;
using OpencodeOtel.Pipeline.Enriching.State;

namespace OpencodeOtel.Pipeline.Enriching.Tracking;

/// <summary>The life of runs: they start, get their key, wait for what is open, and end.</summary>
/// <param name="clock">The time.</param>
/// <param name="contexts">The ids of runs.</param>
/// <param name="untold">Agents that the user says.</param>
/// <param name="finished">Runs whose span was exported before.</param>
/// <param name="signals">What is made of a run.</param>
internal sealed class RunTracker(EventClock clock, SpanContexts contexts, UntoldNames untold, FinishedWork finished, RunSignals signals)
{
    private readonly RunWaits _waits = new();

    /// <summary>Gets the limit of the earliest wait by the clock, in Unix milliseconds; <see cref="long.MaxValue"/> if no run waits, or only for events.</summary>
    public long NextDeadline => clock.Elapsed > 0 && _waits.Earliest is { } run ? run.ClockDeadline : long.MaxValue;

    /// <summary>Gets how many runs have ended in which there was something to do.</summary>
    public long Worked { get; private set; }

    /// <summary>Gets a value indicating whether any run waits.</summary>
    public bool AnyWaits => _waits.Earliest is not null;

    /// <summary>Starts a run of a session that has no open one.</summary>
    public RunState Start(SessionState session, long start)
    {
        var run = new RunState(session, start > 0 ? start : clock.Now) { Agent = untold.Agent(session) };
        session.Run = run;
        session.IsDeleted = false;
        contexts.Bind(run);
        return run;
    }

    /// <summary>Gives a run its key, unless it has one; spans that waited for it are made.</summary>
    public void SetKey(RunState run, ReadOnlySpan<byte> key)
    {
        if (run.Key.Length > 0 || key.IsEmpty)
        {
            return;
        }

        run.Key = key.SequenceEqual(run.FallbackKey) ? run.FallbackKey : key.ToArray();
        run.IsSpanDone = finished.Exported.Contains(run.Session.Hash.Append(IdKind.Run, key));
        signals.Release(run);
    }

    /// <summary>Gives a run whose user message was never seen its key.</summary>
    public void SettleKey(RunState run) => SetKey(run, run.FallbackKey);

    /// <summary>The session's idle: its run ends, or waits for what is open.</summary>
    public void Idle(RunState run, long time)
    {
        if (run.Open.First is null)
        {
            run.IsIdle = true;
            End(run, Math.Max(time, run.LastEnd), RunEnding.Idle);
        }
        else if (!run.IsIdle)
        {
            run.IsIdle = true;
            _waits.Start(run, time, clock);
        }
    }

    /// <summary>The session's error: the run has failed, and ends at its idle or after the wait. The first error counts.</summary>
    public void Fail(RunState run, OtlpString error)
    {
        run.Error ??= error.Utf8.ToArray();
        run.HasFailed = true;
        if (!run.IsWaiting)
        {
            _waits.Start(run, clock.Now, clock);
        }
    }

    /// <summary>A message or call is seen for the first time. If it is not finished already, an error was not the end of its run.</summary>
    public void Begin(RunState run, WorkState work, bool isFinished)
    {
        if (run.IsEnded)
        {
            return;
        }

        run.Open.Add(work);
        if (!isFinished && run.IsWaiting && !run.IsIdle)
        {
            _waits.Stop(run);
        }
    }

    /// <summary>A message or call has ended: it may be the last that its run waits for.</summary>
    public void Finish(RunState run, WorkState work, long end)
    {
        work.OpenIn?.Remove(work);
        if (run.IsEnded)
        {
            return;
        }

        if (clock.HasReached(end))
        {
            run.LastEnd = Math.Max(run.LastEnd, end);
        }

        if (run.IsIdle && run.Open.First is null)
        {
            End(run, Math.Max(run.WaitStart, run.LastEnd), RunEnding.Idle);
        }
    }

    /// <summary>A prompt comes: it ends a run that has had its idle.</summary>
    public void EndIfIdle(RunState run, long time)
    {
        if (run.IsIdle)
        {
            End(run, Math.Clamp(time, run.WaitStart, run.WaitStart + RunWaits.Limit), RunEnding.Wait);
        }
    }

    /// <summary>Ends the runs whose wait has reached its limit.</summary>
    public void EndOverdue()
    {
        while (_waits.Earliest is { } run && (run.EventDeadline <= clock.Largest || run.ClockDeadline <= clock.Elapsed))
        {
            End(run, run.WaitStart + RunWaits.Limit, RunEnding.Wait);
        }
    }

    /// <summary>Ends a run because nothing more will be seen of it. One that waits to end has been told its end.</summary>
    public void EndUnseen(RunState run)
    {
        if (run.IsWaiting)
        {
            long end = Math.Max(run.LastEnd, Math.Min(clock.Now, run.WaitStart + RunWaits.Limit));
            End(run, end, RunEnding.Wait, isStreamEnd: true);
        }
        else
        {
            End(run, clock.Now, RunEnding.Stream, isStreamEnd: true);
        }
    }

    /// <summary>Ends a run because nothing was heard of its session for long.</summary>
    /// <param name="run">The run.</param>
    /// <param name="heard">When its session was heard of last, in Unix milliseconds.</param>
    public void EndQuiet(RunState run, long heard) => End(run, Math.Max(heard, run.LastEnd), RunEnding.Quiet, isStreamEnd: true);

    /// <summary>Ends a run because its session is deleted.</summary>
    public void EndDeleted(RunState run) => End(run, clock.Now, RunEnding.Deletion);

    private void End(RunState run, long end, RunEnding ending, bool isStreamEnd = false)
    {
        _waits.Stop(run);
        Worked += run.IsWork ? 1 : 0;
        SettleKey(run);
        signals.Release(run);
        run.IsEnded = true;
        run.Start = clock.IsCredible(run.Start) ? run.Start : Math.Min(run.Start, end);
        run.End = Math.Max(run.Start, end);
        run.Session.Run = null;
        signals.Ended(run, ending, isStreamEnd);
        run.Error = null;
        run.Session.LastSpan = contexts.Of(run);
        run.Session.LastRun = run;
    }
}
