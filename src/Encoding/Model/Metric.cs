using OpencodeOtel.Otlp.Messages;

namespace OpencodeOtel.Otlp.Model;

/// <summary>A metric without its points: <c>opentelemetry.proto.metrics.v1.Metric</c> and the header of its data.</summary>
/// <remarks>Points are streamed after it, so that a collection is encoded straight from the aggregator's state.</remarks>
public sealed class Metric
{
    private Frame? _protobuf;
    private Frame? _json;

    /// <summary>Gets the name.</summary>
    public OtlpString Name { get; init; }

    /// <summary>Gets the description.</summary>
    public OtlpString Description { get; init; }

    /// <summary>Gets the unit, by UCUM.</summary>
    public OtlpString Unit { get; init; }

    /// <summary>Gets the metadata.</summary>
    public ReadOnlyMemory<KeyValue> Metadata { get; init; }

    /// <summary>Gets the kind of data.</summary>
    public MetricKind Kind { get; init; }

    /// <summary>Gets the temporality of sums and histograms.</summary>
    public AggregationTemporality Temporality { get; init; }

    /// <summary>Gets a value indicating whether a sum only grows.</summary>
    public bool IsMonotonic { get; init; }

    /// <summary>Gives what stands around the points, encoded when it is first asked for.</summary>
    internal Frame Frame(WireForm form) => form == WireForm.Protobuf
        ? _protobuf ??= MetricEncoder.Encode(this, WireForm.Protobuf)
        : _json ??= MetricEncoder.Encode(this, WireForm.Json);
}
