namespace OpencodeOtel.Pipeline.Attaching;

/// <summary>Tells the pipeline what was missed of several sessions, in the order in which it happened.</summary>
/// <remarks>
/// A sub-agent works while its parent's run is open: told after the parent's idle, it would have no place, or that of a later run.
/// </remarks>
/// <param name="pipeline">Is told.</param>
/// <param name="gap">What was missed.</param>
internal sealed class GapTeller(TelemetryPipeline pipeline, Gap gap)
{
    /// <summary>Tells it.</summary>
    /// <param name="sessions">The sessions, parents before their children.</param>
    public void Tell(IEnumerable<MissedSession> sessions)
    {
        var catchUp = new SessionCatchUp(pipeline, gap);
        var events = new BusEvents(pipeline.OpenInput());

        // All are listed before the first is told: what is known of a session decides what is told of it.
        List<(long At, MissedEvent Missed)> all = [.. sessions.SelectMany(session => InOrder(catchUp.EventsOf(session)))];
        foreach ((_, MissedEvent missed) in all.OrderBy(entry => entry.At))
        {
            events.Tell(missed);
        }
    }

    /// <summary>The events of one session keep their order, whatever their times: each comes when the latest before it has come.</summary>
    private static IEnumerable<(long At, MissedEvent Missed)> InOrder(IEnumerable<MissedEvent> events)
    {
        long at = 0;
        foreach (MissedEvent missed in events)
        {
            at = Math.Max(at, missed.Time);
            yield return (at, missed);
        }
    }
}
