using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Tests.Aggregating;

/// <summary>A data point as a collection handed it over, kept by value.</summary>
internal sealed record CollectedPoint(Metric Metric, string Attributes, ulong Start, ulong Time)
{
    public NumberValue Value { get; init; }

    public ulong Count { get; init; }

    public double? Sum { get; init; }

    public double? Min { get; init; }

    public double? Max { get; init; }

    public IReadOnlyList<ulong> Buckets { get; init; } = [];

    public IReadOnlyList<double> Bounds { get; init; } = [];

    public int Scale { get; init; }

    public ulong ZeroCount { get; init; }

    /// <summary>Gets the counts of an exponential histogram by the index of their buckets, those of zero left out.</summary>
    public IReadOnlyDictionary<int, ulong> Positive { get; init; } = new Dictionary<int, ulong>();

    public IReadOnlyDictionary<int, ulong> Negative { get; init; } = new Dictionary<int, ulong>();

    /// <summary>Gets the larger number of buckets of the two halves, zeros included.</summary>
    public int Width { get; init; }

    public IReadOnlyList<Exemplar> Exemplars { get; init; } = [];

    public bool IsOverflow => Attributes == "otel.metric.overflow=True";
}
