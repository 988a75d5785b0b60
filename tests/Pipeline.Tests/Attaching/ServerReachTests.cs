using OpencodeOtel.Pipeline.Attaching;
using OpencodeOtel.Pipeline.Tests.Enriching;

namespace OpencodeOtel.Pipeline.Tests.Attaching;

public sealed class ServerReachTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ManualTime _time = new(1_000_000);
    private readonly ServerReach _reach;

    public ServerReachTests() => _reach = new ServerReach(_time);

    [Fact]
    public void A_server_that_never_answers_is_lost_after_a_while()
    {
        Assert.False(_reach.IsLost(Patience));
        _time.Milliseconds += 30_000;
        Assert.True(_reach.IsLost(Patience));
    }

    [Fact]
    public void A_server_that_is_slow_to_tell_what_was_missed_is_neither_followed_nor_lost()
    {
        _reach.Connected();
        _time.Milliseconds += 60_000;
        Assert.False(_reach.IsLost(Patience));
        Assert.False(_reach.IsFollowing);
        _reach.Followed();
        Assert.True(_reach.IsFollowing);
    }

    [Fact]
    public void The_time_begins_anew_when_a_connection_is_lost()
    {
        _reach.Connected();
        _reach.Followed();
        _time.Milliseconds += 60_000;
        _reach.Lost();
        Assert.False(_reach.IsFollowing);
        Assert.False(_reach.IsLost(Patience));
        _time.Milliseconds += 30_000;
        Assert.True(_reach.IsLost(Patience));
    }
}
