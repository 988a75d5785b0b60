using System.Numerics;

namespace OpencodeOtel.Pipeline.Aggregating;

/// <summary>The counts of neighbouring buckets of an exponential histogram: one of its two halves.</summary>
/// <remarks>
/// A bucket's place in memory is its index modulo a power of two, so that a range that grows at either end moves nothing. Places
/// outside the range are zero. Memory grows with the range, to at most 256 places.
/// </remarks>
internal sealed class ExponentialCounts
{
    /// <summary>The largest number of buckets.</summary>
    public const int MaxSize = 160;

    private const int InitialCapacity = 8;

    private ulong[] _counts = [];
    private int _low;
    private int _high;

    /// <summary>Gets the sum of the counts.</summary>
    public ulong Total { get; private set; }

    /// <summary>Gets the index of the first bucket; meaningless without counts.</summary>
    public int Low => _low;

    /// <summary>Gets the index of the last bucket; meaningless without counts.</summary>
    public int High => _high;

    /// <summary>Gets the number of buckets.</summary>
    public int Length => Total == 0 ? 0 : _high - _low + 1;

    /// <summary>Gets by how much the scale must fall until the buckets from <paramref name="low"/> to <paramref name="high"/>, and those that are there, fit.</summary>
    public int ShiftToFit(int low, int high)
    {
        // The whole range of doubles at the largest scale is wider than an int.
        long first = Total == 0 ? low : Math.Min(low, _low);
        long last = Total == 0 ? high : Math.Max(high, _high);
        int shift = 0;
        while ((last >> shift) - (first >> shift) >= MaxSize)
        {
            shift++;
        }

        return shift;
    }

    /// <summary>Gets the count of a bucket within the range.</summary>
    public ulong At(int index) => _counts[index & (_counts.Length - 1)];

    /// <summary>Adds to a bucket; the range with it must fit.</summary>
    public void Add(int index, ulong count)
    {
        if (Total == 0)
        {
            (_low, _high) = (index, index);
        }

        int low = Math.Min(_low, index);
        int high = Math.Max(_high, index);
        if (high - low >= _counts.Length)
        {
            Grow(high - low + 1);
        }

        (_low, _high) = (low, high);
        _counts[index & (_counts.Length - 1)] += count;
        Total += count;
    }

    /// <summary>Lowers the scale: each 2^<paramref name="shift"/> buckets become one.</summary>
    public void Downscale(int shift)
    {
        if (Total == 0 || shift == 0)
        {
            return;
        }

        Span<ulong> old = stackalloc ulong[MaxSize];
        old = old[..Length];
        CopyTo(old);
        _counts.AsSpan().Clear();
        for (int i = 0; i < old.Length; i++)
        {
            _counts[((_low + i) >> shift) & (_counts.Length - 1)] += old[i];
        }

        _low >>= shift;
        _high >>= shift;
    }

    /// <summary>Copies the counts of the range, in order.</summary>
    public void CopyTo(Span<ulong> target)
    {
        for (int i = 0; i < Length; i++)
        {
            target[i] = At(_low + i);
        }
    }

    /// <summary>Empties it, keeping the memory.</summary>
    public void Clear()
    {
        _counts.AsSpan().Clear();
        Total = 0;
    }

    private void Grow(int needed)
    {
        var counts = new ulong[Math.Max(InitialCapacity, (int)BitOperations.RoundUpToPowerOf2((uint)needed))];
        for (int i = 0; i < Length; i++)
        {
            counts[(_low + i) & (counts.Length - 1)] = At(_low + i);
        }

        _counts = counts;
    }
}
