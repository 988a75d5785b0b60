namespace OpencodeOtel.Pipeline.Receiving.Events;

/// <summary>The five kinds of token of a model step: 0 for what is absent or negative, and 2⁵³ − 1 at most.</summary>
internal readonly record struct TokenCounts(long Input, long Output, long Reasoning, long CacheRead, long CacheWrite)
{
    /// <summary>Gets the sum, which stops at the largest integer.</summary>
    public long Total => Add(Add(Add(Add(Input, Output), Reasoning), CacheRead), CacheWrite);

    private static long Add(long left, long right) => left > long.MaxValue - right ? long.MaxValue : left + right;
}
