using OpencodeOtel.Otlp.Messages;
using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Otlp;

/// <summary>An open <c>Export…ServiceRequest</c>: records are encoded into it as they come, and its exact size is known at all times.</summary>
/// <remarks>
/// One thread. The buffer is rented from the shared pool when the first record comes, grows with the records, and goes
/// to the request on completion. It begins with room for the largest envelope: records are written once and stay where
/// they are. The points of a metric move once, by a few bytes, if their lengths need other room than was kept.
/// </remarks>
public sealed class ExportRequestBuilder : IDisposable
{
    private readonly ExportEnvelope _envelope;
    private readonly Frame _frame;
    private readonly RequestBuffer _buffer;
    private readonly int _start; // of the records, after the room for the envelope
    private int _end; // of what is written
    private Metric? _metric; // the open metric, whose points are the last thing written
    private Frame? _metricFrame;
    private int _metricStart; // of the room for what stands before its points
    private int _pointsStart;
    private bool _disposed;

    /// <summary>Opens an empty request.</summary>
    /// <param name="envelope">Signal, wire form, resource and scope.</param>
    /// <param name="initialCapacity">Bytes to rent at first.</param>
    public ExportRequestBuilder(ExportEnvelope envelope, int initialCapacity)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        ArgumentOutOfRangeException.ThrowIfNegative(initialCapacity);
        _envelope = envelope;
        _frame = envelope.Frame;
        _buffer = new RequestBuffer(envelope.Form, initialCapacity);
        _start = _frame.MaxPrefixLength;
        _end = _start;
    }

    /// <summary>Gets the number of spans, log records or data points.</summary>
    public int ItemCount { get; private set; }

    /// <summary>Gets the exact size in bytes that <see cref="Complete"/> would give now; 0 without items.</summary>
    public int Length => ItemCount == 0 ? 0 : (int)_frame.Length(ClosedEnd - _start);

    /// <summary>Gets where the records would end if the open metric were closed.</summary>
    private int ClosedEnd => _metricFrame is null ? _end : _metricStart + (int)_metricFrame.Length(_end - _pointsStart);

    /// <summary>Appends a span, unless the completed request would be longer than <paramref name="limit"/> bytes: then nothing changes.</summary>
    /// <returns>Whether it was appended.</returns>
    public bool TryAppend(in Span span, int limit) => TryAppendRecord<SpanEncoder, Span>(Signal.Traces, span, limit);

    /// <summary>Appends a log record, unless the completed request would be longer than <paramref name="limit"/> bytes: then nothing changes.</summary>
    /// <returns>Whether it was appended.</returns>
    public bool TryAppend(in LogRecord record, int limit) => TryAppendRecord<LogRecordEncoder, LogRecord>(Signal.Logs, record, limit);

    /// <summary>
    /// Appends a point to <paramref name="metric"/> (opened if it is not the one of the last point), unless the completed request
    /// would be longer than <paramref name="limit"/> bytes: then nothing changes.
    /// </summary>
    /// <returns>Whether it was appended.</returns>
    /// <exception cref="ArgumentException">The metric is of another kind.</exception>
    public bool TryAppend(Metric metric, in NumberDataPoint point, int limit) =>
        TryAppendPoint<NumberDataPointEncoder, NumberDataPoint>(metric, MetricKind.Gauge, MetricKind.Sum, point, limit);

    /// <inheritdoc cref="TryAppend(Metric, in NumberDataPoint, int)"/>
    public bool TryAppend(Metric metric, in HistogramDataPoint point, int limit) =>
        TryAppendPoint<HistogramDataPointEncoder, HistogramDataPoint>(metric, MetricKind.Histogram, MetricKind.Histogram, point, limit);

    /// <inheritdoc cref="TryAppend(Metric, in NumberDataPoint, int)"/>
    public bool TryAppend(Metric metric, in ExponentialHistogramDataPoint point, int limit) =>
        TryAppendPoint<ExponentialHistogramDataPointEncoder, ExponentialHistogramDataPoint>(
            metric, MetricKind.ExponentialHistogram, MetricKind.ExponentialHistogram, point, limit);

    /// <inheritdoc cref="TryAppend(Metric, in NumberDataPoint, int)"/>
    public bool TryAppend(Metric metric, in SummaryDataPoint point, int limit) =>
        TryAppendPoint<SummaryDataPointEncoder, SummaryDataPoint>(metric, MetricKind.Summary, MetricKind.Summary, point, limit);

    /// <summary>Closes the envelope and hands the request over; the builder is then empty and rents anew when next used.</summary>
    /// <exception cref="InvalidOperationException">There is no item: an empty request is not to be made.</exception>
    public ExportRequest Complete()
    {
        if (ItemCount == 0)
        {
            throw new InvalidOperationException("A request without items is not to be made.");
        }

        CloseMetric();
        int content = _end - _start;
        int start = _start - _frame.PrefixLength(content);
        _frame.WritePrefix(_buffer.Bytes[start.._start], content);
        _frame.WriteSuffix(_buffer.Bytes, _end);
        int length = _end + _frame.SuffixLength - start;
        var request = new ExportRequest(_envelope.Signal, _envelope.Form, ItemCount, _buffer.Detach(), start, length);
        Empty();
        return request;
    }

    /// <summary>Gives the buffer back, with what was not completed.</summary>
    public void Dispose()
    {
        _buffer.Return();
        Empty();
        _disposed = true;
    }

    private bool TryAppendRecord<TEncoder, TRecord>(Signal signal, in TRecord record, int limit)
        where TEncoder : struct, IItemEncoder<TRecord>
        where TRecord : struct
    {
        ThrowUnless(signal);
        int tail = _frame.SuffixLength;
        long length;
        while (!_buffer.TryEncode<TEncoder, TRecord>(record, _end, tail, out length, out long required))
        {
            if (_frame.Length(_end - _start + length) > limit || !_buffer.TryGrow(required, _start, _end))
            {
                return false;
            }
        }

        // The room for the envelope is as large as that can be: only near the limit is the exact size needed.
        if (_end + length + tail > limit && _frame.Length(_end - _start + length) > limit)
        {
            return false;
        }

        _end += (int)length;
        ItemCount++;
        return true;
    }

    private bool TryAppendPoint<TEncoder, TPoint>(Metric metric, MetricKind kind, MetricKind otherKind, in TPoint point, int limit)
        where TEncoder : struct, IItemEncoder<TPoint>
        where TPoint : struct
    {
        ArgumentNullException.ThrowIfNull(metric);
        ThrowUnless(Signal.Metrics);
        if (metric.Kind != kind && metric.Kind != otherKind)
        {
            ThrowKind(metric.Kind);
        }

        return ReferenceEquals(metric, _metric)
            ? TryAppendPoint<TEncoder, TPoint>(_metricFrame!, _metricStart, _pointsStart, _end, point, limit)
            : TryOpen<TEncoder, TPoint>(metric, point, limit);
    }

    private bool TryOpen<TEncoder, TPoint>(Metric metric, in TPoint point, int limit)
        where TEncoder : struct, IItemEncoder<TPoint>
        where TPoint : struct
    {
        // The first point is encoded where it will stand once the open metric is closed, which is behind all that is
        // written: so the open one is touched only when the point is taken.
        Frame frame = metric.Frame(_envelope.Form);
        int metricStart = ClosedEnd;
        int pointsStart = metricStart + frame.LikelyPrefixLength;
        int end = _end;
        if (!TryAppendPoint<TEncoder, TPoint>(frame, metricStart, pointsStart, pointsStart, point, limit))
        {
            return false;
        }

        (int newEnd, _end) = (_end, end);
        CloseMetric();
        (_metric, _metricFrame, _metricStart, _pointsStart, _end) = (metric, frame, metricStart, pointsStart, newEnd);
        return true;
    }

    private bool TryAppendPoint<TEncoder, TPoint>(Frame frame, int metricStart, int pointsStart, int at, in TPoint point, int limit)
        where TEncoder : struct, IItemEncoder<TPoint>
        where TPoint : struct
    {
        int tail = frame.SuffixLength + Frame.MaxPrefixGrowth + _frame.SuffixLength;
        long length;
        while (!_buffer.TryEncode<TEncoder, TPoint>(point, at, tail, out length, out long required))
        {
            if (ExactLength(frame, metricStart, at - pointsStart + length) > limit || !_buffer.TryGrow(required, _start, _end))
            {
                return false;
            }
        }

        if (at + length + tail > limit && ExactLength(frame, metricStart, at - pointsStart + length) > limit)
        {
            return false;
        }

        _end = at + (int)length;
        ItemCount++;
        return true;
    }

    private long ExactLength(Frame metric, int metricStart, long points) =>
        _frame.Length(metricStart - _start + metric.Length(points));

    private void CloseMetric()
    {
        if (_metricFrame is null)
        {
            return;
        }

        Span<byte> bytes = _buffer.Bytes;
        int points = _end - _pointsStart;
        int prefix = _metricFrame.PrefixLength(points);
        int start = _metricStart + prefix;
        if (start != _pointsStart)
        {
            bytes[_pointsStart.._end].CopyTo(bytes[start..]);
        }

        _metricFrame.WritePrefix(bytes[_metricStart..start], points);
        _end = start + points;
        _metricFrame.WriteSuffix(bytes, _end);
        _end += _metricFrame.SuffixLength;
        (_metric, _metricFrame) = (null, null);
    }

    private void Empty()
    {
        (_metric, _metricFrame) = (null, null);
        _end = _start;
        ItemCount = 0;
    }

    private void ThrowUnless(Signal signal)
    {
        if (_envelope.Signal != signal)
        {
            ThrowSignal(signal);
        }

        ObjectDisposedException.ThrowIf(_disposed, this);
    }

    private void ThrowSignal(Signal signal) =>
        throw new InvalidOperationException($"This request takes {_envelope.Signal}, not {signal}.");

    private static void ThrowKind(MetricKind kind) =>
        throw new ArgumentException($"The metric is a {kind}, the point is not.", nameof(kind));
}
