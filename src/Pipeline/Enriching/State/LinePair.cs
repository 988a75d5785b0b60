namespace OpencodeOtel.Pipeline.Enriching.State;

/// <summary>Lines added and lines removed.</summary>
internal readonly record struct LinePair(long Added, long Removed)
{
    /// <summary>The sum, which stops at the largest integer.</summary>
    public static LinePair operator +(LinePair left, LinePair right) => new(Add(left.Added, right.Added), Add(left.Removed, right.Removed));

    /// <summary>The difference, which is never negative.</summary>
    public static LinePair operator -(LinePair left, LinePair right) =>
        new(Math.Max(0, left.Added - right.Added), Math.Max(0, left.Removed - right.Removed));

    private static long Add(long left, long right) => left > long.MaxValue - right ? long.MaxValue : left + right;
}
