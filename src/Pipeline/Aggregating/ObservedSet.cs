namespace OpencodeOtel.Pipeline.Aggregating;

/// <summary>One attribute set that is observed, as it comes: its series may be one that other sets have part in.</summary>
internal struct ObservedSet
{
    /// <summary>The total that was observed last.</summary>
    public SumState Total;

    /// <summary>Whether there was one.</summary>
    public bool IsKnown;
}
