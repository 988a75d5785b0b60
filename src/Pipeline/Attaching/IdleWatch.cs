namespace OpencodeOtel.Pipeline.Attaching;

/// <summary>Tells when all is idle: nothing worked for a while, a longer one before the first work.</summary>
internal sealed class IdleWatch
{
    private readonly AttachOptions _options;
    private readonly TimeProvider _time;
    private DateTimeOffset _idleSince;
    private bool _hasFollowed;

    public IdleWatch(AttachOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _idleSince = time.GetUtcNow();
    }

    /// <summary>Whether it is over; asked a few times a second.</summary>
    /// <param name="isFollowing">Whether any server is followed. The time begins with the first; a server that is lost later does no work, so it goes on.</param>
    /// <param name="works">Whether a session works.</param>
    /// <param name="hasWorked">Whether one has worked, also between two questions.</param>
    public bool IsOver(bool isFollowing, bool works, bool hasWorked)
    {
        DateTimeOffset now = _time.GetUtcNow();
        if (works || !_hasFollowed)
        {
            _idleSince = now;
        }

        _hasFollowed |= isFollowing;

        return now - _idleSince >= (hasWorked ? _options.IdleTime : _options.FirstWorkTime);
    }
}
