using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Aggregating;

/// <summary>Keeps the last measurement of a gauge. Its points have no start.</summary>
/// <param name="metric">The metric.</param>
/// <param name="isInteger">Whether values are integers.</param>
/// <param name="onlyMeasured">Whether a collection reports only what was set since the one before.</param>
/// <param name="series">The series.</param>
/// <param name="exemplars">Chooses exemplars; a point has those of its interval.</param>
internal sealed class GaugeStream(
    Metric metric, bool isInteger, bool onlyMeasured, SeriesTable<GaugeState> series, ExemplarSampler exemplars) : IMetricStream
{
    private readonly Metric _metric = metric;
    private readonly bool _isInteger = isInteger;
    private readonly bool _onlyMeasured = onlyMeasured;
    private readonly SeriesTable<GaugeState> _series = series;
    private readonly ExemplarSampler _exemplars = exemplars;

    /// <inheritdoc/>
    public long Overflowed => _series.Overflowed;

    /// <inheritdoc/>
    public bool Record(in Measurement measurement, ReadOnlySpan<KeyValue> attributes)
    {
        NumberValue value = measurement.Value;
        if (!_isInteger)
        {
            if (!FiniteNumber.TryGet(value, out double number))
            {
                return false;
            }

            value = number;
        }
        else if (value.Kind != NumberKind.Int)
        {
            return false;
        }

        ref Series<GaugeState> series = ref _series.Find(attributes, measurement.Time);
        series.State.Value = value;
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
        foreach (ref Series<GaugeState> series in _series.Rows)
        {
            if (series.Attributes is null || (_onlyMeasured && !series.Measured))
            {
                continue;
            }

            var point = new NumberDataPoint
            {
                Attributes = series.Attributes,
                TimeUnixNano = window.Time,
                Value = series.State.Value,
                Exemplars = _exemplars.Collect(series.Exemplars, 0, window.Time),
            };
            sink.Append(_metric, in point);
            series.Measured = false;
            series.Exemplars?.Clear();
        }

        _series.EndInterval(window.Time);
    }
}
