using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Aggregating;

/// <summary>Reports the totals that asynchronous counters and up-down counters observe.</summary>
/// <remarks>
/// A series is reported when it was observed since the last collection. Its delta is the difference to what it was when last
/// reported. A total of a monotonic counter that has fallen has begun anew, somewhere in the interval: its delta is the total, and
/// a cumulative point gets the interval's start. The series observed first are kept, so that differences stay right beyond the limit.
/// </remarks>
internal sealed class ObservedSumStream(Metric metric, bool isInteger, SeriesTable<ObservedState> series, ExemplarSampler exemplars) : IMetricStream
{
    private readonly Metric _metric = metric;
    private readonly bool _isInteger = isInteger;
    private readonly SeriesTable<ObservedState> _series = series;
    private readonly ExemplarSampler _exemplars = exemplars;

    /// <inheritdoc/>
    public long Overflowed => _series.Overflowed;

    /// <inheritdoc/>
    public bool Record(in Measurement measurement, ReadOnlySpan<KeyValue> attributes)
    {
        NumberValue value = measurement.Value;
        if (!FiniteNumber.TryGet(value, out double number)
            || (_isInteger && value.Kind != NumberKind.Int)
            || (_metric.IsMonotonic && number < 0))
        {
            return false;
        }

        ref Series<ObservedState> series = ref _series.Find(attributes, measurement.Time);
        ref SumState current = ref series.State.Current;
        if (!series.Measured)
        {
            current = default;
        }

        current.Int = _isInteger ? unchecked(current.Int + value.Int) : 0;
        current.Double = FiniteNumber.Add(current.Double, number);
        series.Measured = true;
        if (_exemplars.Takes(in measurement))
        {
            _exemplars.Sample(ref series.Exemplars, in measurement);
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
            bool fell = _metric.IsMonotonic && state.IsReported && IsLess(state.Current, state.Previous);
            if (!state.IsReported || fell)
            {
                series.Start = window.Start;
                state.Previous = default;
            }

            ulong start = isDelta ? window.Start : series.Start;
            var point = new NumberDataPoint
            {
                Attributes = series.Attributes,
                StartTimeUnixNano = start,
                TimeUnixNano = window.Time,
                Value = ValueOf(state.Current, isDelta ? state.Previous : default),
                Exemplars = _exemplars.Collect(series.Exemplars, start, window.Time),
            };
            sink.Append(_metric, in point);
            state.Previous = state.Current;
            state.IsReported = true;
            series.Measured = false;
            series.Exemplars?.Clear();
        }

        _series.EndInterval(window.Time);
    }

    private bool IsLess(SumState left, SumState right) => _isInteger ? left.Int < right.Int : left.Double < right.Double;

    private NumberValue ValueOf(SumState total, SumState less) => _isInteger
        ? NumberValue.FromInt64(unchecked(total.Int - less.Int))
        : NumberValue.FromDouble(total.Double - less.Double);
}
