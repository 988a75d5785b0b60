using System.Globalization;

namespace OpencodeOtel.Benchmarks.Running;

/// <summary>What the paired run found of one contestant. All windows of an index were run side by side.</summary>
/// <param name="Key">Who: class and method.</param>
/// <param name="Nanoseconds">Nanoseconds an item, one figure a window.</param>
/// <param name="BytesPerItem">Bytes written or read an item; 0 when nothing is.</param>
/// <param name="AllocatedPerItem">Bytes allocated an item, in the median window.</param>
internal sealed record Measured(string Key, double[] Nanoseconds, double BytesPerItem, double AllocatedPerItem)
{
    /// <summary>Gets the fastest window.</summary>
    public double Best => Nanoseconds.Min();

    /// <summary>Gets the window in the middle.</summary>
    public double Median => Quantile(Nanoseconds, 0.5);

    /// <summary>The value of rank <paramref name="q"/> (0–1) among <paramref name="values"/>.</summary>
    public static double Quantile(IEnumerable<double> values, double q)
    {
        double[] sorted = [.. values.Order()];
        return sorted[(int)Math.Round(q * (sorted.Length - 1))];
    }

    /// <summary>Reads what <see cref="ToLine"/> wrote.</summary>
    public static Measured FromLine(string line)
    {
        string[] words = line.Split(' ');
        double[] figures = [.. words[1..].Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
        return new Measured(words[0], figures[2..], figures[0], figures[1]);
    }

    /// <summary>Joins the windows of several processes; of their allocations the largest counts.</summary>
    public static Measured Join(IReadOnlyCollection<Measured> runs) => new(
        runs.First().Key,
        [.. runs.SelectMany(run => run.Nanoseconds)],
        runs.First().BytesPerItem,
        runs.Max(run => run.AllocatedPerItem));

    /// <summary>The quantile <paramref name="q"/> of the ratios to <paramref name="other"/>, window by window.</summary>
    public double Ratio(Measured other, double q = 0.5) => Quantile(Nanoseconds.Zip(other.Nanoseconds, (mine, theirs) => mine / theirs), q);

    /// <summary>Everything on one line, for another process.</summary>
    public string ToLine() => string.Join(
        ' ',
        ((double[])[BytesPerItem, AllocatedPerItem, .. Nanoseconds])
            .Select(figure => figure.ToString("R", CultureInfo.InvariantCulture))
            .Prepend(Key));
}
