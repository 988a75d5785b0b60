namespace OpencodeOtel.Pipeline.Tests.Aggregating;

/// <summary>A histogram as its definition says, from all of its values at once.</summary>
internal static class ReferenceHistogram
{
    private const int MaxSize = 160;
    private const int MaxScale = 20;

    /// <summary>The point as text.</summary>
    /// <param name="values">All measurements, in their order.</param>
    /// <param name="bounds">The bounds; <see langword="null"/> for an exponential histogram.</param>
    public static string Text(IReadOnlyCollection<double> values, double[]? bounds)
    {
        double total = values.Aggregate(0.0, (sum, value) => Math.Clamp(sum + value, double.MinValue, double.MaxValue));
        string head = $"{values.Count} {(values.Min() < 0 ? string.Empty : $"{total}")} {values.Min()} {values.Max()}";
        if (bounds is not null)
        {
            IEnumerable<int> counts = Enumerable.Range(0, bounds.Length + 1)
                .Select(bucket => values.Count(value => bounds.Count(bound => bound < value) == bucket));
            return $"{head} {string.Join(',', counts)}";
        }

        long[] positive = [.. values.Where(value => value > 0).Select(value => ExactIndex.Of(value, MaxScale))];
        long[] negative = [.. values.Where(value => value < 0).Select(value => ExactIndex.Of(-value, MaxScale))];
        int shift = 0;
        while (Width(positive, shift) > MaxSize || Width(negative, shift) > MaxSize)
        {
            shift++;
        }

        return $"{head} {MaxScale - shift} {values.Count(value => value == 0)} {Buckets(positive, shift)} {Buckets(negative, shift)}";
    }

    // Each scale down, two buckets become one.
    private static long Width(long[] indexes, int shift) =>
        indexes.Length == 0 ? 0 : (indexes.Max() >> shift) - (indexes.Min() >> shift) + 1;

    private static string Buckets(long[] indexes, int shift) => string.Join(
        ',', indexes.CountBy(index => index >> shift).OrderBy(entry => entry.Key).Select(entry => $"{entry.Key}:{entry.Value}"));
}
