using System.Runtime.Intrinsics;

namespace OpencodeOtel.Pipeline.Aggregating;

/// <summary>The upper bounds of a histogram's buckets, each inclusive, and the search in them.</summary>
/// <remarks>
/// The bucket of a value is the number of bounds below it. All of them are compared, two at a time and without a branch:
/// for the few bounds that a histogram has this is faster than halving, whose branches cannot be predicted.
/// </remarks>
internal sealed class BucketBounds
{
    /// <summary>OpenTelemetry's bounds for a histogram that advises none; made for milliseconds.</summary>
    public static readonly double[] Default = [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000];

    private readonly double[] _bounds;

    // Filled up to pairs with infinity, which is below no value.
    private readonly double[] _pairs;

    /// <summary>Takes bounds; the array must not change.</summary>
    /// <exception cref="ArgumentException">The bounds are not finite and strictly rising.</exception>
    public BucketBounds(double[] bounds)
    {
        for (int i = 0; i < bounds.Length; i++)
        {
            if (!double.IsFinite(bounds[i]) || (i > 0 && bounds[i] <= bounds[i - 1]))
            {
                throw new ArgumentException("Bounds must be finite and strictly rising.", nameof(bounds));
            }
        }

        _bounds = bounds;
        _pairs = new double[(bounds.Length + 1) & ~1];
        _pairs.AsSpan().Fill(double.PositiveInfinity);
        bounds.CopyTo(_pairs, 0);
    }

    /// <summary>Gets the number of buckets: one more than bounds.</summary>
    public int BucketCount => _bounds.Length + 1;

    /// <summary>Gets the bounds.</summary>
    public ReadOnlyMemory<double> Bounds => _bounds;

    /// <summary>Finds the bucket of a finite value.</summary>
    public int IndexOf(double value)
    {
        Vector128<double> wanted = Vector128.Create(value);
        Vector128<long> below = Vector128<long>.Zero;
        for (ReadOnlySpan<double> rest = _pairs; rest.Length >= 2; rest = rest[2..])
        {
            // A comparison that holds is -1.
            below -= Vector128.LessThan(Vector128.Create(rest), wanted).AsInt64();
        }

        return (int)Vector128.Sum(below);
    }
}
