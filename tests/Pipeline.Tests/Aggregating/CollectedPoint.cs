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

    public bool IsOverflow => Attributes == "otel.metric.overflow=True";
}
