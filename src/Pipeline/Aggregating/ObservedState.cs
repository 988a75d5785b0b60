namespace OpencodeOtel.Pipeline.Aggregating;

/// <summary>The total of a series that is observed, in the numbers of its instrument.</summary>
internal struct ObservedState
{
    /// <summary>What was observed since the last collection, added up: several observations become one where attributes are excluded, or overflow.</summary>
    public SumState Current;

    /// <summary>What was observed when it was last reported.</summary>
    public SumState Previous;

    /// <summary>Whether it was ever reported.</summary>
    public bool IsReported;
}
