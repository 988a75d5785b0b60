namespace OpencodeOtel.Pipeline.Enriching;

/// <summary>What time it is: the clock's, or for a recording the largest time seen in its events. Unix milliseconds.</summary>
/// <remarks>
/// One event with a wrong time must not move the events' clock for good. A time that is more than a day ahead of all others does
/// not move it until another event, with another time, is within a day of it: then the stream has gone on after a pause. As long
/// as no two events of a stream were within a day of each other, the last one is believed.
/// </remarks>
/// <param name="time">The clock.</param>
/// <param name="useEvents">Whether "now" is the events' time.</param>
/// <param name="counts">Where times that were not believed at once are counted.</param>
internal sealed class EventClock(TimeProvider time, bool useEvents, EnrichingCounts counts)
{
    /// <summary>How far ahead of all others an event's time may be, in milliseconds.</summary>
    public const long LongestLeap = 24 * 60 * 60 * 1000;

    // A time beyond what 64 bits of nanoseconds hold is no time; one such value must not end every wait.
    private const long Latest = long.MaxValue / 1_000_000;

    private long _reading;
    private bool _isRead;
    private long _monotone;
    private long _leap;
    private bool _isConfirmed;
    private long _beginning;

    /// <summary>Gets the time at which the event in hand is handled: it does not move until the next <see cref="Observe"/>.</summary>
    public long Now => useEvents && Reached > 0 ? Reached : Reading;

    /// <summary>Gets the clock's time, which never goes back; that of a replay does not pass.</summary>
    public long Elapsed => useEvents ? 0 : _monotone = Math.Max(_monotone, Reading);

    /// <summary>Gets the largest time seen in the events; 0 before the first.</summary>
    public long Largest { get; private set; }

    /// <summary>Gets how far the events' time has come: the largest seen, or before the first what a recording begins with; 0 if nothing tells.</summary>
    public long Reached => Largest > 0 ? Largest : _beginning;

    /// <summary>Gets the time by which it is told how long nothing was heard: the events' in a replay, else the clock's.</summary>
    public long Heard => useEvents ? Largest : Elapsed;

    private long Reading
    {
        get
        {
            if (!_isRead)
            {
                _isRead = true;
                _reading = time.GetUtcNow().ToUnixTimeMilliseconds();
            }

            return _reading;
        }
    }

    /// <summary>Takes the first time of a recording, for events before it: by no other clock than its own.</summary>
    public void BeginRecording(long firstTime) => _beginning = firstTime <= Latest ? firstTime : 0;

    /// <summary>Starts a new moment, with the time that an event carries; 0 for none.</summary>
    public void Observe(long eventTime)
    {
        _isRead = false;
        if (eventTime is <= 0 or > Latest)
        {
            return;
        }

        bool isFar = Largest > 0 && Math.Abs(eventTime - Largest) > LongestLeap;
        if (isFar && !_isConfirmed)
        {
            // One of two is wrong, and nobody can say which: the next event will.
            _leap = 0;
            Largest = eventTime;
            counts.LeapsOfTime++;
        }
        else if (isFar && eventTime > Largest)
        {
            Leap(eventTime);
        }
        else if (!isFar)
        {
            _isConfirmed |= Largest > 0;

            // The stream has gone on without the leap.
            _leap = eventTime > Largest ? 0 : _leap;
            Largest = Math.Max(Largest, eventTime);
        }
    }

    /// <summary>Whether the events' clock has come as far as a time that an event carries.</summary>
    public bool HasReached(long eventTime) => eventTime <= Largest;

    /// <summary>Whether the events' clock has come as far, or may have: nothing contradicts it yet.</summary>
    public bool IsCredible(long eventTime) => eventTime <= Largest || eventTime == _leap;

    /// <summary>Milliseconds as nanoseconds; what does not fit stops at the ends of the range.</summary>
    public static ulong ToUnixNano(long milliseconds) => (ulong)Math.Clamp(milliseconds, 0, Latest) * 1_000_000;

    private void Leap(long eventTime)
    {
        // The same time again is the same event again, or another part of the same mistake.
        if (_leap > 0 && eventTime != _leap && Math.Abs(eventTime - _leap) <= LongestLeap)
        {
            Largest = Math.Max(_leap, eventTime);
            _leap = 0;
        }
        else if (eventTime != _leap)
        {
            _leap = eventTime;
            counts.LeapsOfTime++;
        }
    }
}
