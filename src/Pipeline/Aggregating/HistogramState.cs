namespace OpencodeOtel.Pipeline.Aggregating;

/// <summary>The distribution of a series. A default value has no counts yet.</summary>
internal struct HistogramState
{
    /// <summary>The counts of the buckets.</summary>
    public ulong[]? Counts;

    /// <summary>The sum of the measurements.</summary>
    public double Sum;

    /// <summary>The smallest measurement; meaningless without one.</summary>
    public double Min;

    /// <summary>The largest measurement; meaningless without one.</summary>
    public double Max;

    /// <summary>Empties the distribution, keeping the memory of the counts.</summary>
    public void Clear()
    {
        Counts.AsSpan().Clear();
        Sum = 0;
        Min = double.PositiveInfinity;
        Max = double.NegativeInfinity;
    }
}
