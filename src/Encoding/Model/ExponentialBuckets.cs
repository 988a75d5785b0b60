namespace OpencodeOtel.Otlp.Model;

/// <summary>One half of an exponential histogram: <c>ExponentialHistogramDataPoint.Buckets</c>.</summary>
public readonly struct ExponentialBuckets
{
    /// <summary>Gets the index of the first bucket.</summary>
    public int Offset { get; init; }

    /// <summary>Gets the counts.</summary>
    public ReadOnlyMemory<ulong> BucketCounts { get; init; }
}
