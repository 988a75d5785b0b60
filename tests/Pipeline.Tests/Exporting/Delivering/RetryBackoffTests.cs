using OpencodeOtel.Pipeline.Exporting.Delivering;

namespace OpencodeOtel.Pipeline.Tests.Exporting.Delivering;

public class RetryBackoffTests
{
    private static readonly RetryPolicy Policy = new(TimeSpan.FromMinutes(5));

    [Fact]
    public void Items_015_016_039_041_Delays_vary_and_their_mean_grows_up_to_a_cap()
    {
        const int runs = 400;
        const int steps = 10;
        double[,] delays = new double[runs, steps];
        for (int run = 0; run < runs; run++)
        {
            RetryBackoff backoff = new(Policy, new Random(run));
            for (int step = 0; step < steps; step++)
            {
                delays[run, step] = backoff.Next(null).TotalSeconds;
            }
        }

        double before = 0;
        for (int step = 0; step < steps; step++)
        {
            double[] column = [.. Enumerable.Range(0, runs).Select(run => delays[run, step])];
            double ceiling = Math.Min(Math.Pow(2, step), 30);
            Assert.True(column.Distinct().Count() > runs / 2);
            Assert.InRange(column.Min(), 0.05, ceiling / 4);
            Assert.InRange(column.Max(), ceiling * 0.9, ceiling);
            Assert.True(column.Average() > before || ceiling == 30);
            Assert.InRange(column.Average(), ceiling * 0.42, ceiling * 0.58); // Full jitter: half of the ceiling on average.
            before = column.Average();
        }
    }

    [Fact]
    public void Item_011_What_the_server_asks_for_wins_and_later_delays_grow_from_it()
    {
        for (int run = 0; run < 100; run++)
        {
            RetryBackoff backoff = new(Policy, new Random(run));
            TimeSpan asked = TimeSpan.FromSeconds(7);
            Assert.Equal(asked, backoff.Next(asked));
            Assert.InRange(backoff.Next(null), asked, asked * 2);
            Assert.InRange(backoff.Next(null), asked, asked * 4);
            Assert.InRange(backoff.Next(null), asked, TimeSpan.FromSeconds(30));
            TimeSpan minute = TimeSpan.FromMinutes(1);
            Assert.Equal(minute, backoff.Next(minute));
            Assert.InRange(backoff.Next(null), minute, minute * 2);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public void Item_013_What_is_no_delay_falls_back_to_ones_own(int seconds)
    {
        RetryBackoff backoff = new(Policy, new Random(1));
        Assert.InRange(backoff.Next(TimeSpan.FromSeconds(seconds)), Policy.Least, Policy.Initial);
    }

    [Fact]
    public void A_success_begins_anew()
    {
        RetryBackoff backoff = new(Policy, new Random(1));
        backoff.Next(TimeSpan.FromHours(1));
        backoff.Next(null);
        backoff.Reset();
        Assert.InRange(backoff.Next(null), Policy.Least, Policy.Initial);
    }
}
