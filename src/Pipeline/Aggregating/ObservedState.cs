namespace OpencodeOtel.Pipeline.Aggregating;

/// <summary>What is observed of a series, in the numbers of its instrument.</summary>
internal struct ObservedState
{
    /// <summary>The value of a cumulative point: the total of the only set, or what the totals of several sets have risen to.</summary>
    public SumState Total;

    /// <summary>The value of a delta point: what the totals have risen by since the last collection.</summary>
    public SumState Change;

    /// <summary>How many sets have part in it: more than one where attributes are excluded, or beyond the limit.</summary>
    public int Sets;

    /// <summary>Whether the total of the only set has fallen since the last collection.</summary>
    public bool HasFallen;

    /// <summary>Whether it was ever reported.</summary>
    public bool IsReported;
}
