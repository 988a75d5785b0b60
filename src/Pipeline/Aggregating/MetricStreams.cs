namespace OpencodeOtel.Pipeline.Aggregating;

/// <summary>The stream of each instrument.</summary>
/// <remarks>
/// Names are the same without regard to case. A second instrument of a name that also has the kind, the numbers and the unit of the
/// first measures into the first one's stream; otherwise it has a stream of its own. Whatever differs is warned about.
/// </remarks>
internal sealed class MetricStreams(MetricStreamFactory factory, AggregationLog log)
{
    private readonly Dictionary<Instrument, IMetricStream> _streams = new(ReferenceEqualityComparer.Instance);

    // In the order of their first measurement, which is the order of the metrics in a request.
    private readonly List<(Instrument Instrument, IMetricStream Stream)> _inOrder = [];

    /// <summary>Gets the number of streams.</summary>
    public int Count => _inOrder.Count;

    /// <summary>Gets a stream, in the order of their first measurement.</summary>
    public IMetricStream this[int index] => _inOrder[index].Stream;

    /// <summary>Finds the stream of an instrument, or makes it.</summary>
    public IMetricStream Of(Instrument instrument)
    {
        if (!_streams.TryGetValue(instrument, out IMetricStream? stream))
        {
            stream = Join(instrument) ?? Add(instrument);
            _streams.Add(instrument, stream);
        }

        return stream;
    }

    private IMetricStream Add(Instrument instrument)
    {
        IMetricStream stream = factory.Create(instrument);
        _inOrder.Add((instrument, stream));
        return stream;
    }

    private IMetricStream? Join(Instrument instrument)
    {
        IMetricStream? joined = null;
        string? conflict = null;
        foreach ((Instrument other, IMetricStream stream) in _inOrder)
        {
            if (!other.Name.Equals(instrument.Name, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            string? difference = Difference(instrument, other);
            conflict ??= difference ?? (instrument.Description == other.Description ? null : "description");
            joined ??= difference is null ? stream : null;
        }

        if (conflict is not null)
        {
            log.Conflict(instrument.Name, conflict);
        }

        return joined;
    }

    private static string? Difference(Instrument instrument, Instrument other) =>
        instrument.Kind != other.Kind ? "kind"
        : instrument.IsInteger != other.IsInteger ? "type of number"
        : instrument.Unit != other.Unit ? "unit"
        : null;
}
