using OpencodeOtel.Pipeline.Enriching;

namespace OpencodeOtel.Pipeline.Tests.Enriching;

public class EventClockTests
{
    [Fact]
    public void Now_is_the_clocks_time_and_stands_still_during_an_event()
    {
        var time = new ManualTime(1000);
        var clock = new EventClock(time, useEvents: false);
        clock.Observe(5000);
        Assert.Equal(1000, clock.Now);

        time.Milliseconds = 2000;
        Assert.Equal(1000, clock.Now);
        clock.Observe(0);
        Assert.Equal(2000, clock.Now);
    }

    [Fact]
    public void In_a_replay_now_is_the_largest_time_seen()
    {
        var clock = new EventClock(new ManualTime(1000), useEvents: true);
        clock.Observe(5000);
        clock.Observe(3000);

        Assert.Equal((5000, 5000), (clock.Now, clock.WaitNow));
    }

    [Fact]
    public void In_a_replay_without_any_time_now_is_the_clocks()
    {
        var clock = new EventClock(new ManualTime(1000), useEvents: true);
        clock.Observe(0);

        Assert.Equal(1000, clock.Now);
    }

    [Fact]
    public void Waits_go_by_the_larger_of_event_time_and_clock_and_never_back()
    {
        var time = new ManualTime(1000);
        var clock = new EventClock(time, useEvents: false);
        clock.Observe(5000);
        Assert.Equal(5000, clock.WaitNow);

        time.Milliseconds = 7000;
        Assert.Equal(7000, clock.WaitNow);

        time.Milliseconds = 2000;
        Assert.Equal(7000, clock.WaitNow);
    }

    [Theory]
    [InlineData(-5, 0)]
    [InlineData(0, 0)]
    [InlineData(1, 1_000_000)]
    [InlineData(long.MaxValue, 9223372036854000000)]
    public void Nanoseconds_stop_at_the_ends_of_the_range(long milliseconds, ulong nanoseconds) =>
        Assert.Equal(nanoseconds, EventClock.ToUnixNano(milliseconds));
}
