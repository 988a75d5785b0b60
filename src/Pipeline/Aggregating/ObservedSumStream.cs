using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Aggregating;

/// <summary>Reports the totals that asynchronous counters and up-down counters observe.</summary>
/// <remarks>
/// A series is reported when it was observed since the last collection. The sets observed first have series of their own beyond the
/// limit, too. Where several sets share a series, by exclusion or by overflow, not all of them are observed each time: so the last
/// total of each set is remembered, and a counter's point holds what they have risen by. An up-down counter's is the sum of what was
/// observed for the collection, since what is gone counts no more.
/// <para>
/// A counter's total that has fallen has begun anew, somewhere in the interval: it has risen by what it is now. If the series is its
/// own, a cumulative point begins anew with it, just after the last collection.
/// </para>
/// <para>
/// Not aggregated are, beside what a <see cref="SumStream"/> ignores, sets that are too many to be remembered: without its last total
/// none can be added without counting it twice.
/// </para>
/// </remarks>
/// <param name="metric">The metric.</param>
/// <param name="isInteger">Whether values are integers.</param>
/// <param name="series">The series, by the attributes of points.</param>
/// <param name="sets">The sets, by the attributes of measurements; those of an up-down counter hold nothing between two collections.</param>
/// <param name="exemplars">Chooses exemplars; a point has those of its interval.</param>
internal sealed class ObservedSumStream(
    Metric metric, bool isInteger, SeriesTable<ObservedState> series, SeriesTable<ObservedSet> sets, ExemplarSampler exemplars) : IMetricStream
{
    private readonly Metric _metric = metric;
    private readonly bool _isInteger = isInteger;
    private readonly SeriesTable<ObservedState> _series = series;
    private readonly SeriesTable<ObservedSet> _sets = sets;
    private readonly ExemplarSampler _exemplars = exemplars;

    /// <inheritdoc/>
    public long Overflowed => _series.Overflowed;

    /// <inheritdoc/>
    public bool Record(in Measurement measurement, ReadOnlySpan<KeyValue> attributes)
    {
        long forgotten = _sets.Overflowed;
        if (!TryRead(measurement.Value, out SumState total))
        {
            return false;
        }

        ref Series<ObservedSet> set = ref _sets.Find(measurement.Attributes, measurement.Time);
        if (_sets.Overflowed > forgotten)
        {
            return false;
        }

        ref Series<ObservedState> series = ref _series.Find(attributes, measurement.Time);
        ref ObservedState state = ref series.State;
        bool fell = _metric.IsMonotonic && IsLess(total, set.State.Total);
        SumState before = fell ? default : set.State.Total;
        int count = state.Sets + (set.State.IsKnown ? 0 : 1);
        SumState sum = count == 1 ? before : state.Total;
        SumState change = state.Change;
        if (!sum.TryReplace(in total, in before) || !change.TryReplace(in total, in before))
        {
            return false;
        }

        // A difference of doubles added to what it was taken from need not give the total.
        state.Total = count == 1 ? total : sum;
        state.Change = change;
        state.Sets = count;
        state.HasFallen |= fell && count == 1;
        series.Measured = true;
        set.State = new ObservedSet { Total = total, IsKnown = true };
        set.Measured = true;
        if (_exemplars.Takes(in measurement))
        {
            _exemplars.Sample(ref series, in measurement);
        }

        return true;
    }

    /// <inheritdoc/>
    public void Collect(in CollectionWindow window, IMetricPointSink sink)
    {
        bool isDelta = _metric.Temporality == AggregationTemporality.Delta;
        foreach (ref Series<ObservedState> series in _series.Rows)
        {
            if (series.Attributes is null || !series.Measured)
            {
                continue;
            }

            ref ObservedState state = ref series.State;
            if (!state.IsReported)
            {
                series.Start = window.Start;
            }
            else if (state.HasFallen)
            {
                series.Start = window.Start + 1;
            }

            ulong start = isDelta ? window.Start : series.Start;
            SumState value = isDelta ? state.Change : state.Total;
            var point = new NumberDataPoint
            {
                Attributes = series.Attributes,
                StartTimeUnixNano = start,
                TimeUnixNano = window.Time,
                Value = _isInteger ? NumberValue.FromInt64(value.Int) : NumberValue.FromDouble(value.Double),
                Exemplars = _exemplars.Collect(series.Exemplars, start, window.Time),
            };
            sink.Append(_metric, in point);
            state = _metric.IsMonotonic
                ? new ObservedState { Total = state.Total, Sets = state.Sets, IsReported = true }
                : new ObservedState { IsReported = true };
            series.Measured = false;
            series.Exemplars?.Clear();
        }

        EndInterval(window.Time);
    }

    private void EndInterval(ulong time)
    {
        if (!_metric.IsMonotonic)
        {
            foreach (ref Series<ObservedSet> set in _sets.Rows)
            {
                set.State = default;
                set.Measured = false;
            }
        }

        _series.EndInterval(time);
        _sets.EndInterval(time);
    }

    private bool TryRead(NumberValue value, out SumState total)
    {
        total = default;
        if (!FiniteNumber.TryGet(value, out double number)
            || (_isInteger && value.Kind != NumberKind.Int)
            || (_metric.IsMonotonic && number < 0))
        {
            return false;
        }

        total = _isInteger ? new SumState { Int = value.Int } : new SumState { Double = number };
        return true;
    }

    private bool IsLess(SumState left, SumState right) => _isInteger ? left.Int < right.Int : left.Double < right.Double;
}
