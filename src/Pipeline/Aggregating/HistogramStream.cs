using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Aggregating;

/// <summary>Counts the measurements of a histogram in buckets with explicit bounds.</summary>
/// <remarks>
/// Not aggregated are values that are not finite. A negative value is counted like any other, but points that hold one have no
/// sum, as the protocol asks for.
/// </remarks>
internal sealed class HistogramStream(
    Metric metric, BucketBounds bounds, SeriesTable<HistogramState> series, ExemplarSampler exemplars) : IMetricStream
{
    private readonly Metric _metric = metric;
    private readonly BucketBounds _bounds = bounds;
    private readonly SeriesTable<HistogramState> _series = series;
    private readonly ExemplarSampler _exemplars = exemplars;

    /// <inheritdoc/>
    public long Overflowed => _series.Overflowed;

    /// <inheritdoc/>
    public bool Record(in Measurement measurement, ReadOnlySpan<KeyValue> attributes)
    {
        if (!FiniteNumber.TryGet(measurement.Value, out double value))
        {
            return false;
        }

        ref Series<HistogramState> series = ref _series.Find(attributes, measurement.Time);
        ref HistogramState state = ref series.State;
        if (state.Counts is null)
        {
            state.Counts = new ulong[_bounds.BucketCount];
            state.Clear();
        }

        int bucket = _bounds.IndexOf(value);
        state.Counts[bucket]++;
        state.Sum = FiniteNumber.Add(state.Sum, value);
        state.Min = Math.Min(state.Min, value);
        state.Max = Math.Max(state.Max, value);
        series.Measured = true;
        if (_exemplars.Takes(in measurement))
        {
            _exemplars.Keep(ref series, in measurement, bucket);
        }

        return true;
    }

    /// <inheritdoc/>
    public void Collect(in CollectionWindow window, IMetricPointSink sink)
    {
        bool isDelta = _metric.Temporality == AggregationTemporality.Delta;
        foreach (ref Series<HistogramState> series in _series.Rows)
        {
            if (series.Attributes is null || (isDelta && !series.Measured))
            {
                continue;
            }

            ref HistogramState state = ref series.State;
            ulong start = isDelta ? window.Start : series.CumulativeStart(in window);
            var point = new HistogramDataPoint
            {
                Attributes = series.Attributes,
                StartTimeUnixNano = start,
                TimeUnixNano = window.Time,
                Count = Total(state.Counts),
                Sum = state.Min < 0 ? null : state.Sum,
                BucketCounts = state.Counts,
                ExplicitBounds = _bounds.Bounds,
                Min = state.Min,
                Max = state.Max,
                Exemplars = _exemplars.Collect(series.Exemplars, start, window.Time),
            };
            sink.Append(_metric, in point);
            series.Measured = false;
            if (isDelta)
            {
                state.Clear();
                series.Exemplars?.Clear();
            }
        }

        _series.EndInterval(window.Time);
    }

    private static ulong Total(ReadOnlySpan<ulong> counts)
    {
        ulong total = 0;
        foreach (ulong count in counts)
        {
            total += count;
        }

        return total;
    }
}
