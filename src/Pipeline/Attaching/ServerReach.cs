namespace OpencodeOtel.Pipeline.Attaching;

/// <summary>Whether a server is connected, followed, or out of reach, and since when. Set by its follower; safe for any thread to ask.</summary>
internal sealed class ServerReach
{
    private readonly TimeProvider _time;
    private long _lostSince;
    private volatile bool _isConnected;
    private volatile bool _isFollowing;

    public ServerReach(TimeProvider time)
    {
        _time = time;
        Lost();
    }

    /// <summary>Gets a value indicating whether events are read, what was missed before them included.</summary>
    public bool IsFollowing => _isFollowing;

    /// <summary>Whether the server has been out of reach for that long. While a gap is closed, however slowly, it is not.</summary>
    public bool IsLost(TimeSpan time) => !_isConnected && _time.GetUtcNow().UtcTicks - Interlocked.Read(ref _lostSince) >= time.Ticks;

    /// <summary>There is a connection; what was missed is still to be read.</summary>
    public void Connected() => _isConnected = true;

    /// <summary>What was missed is read, and events are.</summary>
    public void Followed() => _isFollowing = true;

    /// <summary>The connection has ended.</summary>
    public void Lost()
    {
        Interlocked.Exchange(ref _lostSince, _time.GetUtcNow().UtcTicks);
        _isFollowing = false;
        _isConnected = false;
    }
}
