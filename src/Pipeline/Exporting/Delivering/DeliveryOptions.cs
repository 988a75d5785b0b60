namespace OpencodeOtel.Pipeline.Exporting.Delivering;

/// <summary>How a destination is delivered to.</summary>
/// <param name="QueueLimitBytes">The bound of what waits and is under way, in bytes of memory.</param>
internal sealed record DeliveryOptions(long QueueLimitBytes)
{
    /// <summary>Gets how often a request is tried.</summary>
    /// <value>Once by default, which suits files and terminals.</value>
    public RetryPolicy Retry { get; init; } = new(TimeSpan.Zero);

    /// <summary>Gets how many requests may be under way.</summary>
    /// <value>1 by default, which also keeps their order.</value>
    public int Concurrency { get; init; } = 1;

    /// <summary>Gets a value indicating whether stopping waits for the answers to requests that are written.</summary>
    public bool WaitWhenStopping { get; init; } = true;

    /// <summary>Gets the jitter.</summary>
    public Random Random { get; init; } = Random.Shared;
}
