using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Aggregating;

/// <summary>Adds up the measurements of a counter or an up-down counter.</summary>
/// <remarks>
/// Not aggregated are: what is negative on a counter, what is not finite, what is no integer on an integer instrument, and
/// what would take the sum out of its range.
/// </remarks>
internal sealed class SumStream(Metric metric, bool isInteger, SeriesTable<SumState> series, ExemplarSampler exemplars) : IMetricStream
{
    private readonly Metric _metric = metric;
    private readonly bool _isInteger = isInteger;
    private readonly bool _isMonotonic = metric.IsMonotonic;
    private readonly SeriesTable<SumState> _series = series;
    private readonly ExemplarSampler _exemplars = exemplars;

    /// <inheritdoc/>
    public long Overflowed => _series.Overflowed;

    /// <inheritdoc/>
    public bool Record(in Measurement measurement, ReadOnlySpan<KeyValue> attributes) => _isInteger
        ? RecordInteger(in measurement, attributes)
        : RecordDouble(in measurement, attributes);

    /// <inheritdoc/>
    public void Collect(in CollectionWindow window, IMetricPointSink sink)
    {
        bool isDelta = _metric.Temporality == AggregationTemporality.Delta;
        foreach (ref Series<SumState> series in _series.Rows)
        {
            if (series.Attributes is null || (isDelta && !series.Measured))
            {
                continue;
            }

            ulong start = isDelta ? window.Start : series.CumulativeStart(in window);
            var point = new NumberDataPoint
            {
                Attributes = series.Attributes,
                StartTimeUnixNano = start,
                TimeUnixNano = window.Time,
                Value = _isInteger ? NumberValue.FromInt64(series.State.Int) : NumberValue.FromDouble(series.State.Double),
                Exemplars = _exemplars.Collect(series.Exemplars, start, window.Time),
            };
            sink.Append(_metric, in point);
            series.Measured = false;
            if (isDelta)
            {
                series.State = default;
                series.Exemplars?.Clear();
            }
        }

        _series.EndInterval(window.Time);
    }

    private bool RecordInteger(in Measurement measurement, ReadOnlySpan<KeyValue> attributes)
    {
        long value = measurement.Value.Int;
        if (measurement.Value.Kind != NumberKind.Int || (_isMonotonic && value < 0))
        {
            return false;
        }

        ref Series<SumState> series = ref _series.Find(attributes, measurement.Time);
        long sum = series.State.Int;
        long next = unchecked(sum + value);
        if (((sum ^ next) & (value ^ next)) < 0)
        {
            return false;
        }

        series.State.Int = next;
        Settle(ref series, in measurement);
        return true;
    }

    private bool RecordDouble(in Measurement measurement, ReadOnlySpan<KeyValue> attributes)
    {
        if (!FiniteNumber.TryGet(measurement.Value, out double value) || (_isMonotonic && value < 0))
        {
            return false;
        }

        ref Series<SumState> series = ref _series.Find(attributes, measurement.Time);
        double next = series.State.Double + value;
        if (!double.IsFinite(next))
        {
            return false;
        }

        series.State.Double = next;
        Settle(ref series, in measurement);
        return true;
    }

    private void Settle(ref Series<SumState> series, in Measurement measurement)
    {
        series.Measured = true;
        if (_exemplars.Takes(in measurement))
        {
            _exemplars.Sample(ref series, in measurement);
        }
    }
}
