using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Aggregating;

/// <summary>Chooses the measurements that a metric's points show as exemplars.</summary>
/// <remarks>
/// A histogram with bounds keeps the last of each bucket; everything else keeps a uniform sample. The numbers that the sample is
/// drawn by begin at the same seed each time: a replay gives the same exemplars. Where the filter takes nothing, no memory is held.
/// </remarks>
/// <param name="filter">Which measurements are taken.</param>
/// <param name="exclusion">Tells the attributes that points lack, which exemplars have.</param>
/// <param name="size">How many exemplars a series has at most.</param>
internal sealed class ExemplarSampler(ExemplarFilter filter, AttributeExclusion exclusion, int size)
{
    private readonly ExemplarFilter _filter = filter;
    private readonly AttributeExclusion _exclusion = exclusion;
    private readonly int _size = size;

    // What a point refers to while it is encoded.
    private Exemplar[] _collected = [];
    private ulong _random = 0x2545_F491_4F6C_DD1D;

    /// <summary>Gets whether a measurement may become an exemplar.</summary>
    public bool Takes(in Measurement measurement) =>
        _filter == ExemplarFilter.TraceBased ? !measurement.SpanId.IsZero : _filter == ExemplarFilter.AlwaysOn;

    /// <summary>Keeps a measurement as the exemplar of its bucket.</summary>
    public void Keep<TState>(ref Series<TState> series, in Measurement measurement, int bucket)
        where TState : struct =>
        (series.Exemplars ??= new ExemplarReservoir(_size)).Put(bucket, in measurement, _exclusion, series.IsOverflow);

    /// <summary>Keeps a measurement so that each one offered has the same chance to be kept in the end.</summary>
    public void Sample<TState>(ref Series<TState> series, in Measurement measurement)
        where TState : struct
    {
        ExemplarReservoir reservoir = series.Exemplars ??= new ExemplarReservoir(_size);
        long place = reservoir.Offered++;
        if (place >= _size)
        {
            place = (long)(Next() % (ulong)reservoir.Offered);
        }

        if (place < _size)
        {
            reservoir.Put((int)place, in measurement, _exclusion, series.IsOverflow);
        }
    }

    /// <summary>Gives the exemplars of a series for a point; good until the next call.</summary>
    public ReadOnlyMemory<Exemplar> Collect(ExemplarReservoir? reservoir, ulong start, ulong time)
    {
        if (reservoir is null)
        {
            return default;
        }

        if (_collected.Length == 0)
        {
            _collected = new Exemplar[_size];
        }

        return _collected.AsMemory(0, reservoir.CopyTo(_collected, start, time));
    }

    // Xorshift: nothing here is secret, and 64 bits are plenty.
    private ulong Next()
    {
        _random ^= _random << 13;
        _random ^= _random >> 7;
        _random ^= _random << 17;
        return _random;
    }
}
