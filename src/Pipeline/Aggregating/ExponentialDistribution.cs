namespace OpencodeOtel.Pipeline.Aggregating;

/// <summary>A base-2 exponential histogram: two ranges of at most 160 buckets, whose scale is the largest at which they fit.</summary>
/// <remarks>The zero threshold is 0: only zeros are counted as such.</remarks>
internal sealed class ExponentialDistribution
{
    /// <summary>The scale of a distribution that holds a single value.</summary>
    public const int MaxScale = 20;

    /// <summary>Gets the scale: the base of the buckets is 2 to the power of 2 to the power of -scale.</summary>
    public int Scale { get; private set; } = MaxScale;

    /// <summary>Gets how many values were zero.</summary>
    public ulong ZeroCount { get; private set; }

    /// <summary>Gets the counts of positive values.</summary>
    public ExponentialCounts Positive { get; } = new();

    /// <summary>Gets the counts of negative values, by their magnitude.</summary>
    public ExponentialCounts Negative { get; } = new();

    /// <summary>Gets the sum of the values; it stops at the largest double.</summary>
    public double Sum { get; private set; }

    /// <summary>Gets the smallest value; infinite without one.</summary>
    public double Min { get; private set; } = double.PositiveInfinity;

    /// <summary>Gets the largest value; infinite without one.</summary>
    public double Max { get; private set; } = double.NegativeInfinity;

    /// <summary>Gets the number of values.</summary>
    public ulong Count => ZeroCount + Positive.Total + Negative.Total;

    /// <summary>Counts a finite value.</summary>
    public void Record(double value)
    {
        if (value == 0)
        {
            ZeroCount++;
        }
        else
        {
            ExponentialCounts half = value > 0 ? Positive : Negative;
            int index = ExponentialIndex.Of(Math.Abs(value), Scale);
            int shift = half.ShiftToFit(index, index);
            Downscale(shift);
            half.Add(index >> shift, 1);
        }

        Sum = FiniteNumber.Add(Sum, value);
        Min = Math.Min(Min, value);
        Max = Math.Max(Max, value);
    }

    /// <summary>Adds all counts of another distribution, which stays as it is, at the largest scale that fits both.</summary>
    public void Merge(ExponentialDistribution other)
    {
        int scale = Math.Min(Scale, other.Scale);
        Downscale(Scale - scale);
        int shift = Math.Max(ShiftToFit(Positive, other.Positive), ShiftToFit(Negative, other.Negative));
        Downscale(shift);
        Add(Positive, other.Positive);
        Add(Negative, other.Negative);
        ZeroCount += other.ZeroCount;
        Sum = FiniteNumber.Add(Sum, other.Sum);
        Min = Math.Min(Min, other.Min);
        Max = Math.Max(Max, other.Max);

        int ShiftToFit(ExponentialCounts own, ExponentialCounts added) => added.Total == 0
            ? 0
            : own.ShiftToFit(added.Low >> (other.Scale - scale), added.High >> (other.Scale - scale));

        void Add(ExponentialCounts own, ExponentialCounts added)
        {
            for (int i = 0; i < added.Length; i++)
            {
                own.Add((added.Low + i) >> (other.Scale - Scale), added.At(added.Low + i));
            }
        }
    }

    /// <summary>Empties it, keeping the memory.</summary>
    public void Clear()
    {
        Positive.Clear();
        Negative.Clear();
        Scale = MaxScale;
        ZeroCount = 0;
        Sum = 0;
        Min = double.PositiveInfinity;
        Max = double.NegativeInfinity;
    }

    private void Downscale(int shift)
    {
        Positive.Downscale(shift);
        Negative.Downscale(shift);
        Scale -= shift;
    }
}
