namespace OpencodeOtel.Pipeline.Aggregating;

/// <summary>The exponential distribution of a series.</summary>
internal struct ExponentialState
{
    /// <summary>The distribution; <see langword="null"/> before the first measurement.</summary>
    public ExponentialDistribution? Distribution;
}
