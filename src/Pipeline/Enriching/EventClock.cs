namespace OpencodeOtel.Pipeline.Enriching;

/// <summary>What time it is: the clock's, or for a recording the largest time seen in its events. Unix milliseconds.</summary>
/// <param name="time">The clock.</param>
/// <param name="useEvents">Whether "now" is the events' time.</param>
internal sealed class EventClock(TimeProvider time, bool useEvents)
{
    // A time beyond what 64 bits of nanoseconds hold is no time; one such value must not end every wait.
    private const long Latest = long.MaxValue / 1_000_000;

    private long _now = -1;
    private long _waitNow;

    /// <summary>Gets the time at which the event in hand is handled: it does not move until the next <see cref="Observe"/>.</summary>
    public long Now => _now >= 0 ? _now : _now = useEvents && Largest > 0 ? Largest : Clock;

    /// <summary>Gets the time that waits are measured by: the larger of event time and clock, which never goes back.</summary>
    public long WaitNow => _waitNow = Math.Max(_waitNow, useEvents ? Largest : Math.Max(Largest, Clock));

    /// <summary>Gets the largest time seen in the events; 0 before the first.</summary>
    public long Largest { get; private set; }

    private long Clock => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Starts a new moment, with the time that an event carries; 0 for none.</summary>
    public void Observe(long eventTime)
    {
        _now = -1;
        if (eventTime > Largest && eventTime <= Latest)
        {
            Largest = eventTime;
        }
    }

    /// <summary>Milliseconds as nanoseconds; what does not fit stops at the ends of the range.</summary>
    public static ulong ToUnixNano(long milliseconds) => (ulong)Math.Clamp(milliseconds, 0, Latest) * 1_000_000;
}
