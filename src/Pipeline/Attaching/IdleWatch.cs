namespace OpencodeOtel.Pipeline.Attaching;

/// <summary>Tells when all is idle: nothing worked for a while, longer before the first work, and a server out of reach does no work.</summary>
internal sealed class IdleWatch
{
    private readonly AttachOptions _options;
    private readonly TimeProvider _time;
    private DateTimeOffset _idleSince;
    private bool _hasWorked;

    public IdleWatch(AttachOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _idleSince = time.GetUtcNow();
    }

    /// <summary>Whether it is over; asked a few times a second.</summary>
    public bool IsOver(IReadOnlyList<ServerFollower> followers, bool isWorking)
    {
        DateTimeOffset now = _time.GetUtcNow();
        if (followers.All(follower => follower.IsLost(_options.FirstWorkTime)))
        {
            return true;
        }

        _hasWorked |= isWorking;
        if (isWorking || !followers.Any(follower => follower.IsFollowing))
        {
            _idleSince = now;
        }

        return now - _idleSince >= (_hasWorked ? _options.IdleTime : _options.FirstWorkTime);
    }
}
