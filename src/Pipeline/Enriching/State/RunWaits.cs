namespace OpencodeOtel.Pipeline.Enriching.State;

/// <summary>The runs that wait to end, the earliest limit first.</summary>
/// <remarks>All wait equally long by a clock that never goes back, so the order of waiting is the order of the limits.</remarks>
internal sealed class RunWaits
{
    /// <summary>How long a run waits at most for what is open in it, in milliseconds.</summary>
    public const long Limit = 5_000;

    private RunState? _latest;

    /// <summary>Gets the run whose limit is next.</summary>
    public RunState? Earliest { get; private set; }

    /// <summary>Starts the wait of a run, or starts it again.</summary>
    /// <param name="run">The run.</param>
    /// <param name="now">The time now.</param>
    /// <param name="waitNow">The time now by the clock that waits are measured by.</param>
    public void Start(RunState run, long now, long waitNow)
    {
        Stop(run);
        run.IsWaiting = true;
        run.WaitStart = now;
        run.Deadline = waitNow + Limit;
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
