using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Aggregating;

/// <summary>The exemplars of a series, each in a place of its own; most series fill few of their places, and only those cost memory.</summary>
/// <remarks>Memory doubles when a further place is filled for the first time, and is kept: a series that has filled its places allocates no more.</remarks>
/// <param name="size">The number of places.</param>
internal sealed class ExemplarReservoir(int size)
{
    // The filled places, in their order. What lies behind them was filled before, and its memory is used again.
    private KeptExemplar[] _kept = new KeptExemplar[1];
    private int _count;

    /// <summary>Gets or sets how many measurements were offered since it was emptied.</summary>
    public long Offered { get; set; }

    /// <summary>Keeps a measurement in place of what was there.</summary>
    /// <param name="place">Which place it is.</param>
    /// <param name="measurement">The measurement.</param>
    /// <param name="exclusion">Tells which of its attributes the point lacks.</param>
    /// <param name="isOverflow">Whether the point lacks all of them.</param>
    public void Put(int place, in Measurement measurement, AttributeExclusion exclusion, bool isOverflow)
    {
        ref KeptExemplar kept = ref Find(place);
        ReadOnlyMemory<KeyValue> filtered = default;
        if (exclusion.IsActive || isOverflow)
        {
            KeyValue[] memory = kept.Filtered ?? [];
            int count = exclusion.CopyLacking(measurement.Attributes, isOverflow, ref memory);
            kept.Filtered = memory;
            filtered = memory.AsMemory(0, count);
        }

        kept.Exemplar = new Exemplar
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
        for (int i = 0; i < _count; i++)
        {
            ref readonly Exemplar exemplar = ref _kept[i].Exemplar;
            target[i] = new Exemplar
            {
                Value = exemplar.Value,
                TimeUnixNano = Math.Clamp(exemplar.TimeUnixNano, start + 1, time),
                TraceId = exemplar.TraceId,
                SpanId = exemplar.SpanId,
                FilteredAttributes = exemplar.FilteredAttributes,
            };
        }

        return _count;
    }

    /// <summary>Empties it.</summary>
    public void Clear()
    {
        _count = 0;
        Offered = 0;
    }

    private ref KeptExemplar Find(int place)
    {
        int index = 0;
        while (index < _count && _kept[index].Place < place)
        {
            index++;
        }

        if (index < _count && _kept[index].Place == place)
        {
            return ref _kept[index];
        }

        if (_count == _kept.Length)
        {
            Array.Resize(ref _kept, Math.Min(size, _count * 2));
        }

        KeptExemplar unused = _kept[_count];
        Array.Copy(_kept, index, _kept, index + 1, _count++ - index);
        unused.Place = place;
        _kept[index] = unused;
        return ref _kept[index];
    }
}
