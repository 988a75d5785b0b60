using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Aggregating;

/// <summary>Counts the measurements of a histogram in buckets whose width grows with the value, and follows from the values seen.</summary>
/// <remarks>Not aggregated are values that are not finite. Points that hold a negative value have no sum, as the protocol asks for.</remarks>
internal sealed class ExponentialHistogramStream(Metric metric, SeriesTable<ExponentialState> series, ExemplarSampler exemplars) : IMetricStream
{
    private readonly Metric _metric = metric;
    private readonly SeriesTable<ExponentialState> _series = series;
    private readonly ExemplarSampler _exemplars = exemplars;

    // What a point refers to while it is encoded.
    private readonly ulong[] _positive = new ulong[ExponentialCounts.MaxSize];
    private readonly ulong[] _negative = new ulong[ExponentialCounts.MaxSize];

    /// <inheritdoc/>
    public long Overflowed => _series.Overflowed;

    /// <inheritdoc/>
    public bool Record(in Measurement measurement, ReadOnlySpan<KeyValue> attributes)
    {
        if (!FiniteNumber.TryGet(measurement.Value, out double value))
        {
            return false;
        }

        ref Series<ExponentialState> series = ref _series.Find(attributes, measurement.Time);
        (series.State.Distribution ??= new ExponentialDistribution()).Record(value);
        series.Measured = true;
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
        foreach (ref Series<ExponentialState> series in _series.Rows)
        {
            if (series.Attributes is null || (isDelta && !series.Measured))
            {
                continue;
            }

            ExponentialDistribution distribution = series.State.Distribution!;
            ulong start = isDelta ? window.Start : series.CumulativeStart(in window);
            var point = new ExponentialHistogramDataPoint
            {
                Attributes = series.Attributes,
                StartTimeUnixNano = start,
                TimeUnixNano = window.Time,
                Count = distribution.Count,
                Sum = distribution.Min < 0 ? null : distribution.Sum,
                Scale = distribution.Scale,
                ZeroCount = distribution.ZeroCount,
                Positive = Buckets(distribution.Positive, _positive),
                Negative = Buckets(distribution.Negative, _negative),
                Min = distribution.Min,
                Max = distribution.Max,
                Exemplars = _exemplars.Collect(series.Exemplars, start, window.Time),
            };
            sink.Append(_metric, in point);
            series.Measured = false;
            if (isDelta)
            {
                distribution.Clear();
                series.Exemplars?.Clear();
            }
        }

        _series.EndInterval(window.Time);
    }

    private static ExponentialBuckets? Buckets(ExponentialCounts counts, ulong[] memory)
    {
        if (counts.Total == 0)
        {
            return null;
        }

        counts.CopyTo(memory);
        return new ExponentialBuckets { Offset = counts.Low, BucketCounts = memory.AsMemory(0, counts.Length) };
    }
}
