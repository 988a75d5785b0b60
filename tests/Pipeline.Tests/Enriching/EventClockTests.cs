using OpencodeOtel.Pipeline.Enriching;

namespace OpencodeOtel.Pipeline.Tests.Enriching;

public class EventClockTests
{
    private const long T = Some.T0;
    private const long Day = EventClock.LongestLeap;

    [Fact]
    public void Now_is_the_clocks_time_and_stands_still_during_an_event()
    {
        var time = new ManualTime(1000);
        EventClock clock = Live(time);
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
        EventClock clock = Replay();
        clock.Observe(5000);
        clock.Observe(3000);

        Assert.Equal((5000, 5000, 0), (clock.Now, clock.Heard, clock.Elapsed));
    }

    [Fact]
    public void In_a_replay_without_any_time_now_is_the_clocks()
    {
        EventClock clock = Replay();
        clock.Observe(0);

        Assert.Equal(1000, clock.Now);
    }

    [Fact]
    public void The_clock_by_which_waits_go_never_goes_back()
    {
        var time = new ManualTime(7000);
        EventClock clock = Live(time);
        clock.Observe(5000);
        Assert.Equal(7000, clock.Elapsed);

        time.Milliseconds = 2000;
        clock.Observe(0);
        Assert.Equal((7000, 2000), (clock.Elapsed, clock.Now));
    }

    public static TheoryData<string, long[], long> Leaps => new()
    {
        { "times within a day move it", [T, T + Day, T + (2 * Day)], T + (2 * Day) },
        { "going backwards does not", [T, T + 5, T - Day, T + 3], T + 5 },
        { "one time far ahead does not", [T, T + 1, T + (30 * Day), T + 2], T + 2 },
        { "nor said again", [T, T + 1, T + (30 * Day), T + (30 * Day), T + 2], T + 2 },
        { "nor two that have nothing to do with each other", [T, T + 1, T + (30 * Day), T + (60 * Day), T + 2], T + 2 },
        { "a stream that goes on after days does", [T, T + 1, T + (3 * Day), T + (3 * Day) + 1], T + (3 * Day) + 1 },
        { "also if an old event comes in between", [T, T + 1, T + (3 * Day), T - 5, T + (3 * Day) - 1], T + (3 * Day) },
        { "nor one that the stream goes on without in between", [T, T + 1, T + (30 * Day), T + 2, T + (30 * Day) + 1, T + 3], T + 3 },
        { "a first time far ahead is given up", [T + (900 * Day), T, T + 1], T + 1 },
        { "so is a second one", [T, T + (900 * Day), T + 1, T + 2], T + 2 },
        { "a first time far behind is, too", [T - (900 * Day), T], T },
        { "not so one that others have been near", [T + (2 * Day), T + (2 * Day) + 1, T, T + 1], T + (2 * Day) + 1 },
        { "nothing is no time", [0, -5, long.MaxValue], 0 },
    };

    [Theory]
    [MemberData(nameof(Leaps))]
    public void The_largest_time_is_one_that_the_stream_confirms(string rule, long[] times, long largest)
    {
        EventClock clock = Replay();
        foreach (long time in times)
        {
            clock.Observe(time);
        }

        Assert.True(largest == clock.Largest, rule);
    }

    [Fact]
    public void Times_that_were_not_believed_at_once_are_counted()
    {
        var counts = new EnrichingCounts();
        var clock = new EventClock(new ManualTime(1000), useEvents: true, counts);
        clock.Observe(T);
        clock.Observe(T);
        clock.Observe(T + (9 * Day));
        clock.Observe(T + (9 * Day));
        Assert.Equal((1, false, true), (counts.LeapsOfTime, clock.HasReached(T + (9 * Day)), clock.IsCredible(T + (9 * Day))));

        clock.Observe(T + 1);
        Assert.Equal((1, false, false), (counts.LeapsOfTime, clock.HasReached(T + (9 * Day)), clock.IsCredible(T + (9 * Day))));
    }

    [Theory]
    [InlineData(-5, 0)]
    [InlineData(0, 0)]
    [InlineData(1, 1_000_000)]
    [InlineData(long.MaxValue, 9223372036854000000)]
    public void Nanoseconds_stop_at_the_ends_of_the_range(long milliseconds, ulong nanoseconds) =>
        Assert.Equal(nanoseconds, EventClock.ToUnixNano(milliseconds));

    private static EventClock Live(TimeProvider time) => new(time, useEvents: false, new EnrichingCounts());

    private static EventClock Replay() => new(new ManualTime(1000), useEvents: true, new EnrichingCounts());
}
