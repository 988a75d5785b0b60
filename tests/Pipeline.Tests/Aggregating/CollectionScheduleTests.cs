using CsCheck;
using OpencodeOtel.Pipeline.Aggregating;

namespace OpencodeOtel.Pipeline.Tests.Aggregating;

public class CollectionScheduleTests
{
    private readonly CollectionSchedule _schedule = new(TimeSpan.FromSeconds(60));

    [Fact]
    public void Nothing_is_due_before_the_first_measurement()
    {
        Assert.Null(_schedule.NextDue);
        Assert.False(_schedule.TryTake(long.MaxValue, out _));
    }

    [Fact]
    public void Collections_are_due_at_whole_intervals_after_the_first_measurement()
    {
        _schedule.Start(1_000);
        _schedule.Start(5_000);

        Assert.False(_schedule.TryTake(60_999, out _));
        Assert.True(_schedule.TryTake(61_000, out long first));
        Assert.False(_schedule.TryTake(61_000, out _));
        Assert.True(_schedule.TryTake(121_500, out long second));
        Assert.Equal((61_000, 121_000), (first, second));
        Assert.Equal(181_000, _schedule.NextDue);
    }

    [Fact]
    public void A_jump_over_several_intervals_makes_one_collection()
    {
        _schedule.Start(0);

        Assert.True(_schedule.TryTake(310_000, out long boundary));
        Assert.Equal(300_000, boundary);
        Assert.False(_schedule.TryTake(310_000, out _));
        Assert.Equal(360_000, _schedule.NextDue);
    }

    [Theory]
    [InlineData(1_000_000, 1_060_000)] // not before the interval began
    [InlineData(999_999, 1_059_999)]
    [InlineData(5_000, 65_000)]
    [InlineData(-5, 60_000)]
    public void A_clock_that_is_set_back_collects_an_interval_later(long now, long due)
    {
        _schedule.Start(940_000);
        Assert.True(_schedule.TryTake(1_000_000, out _));

        Assert.False(_schedule.TryTake(now, out _));

        Assert.Equal(due, _schedule.NextDue);
        Assert.False(_schedule.TryTake(due - 1, out _));
        Assert.True(_schedule.TryTake(due, out long boundary));
        Assert.Equal(due, boundary);
    }

    [Fact]
    public void Wherever_the_clock_goes_the_next_collection_is_at_most_an_interval_away() =>
        Gen.Select(Gen.Int[1, 1000], Gen.Long[0, 1_000_000], Gen.Long[0, 1_000_000].Array)
            .Sample((interval, start, times) =>
            {
                var schedule = new CollectionSchedule(TimeSpan.FromMilliseconds(interval));
                schedule.Start(start);
                foreach (long now in times)
                {
                    schedule.TryTake(now, out _);
                    Assert.InRange(schedule.NextDue!.Value, now + 1, now + interval);
                }
            });

    [Fact]
    public void Times_out_of_this_world_are_survived()
    {
        _schedule.Start(long.MaxValue);
        Assert.False(_schedule.TryTake(1_700_000_000_000, out _));

        var other = new CollectionSchedule(TimeSpan.FromMilliseconds(1));
        other.Start(long.MinValue);
        Assert.True(other.TryTake(long.MaxValue, out long boundary));
        Assert.Equal(long.MaxValue, boundary);
    }

    [Fact]
    public void However_the_clock_advances_boundaries_rise_and_lie_on_the_grid() =>
        Gen.Select(Gen.Int[1, 1000], Gen.Long[0, 1_000_000], Gen.Int[0, 3000].Array)
            .Sample((interval, start, steps) =>
            {
                var schedule = new CollectionSchedule(TimeSpan.FromMilliseconds(interval));
                schedule.Start(start);
                long now = start;
                long last = start;
                foreach (int step in steps)
                {
                    now += step;
                    bool due = now >= last + interval;
                    Assert.Equal(due, schedule.TryTake(now, out long boundary));
                    if (due)
                    {
                        Assert.Equal(0, (boundary - start) % interval);
                        Assert.InRange(now - boundary, 0, interval - 1);
                        last = boundary;
                    }
                }
            });
}
