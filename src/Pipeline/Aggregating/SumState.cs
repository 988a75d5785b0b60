namespace OpencodeOtel.Pipeline.Aggregating;

/// <summary>A running sum: of integers or of doubles, as the instrument says.</summary>
internal struct SumState
{
    /// <summary>The sum of integers.</summary>
    public long Int;

    /// <summary>The sum of doubles.</summary>
    public double Double;
}
