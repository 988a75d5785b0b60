using OpencodeOtel.Pipeline.Attaching;

namespace OpencodeOtel.Pipeline.Tests.Attaching;

public sealed class ReconnectBackoffTests
{
    [Theory]
    [InlineData(0.0, 0.5)]
    [InlineData(0.999999, 1.0)]
    public void Waits_double_up_to_the_longest_less_the_jitter(double random, double share)
    {
        var backoff = new ReconnectBackoff(() => random);

        double[] waits = [.. Enumerable.Range(0, 8).Select(_ => backoff.Next().TotalMilliseconds)];

        double[] due = [250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000];
        Assert.All(due.Zip(waits), pair => Assert.Equal(pair.First * share, pair.Second, 1.0));
    }

    [Fact]
    public void After_a_connection_that_stood_the_first_wait_comes_again()
    {
        var backoff = new ReconnectBackoff(() => 0);
        backoff.Next();
        backoff.Next();

        backoff.Reset();

        Assert.Equal(ReconnectBackoff.First / 2, backoff.Next());
    }
}
