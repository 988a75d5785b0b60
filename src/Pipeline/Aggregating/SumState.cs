namespace OpencodeOtel.Pipeline.Aggregating;

/// <summary>A running sum: of integers or of doubles, as the instrument says.</summary>
internal struct SumState
{
    /// <summary>The sum of integers.</summary>
    public long Int;

    /// <summary>The sum of doubles.</summary>
    public double Double;

    /// <summary>Adds a number in place of one that was added before, unless that would take the sum out of its range.</summary>
    /// <param name="value">What is added.</param>
    /// <param name="before">What is taken away; the default value for nothing.</param>
    /// <returns>Whether it was added.</returns>
    public bool TryReplace(in SumState value, in SumState before)
    {
        Int128 whole = (Int128)Int + value.Int - before.Int;
        double real = Double + (value.Double - before.Double);
        if (whole < long.MinValue || whole > long.MaxValue || !double.IsFinite(real))
        {
            return false;
        }

        Int = (long)whole;
        Double = real;
        return true;
    }
}
