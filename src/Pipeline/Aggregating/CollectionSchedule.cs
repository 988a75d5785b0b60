namespace OpencodeOtel.Pipeline.Aggregating;

/// <summary>Says when metrics are to be collected: at whole intervals after the first measurement, by the pipeline's clock.</summary>
/// <remarks>
/// It has no timer of its own and knows only the times that it is given, so a replay, whose clock is the recording's,
/// collects at the same places every time. A clock that is set back begins the interval anew, as it would otherwise be silent
/// until it has caught up. The last collection, at the end, is not its business.
/// </remarks>
/// <param name="interval">The time between two collections; at least a millisecond.</param>
internal sealed class CollectionSchedule(TimeSpan interval)
{
    private readonly long _interval = Math.Max(1, (long)interval.TotalMilliseconds);

    /// <summary>Gets when the next collection is due, in Unix milliseconds; <see langword="null"/> before the first measurement.</summary>
    public long? NextDue { get; private set; }

    /// <summary>Starts the intervals at the first measurement; later calls change nothing.</summary>
    /// <param name="unixMs">The time of the measurement.</param>
    public void Start(long unixMs) => NextDue ??= OneLater(Math.Max(0, unixMs));

    /// <summary>Takes the collection that is due, if one is.</summary>
    /// <param name="nowUnixMs">The pipeline's clock.</param>
    /// <param name="boundary">
    /// The last end of an interval that has passed: a clock that jumps over several makes one collection. To collect before
    /// the event that moved the clock is handled, with this time, keeps a replay's points in the interval that they belong to.
    /// </param>
    /// <returns>Whether one is due; then the next one is due an interval after <paramref name="boundary"/>.</returns>
    public bool TryTake(long nowUnixMs, out long boundary)
    {
        boundary = 0;
        if (nowUnixMs < NextDue - _interval)
        {
            NextDue = OneLater(Math.Max(0, nowUnixMs));
        }

        if (NextDue is not long due || nowUnixMs < due)
        {
            return false;
        }

        boundary = due + ((nowUnixMs - due) / _interval * _interval);
        NextDue = OneLater(boundary);
        return true;
    }

    // A time out of this world, from a broken event, must not wrap round and make every later time due.
    private long OneLater(long unixMs) => unixMs > long.MaxValue - _interval ? long.MaxValue : unixMs + _interval;
}
