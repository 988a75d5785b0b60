namespace OpencodeOtel.Pipeline.Exporting.Delivering;

/// <summary>How often, and for how long, a request is sent again.</summary>
/// <param name="Budget">How long after it was queued a request may still be tried; <see cref="Timeout.InfiniteTimeSpan"/> for ever, zero for one attempt only.</param>
internal sealed record RetryPolicy(TimeSpan Budget)
{
    /// <summary>Gets the largest first delay.</summary>
    public TimeSpan Initial { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets how much larger each next delay may be.</summary>
    public double Multiplier { get; init; } = 2;

    /// <summary>Gets what no delay of ours exceeds; a server may ask for more.</summary>
    public TimeSpan Cap { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets the least delay: jitter may come out as nothing, and a closed port answers at once.</summary>
    public TimeSpan Least { get; init; } = TimeSpan.FromMilliseconds(50);
}
