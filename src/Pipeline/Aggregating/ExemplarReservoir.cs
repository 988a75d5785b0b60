using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Aggregating;

/// <summary>The exemplars of a series, each in a place of its own.</summary>
/// <param name="size">The number of places.</param>
internal sealed class ExemplarReservoir(int size)
{
    // A place without a value is empty.
    private readonly Exemplar[] _kept = new Exemplar[size];

    // The memory of what was filtered, used again by the next exemplar of the place; only there when something is filtered.
    private KeyValue[][]? _filtered;

    /// <summary>Gets or sets how many measurements were offered since it was emptied.</summary>
    public long Offered { get; set; }

    /// <summary>Keeps a measurement in place of what was there.</summary>
    public void Put(int place, in Measurement measurement, AttributeExclusion exclusion)
    {
        ReadOnlyMemory<KeyValue> filtered = default;
        if (exclusion.IsActive)
        {
            _filtered ??= new KeyValue[_kept.Length][];
            ref KeyValue[] memory = ref _filtered[place];
            int count = exclusion.CopyExcluded(measurement.Attributes, ref memory);
            filtered = memory.AsMemory(0, count);
        }

        _kept[place] = new Exemplar
        {
            Value = measurement.Value,
            TimeUnixNano = UnixNanoseconds.FromMilliseconds(measurement.Time),
            TraceId = measurement.TraceId,
            SpanId = measurement.SpanId,
            FilteredAttributes = filtered,
        };
    }

    /// <summary>Copies what is kept; times are brought into the point's range, which an event that is late or early may lie outside of.</summary>
    /// <returns>How many there are.</returns>
    public int CopyTo(Span<Exemplar> target, ulong start, ulong time)
    {
        int count = 0;
        foreach (ref readonly Exemplar exemplar in _kept.AsSpan())
        {
            if (exemplar.Value.Kind != NumberKind.None)
            {
                target[count++] = new Exemplar
                {
                    Value = exemplar.Value,
                    TimeUnixNano = Math.Clamp(exemplar.TimeUnixNano, start + 1, time),
                    TraceId = exemplar.TraceId,
                    SpanId = exemplar.SpanId,
                    FilteredAttributes = exemplar.FilteredAttributes,
                };
            }
        }

        return count;
    }

    /// <summary>Empties it.</summary>
    public void Clear()
    {
        _kept.AsSpan().Clear();
        Offered = 0;
    }
}
