namespace OpencodeOtel.Pipeline.Exporting.Delivering;

/// <summary>The delays after failures in a row: exponential with full jitter; what the server asks for wins, and later delays grow from there.</summary>
/// <remarks>A pure schedule: no clock, no task. One thread at a time.</remarks>
internal sealed class RetryBackoff(RetryPolicy policy, Random random)
{
    private TimeSpan _floor;
    private TimeSpan _ceiling;

    /// <summary>The delay after one more failure.</summary>
    /// <param name="asked">What the server asks for; <see langword="null"/> when it does not.</param>
    public TimeSpan Next(TimeSpan? asked)
    {
        if (asked is { } delay && delay > TimeSpan.Zero)
        {
            (_floor, _ceiling) = (delay, delay);
            return delay;
        }

        TimeSpan cap = _floor * policy.Multiplier > policy.Cap ? _floor * policy.Multiplier : policy.Cap;
        TimeSpan grown = _ceiling == TimeSpan.Zero ? policy.Initial : _ceiling * policy.Multiplier;
        _ceiling = grown < cap ? grown : cap;
        TimeSpan least = _floor > policy.Least ? _floor : policy.Least;
        return least < _ceiling ? least + ((_ceiling - least) * random.NextDouble()) : least;
    }

    /// <summary>Forgets the failures: there was a success.</summary>
    public void Reset() => (_floor, _ceiling) = (default, default);
}
