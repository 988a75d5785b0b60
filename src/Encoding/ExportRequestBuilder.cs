using System.Buffers;
using OpencodeOtel.Otlp.Json;
using OpencodeOtel.Otlp.Messages;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Otlp.Protobuf;
using OpencodeOtel.Otlp.Schema;

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
    private readonly int _initialCapacity;
    private readonly int _start; // of the records, after the room for the envelope
    private byte[]? _buffer;
    private int _end; // of what is written
    private Metric? _metric; // the open metric, whose points are the last thing written
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
        _initialCapacity = initialCapacity;
        _start = envelope.Frame.MaxPrefixLength;
        _end = _start;
    }

    /// <summary>Gets the number of spans, log records or data points.</summary>
    public int ItemCount { get; private set; }

    /// <summary>Gets the exact size in bytes that <see cref="Complete"/> would give now; 0 without items.</summary>
    public int Length => ItemCount == 0 ? 0 : (int)_envelope.Frame.Length(ClosedEnd - _start);

    /// <summary>Gets where the records would end if the open metric were closed.</summary>
    private int ClosedEnd => _metric is null
        ? _end
        : _metricStart + (int)_metric.Frame(_envelope.Form).Length(_end - _pointsStart);

    /// <summary>Appends a span, unless the completed request would be longer than <paramref name="limit"/> bytes: then nothing changes.</summary>
    /// <returns>Whether it was appended.</returns>
    public bool TryAppend(in Span span, int limit)
    {
        ThrowUnless(Signal.Traces);
        return TryAppendRecord<SpanEncoder, Span>(TraceFields.ScopeSpans.Spans, span, limit);
    }

    /// <summary>Appends a log record, unless the completed request would be longer than <paramref name="limit"/> bytes: then nothing changes.</summary>
    /// <returns>Whether it was appended.</returns>
    public bool TryAppend(in LogRecord record, int limit)
    {
        ThrowUnless(Signal.Logs);
        return TryAppendRecord<LogRecordEncoder, LogRecord>(LogsFields.ScopeLogs.LogRecords, record, limit);
    }

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
        if (ItemCount == 0 || _buffer is null)
        {
            throw new InvalidOperationException("A request without items is not to be made.");
        }

        CloseMetric();
        Frame frame = _envelope.Frame;
        int content = _end - _start;
        int start = _start - frame.PrefixLength(content);
        frame.WritePrefix(_buffer.AsSpan(start, _start - start), content);
        frame.WriteSuffix(_buffer, _end);
        int end = _end + frame.SuffixLength;
        var request = new ExportRequest(_envelope.Signal, _envelope.Form, ItemCount, _buffer, start, end - start);
        Reset();
        return request;
    }

    /// <summary>Gives the buffer back, with what was not completed.</summary>
    public void Dispose()
    {
        if (_buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        Reset();
        _disposed = true;
    }

    private bool TryAppendRecord<TEncoder, TRecord>(Field field, in TRecord record, int limit)
        where TEncoder : struct, IItemEncoder<TRecord>
        where TRecord : struct
    {
        Frame frame = _envelope.Frame;
        while (true)
        {
            bool fits = Encode<TEncoder, TRecord>(field, record, _end, frame.SuffixLength, out long length, out long required);

            // What is before the records counts with the largest envelope: only near the limit is the exact size needed.
            if (_end + length + frame.SuffixLength > limit && frame.Length(_end - _start + length) > limit)
            {
                return false;
            }

            if (fits)
            {
                _end += (int)length;
                ItemCount++;
                return true;
            }

            if (!TryGrow(_end + required + frame.SuffixLength))
            {
                return false;
            }
        }
    }

    private bool TryAppendPoint<TEncoder, TPoint>(Metric metric, MetricKind kind, MetricKind otherKind, in TPoint point, int limit)
        where TEncoder : struct, IItemEncoder<TPoint>
        where TPoint : struct
    {
        ArgumentNullException.ThrowIfNull(metric);
        ThrowUnless(Signal.Metrics);
        if (metric.Kind != kind && metric.Kind != otherKind)
        {
            throw new ArgumentException($"The metric is a {metric.Kind}, the point is not.", nameof(metric));
        }

        // A new metric's first point is encoded where it will stand once the open metric is closed, which is behind all
        // that is written: so the open one is touched only when the point is taken.
        Frame frame = metric.Frame(_envelope.Form);
        bool opens = !ReferenceEquals(metric, _metric);
        int metricStart = opens ? ClosedEnd : _metricStart;
        int pointsStart = opens ? metricStart + frame.LikelyPrefixLength : _pointsStart;
        int at = opens ? pointsStart : _end;
        int tail = frame.SuffixLength + Frame.MaxPrefixGrowth + _envelope.Frame.SuffixLength;
        while (true)
        {
            bool fits = Encode<TEncoder, TPoint>(MetricEncoder.PointsOf(metric.Kind), point, at, tail, out long length, out long required);
            if (at + length + tail > limit
                && _envelope.Frame.Length(metricStart - _start + frame.Length(at - pointsStart + length)) > limit)
            {
                return false;
            }

            if (fits)
            {
                if (opens)
                {
                    CloseMetric();
                    _metric = metric;
                    _metricStart = metricStart;
                    _pointsStart = pointsStart;
                }

                _end = at + (int)length;
                ItemCount++;
                return true;
            }

            if (!TryGrow(at + required + tail))
            {
                return false;
            }
        }
    }

    /// <summary>Encodes an item at a place of the buffer, keeping room for what will follow it.</summary>
    private bool Encode<TEncoder, TItem>(Field field, in TItem item, int at, int tail, out long length, out long required)
        where TEncoder : struct, IItemEncoder<TItem>
        where TItem : struct
    {
        int room = (_buffer?.Length ?? 0) - at - tail;
        Span<byte> target = room > 0 ? _buffer.AsSpan(at, room) : default;
        if (_envelope.Form == WireForm.Protobuf)
        {
            ProtobufWriter writer = default;
            writer.Use(target);
            TEncoder.Write(ref writer, field, item);
            length = writer.Length;
            required = writer.BytesRequired;
            return writer.Fits;
        }
        else
        {
            JsonWriter writer = default;
            writer.Use(target);
            TEncoder.Write(ref writer, field, item);
            length = writer.Length;
            required = writer.BytesRequired;
            return writer.Fits;
        }
    }

    private void CloseMetric()
    {
        if (_metric is null)
        {
            return;
        }

        Frame frame = _metric.Frame(_envelope.Form);
        int points = _end - _pointsStart;
        int prefix = frame.PrefixLength(points);
        int start = _metricStart + prefix;
        if (start != _pointsStart)
        {
            _buffer.AsSpan(_pointsStart, points).CopyTo(_buffer.AsSpan(start));
        }

        frame.WritePrefix(_buffer.AsSpan(_metricStart, prefix), points);
        _end = start + points;
        frame.WriteSuffix(_buffer, _end);
        _end += frame.SuffixLength;
        _metric = null;
    }

    private bool TryGrow(long required)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (required > Array.MaxLength)
        {
            return false;
        }

        long doubled = _buffer is null ? _initialCapacity : 2L * _buffer.Length;
        byte[] larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Math.Max(required, doubled), Array.MaxLength));
        if (_buffer is not null)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(larger.AsSpan(_start));
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = larger;
        return true;
    }

    private void Reset()
    {
        _buffer = null;
        _metric = null;
        _end = _start;
        ItemCount = 0;
    }

    private void ThrowUnless(Signal signal)
    {
        if (_envelope.Signal != signal)
        {
            throw new InvalidOperationException($"This request takes {_envelope.Signal}, not {signal}.");
        }
    }
}
