namespace OpencodeOtel.Benchmarks.Running;

/// <summary>What the paired run found of one contestant. All windows of an index were run side by side.</summary>
/// <param name="Contestant">Who.</param>
/// <param name="Nanoseconds">Nanoseconds an item, one figure a window.</param>
/// <param name="BytesPerItem">Bytes written or read an item; 0 when nothing is.</param>
/// <param name="AllocatedPerItem">Bytes allocated an item, in the median window.</param>
internal sealed record Measured(Contestant Contestant, double[] Nanoseconds, double BytesPerItem, double AllocatedPerItem)
{
    /// <summary>Gets the fastest window.</summary>
    public double Best => Nanoseconds.Min();

    /// <summary>Gets the window in the middle.</summary>
    public double Median => Quantile(Nanoseconds, 0.5);

    /// <summary>The quantile <paramref name="q"/> of the ratios to <paramref name="other"/>, window by window.</summary>
    public double Ratio(Measured other, double q = 0.5) =>
        Quantile([.. Nanoseconds.Zip(other.Nanoseconds, (mine, theirs) => mine / theirs)], q);

    /// <summary>The value of rank <paramref name="q"/> (0–1) among <paramref name="values"/>.</summary>
    public static double Quantile(double[] values, double q)
    {
        double[] sorted = [.. values.Order()];
        return sorted[(int)Math.Round(q * (sorted.Length - 1))];
    }
}
