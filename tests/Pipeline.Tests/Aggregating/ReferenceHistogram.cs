namespace OpencodeOtel.Pipeline.Tests.Aggregating;

/// <summary>A histogram as its definition says, from all of its values at once.</summary>
internal static class ReferenceHistogram
{
    private const int MaxSize = 160;
    private const int MaxScale = 20;

    /// <summary>The point as text.</summary>
    /// <param name="values">All measurements.</param>
    /// <param name="bounds">The bounds; <see langword="null"/> for an exponential histogram.</param>
    public static string Text(IReadOnlyCollection<decimal> values, double[]? bounds)
    {
        string sum = values.Min() < 0 ? string.Empty : $"{(double)values.Sum() + 0.0}";
        string head = $"{values.Count} {sum} {(double)values.Min() + 0.0} {(double)values.Max() + 0.0}";
        if (bounds is not null)
        {
            IEnumerable<int> counts = Enumerable.Range(0, bounds.Length + 1)
                .Select(bucket => values.Count(value => bounds.Count(bound => (decimal)bound < value) == bucket));
            return $"{head} {string.Join(',', counts)}";
        }

        int scale = MaxScale;
        while (Width(values.Where(value => value > 0), scale) > MaxSize || Width(values.Where(value => value < 0), scale) > MaxSize)
        {
            scale--;
        }

        return $"{head} {scale} {values.Count(value => value == 0)} "
            + $"{Buckets(values.Where(value => value > 0), scale)} {Buckets(values.Where(value => value < 0), scale)}";
    }

    private static long Width(IEnumerable<decimal> half, int scale)
    {
        long[] indexes = [.. Indexes(half, scale)];
        return indexes.Length == 0 ? 0 : indexes.Max() - indexes.Min() + 1;
    }

    private static string Buckets(IEnumerable<decimal> half, int scale) =>
        string.Join(',', Indexes(half, scale).CountBy(index => index).OrderBy(entry => entry.Key).Select(entry => $"{entry.Key}:{entry.Value}"));

    private static IEnumerable<long> Indexes(IEnumerable<decimal> half, int scale) => half.Select(value => ExactIndex.Of((double)Math.Abs(value), scale));
}
