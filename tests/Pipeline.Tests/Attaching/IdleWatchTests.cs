using OpencodeOtel.Pipeline.Attaching;
using OpencodeOtel.Pipeline.Tests.Enriching;

namespace OpencodeOtel.Pipeline.Tests.Attaching;

public sealed class IdleWatchTests
{
    private readonly ManualTime _time = new(1_000_000);
    private readonly IdleWatch _watch;

    public IdleWatchTests() => _watch = new IdleWatch(new AttachOptions { Servers = [] }, _time);

    [Fact]
    public void Before_the_first_work_it_waits_longer()
    {
        Assert.False(_watch.IsOver(isFollowing: true, works: false, hasWorked: false));
        Assert.False(After(29_999, works: false, hasWorked: false));
        Assert.True(After(1, works: false, hasWorked: false));
    }

    [Fact]
    public void After_work_a_short_rest_is_the_end()
    {
        Assert.False(_watch.IsOver(isFollowing: true, works: true, hasWorked: true));
        Assert.False(After(60_000, works: true, hasWorked: true));
        Assert.False(After(1_999, works: false, hasWorked: true));
        Assert.True(After(1, works: false, hasWorked: true));
    }

    [Fact]
    public void Work_that_began_and_ended_between_two_looks_has_been()
    {
        Assert.False(_watch.IsOver(isFollowing: true, works: false, hasWorked: false));
        Assert.True(After(2_000, works: false, hasWorked: true));
    }

    [Fact]
    public void The_time_begins_when_a_server_is_followed_and_goes_on_when_it_is_lost()
    {
        Assert.False(_watch.IsOver(isFollowing: false, works: false, hasWorked: false));
        _time.Milliseconds += 60_000;
        Assert.False(_watch.IsOver(isFollowing: true, works: false, hasWorked: false));
        _time.Milliseconds += 20_000;
        Assert.False(_watch.IsOver(isFollowing: false, works: false, hasWorked: false));
        Assert.True(After(10_000, works: false, hasWorked: false));
    }

    private bool After(long milliseconds, bool works, bool hasWorked)
    {
        _time.Milliseconds += milliseconds;
        return _watch.IsOver(isFollowing: true, works, hasWorked);
    }
}
