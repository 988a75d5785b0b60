namespace OpencodeOtel.Pipeline.Enriching.State;

/// <summary>The runs that wait to end, the earliest limit first.</summary>
/// <remarks>
/// All wait equally long by the larger of event time and clock, but never longer by the clock alone: events may be from a clock that
/// is ahead of ours. Neither goes back, so the order of waiting is the order of both limits.
/// </remarks>
internal sealed class RunWaits
{
    /// <summary>How long a run waits at most for what is open in it, in milliseconds.</summary>
    public const long Limit = 5_000;

    private RunState? _latest;

    /// <summary>Gets the run whose limit is next.</summary>
    public RunState? Earliest { get; private set; }

    /// <summary>Starts the wait of a run, or starts it again.</summary>
    /// <param name="run">The run.</param>
    /// <param name="since">Since when it waits, for its end.</param>
    /// <param name="clock">The time now.</param>
    public void Start(RunState run, long since, EventClock clock)
    {
        Stop(run);
        run.IsWaiting = true;
        run.WaitStart = since;
        run.EventDeadline = Math.Max(clock.Reached, clock.Elapsed) + Limit;
        run.ClockDeadline = clock.Elapsed + Limit;
        run.EarlierWait = _latest;
        _latest?.LaterWait = run;
        _latest = run;
        Earliest ??= run;
    }

    /// <summary>Ends the wait of a run, if it waits.</summary>
    public void Stop(RunState run)
    {
        if (!run.IsWaiting)
        {
            return;
        }

        if (run.EarlierWait is null)
        {
            Earliest = run.LaterWait;
        }
        else
        {
            run.EarlierWait.LaterWait = run.LaterWait;
        }

        if (run.LaterWait is null)
        {
            _latest = run.EarlierWait;
        }
        else
        {
            run.LaterWait.EarlierWait = run.EarlierWait;
        }

        run.IsWaiting = false;
        run.EarlierWait = null;
        run.LaterWait = null;
    }
}
