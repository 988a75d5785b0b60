using OpencodeOtel.Otlp;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Batching;

/// <summary>The request being written for one signal in one wire form: takes records, and closes when it is large enough.</summary>
/// <remarks>
/// A record that would take the request over its target closes it and opens the next. So a request is larger than the
/// target only if one record alone is, and then holds nothing else; a record that alone is over the limit is counted as too
/// large, and costs nothing but itself.
/// </remarks>
internal sealed class OpenRequest(ExportEnvelope envelope, TelemetryOptions options, IPayloadSink sink, TimeProvider time) : IDisposable
{
    // A short run sends little, and should not rent what a long one needs.
    private const int SmallestCapacity = 16 * 1024;

    private readonly ExportEnvelope _envelope = envelope;
    private readonly int _limit = options.RequestLimitBytes;
    private readonly int _target = Math.Min(options.RequestTargetBytes, options.RequestLimitBytes);
    private readonly int _targetItems = options.RequestTargetItems;
    private readonly IPayloadSink _sink = sink;
    private readonly TimeProvider _time = time;
    private ExportRequestBuilder _builder = new(envelope, SmallestCapacity);

    /// <summary>Gets a value indicating whether there is nothing to send.</summary>
    public bool IsEmpty => _builder.ItemCount == 0;

    /// <summary>Gets when the first record came, as a timestamp of the clock; only meaningful if not empty.</summary>
    public long OpenedAt { get; private set; }

    /// <summary>Appends a span.</summary>
    public void Append(in Span span)
    {
        Settle(_builder.TryAppend(in span, _target) || (MakeRoom() && _builder.TryAppend(in span, _limit)));
    }

    /// <summary>Appends a log record.</summary>
    public void Append(in LogRecord record)
    {
        Settle(_builder.TryAppend(in record, _target) || (MakeRoom() && _builder.TryAppend(in record, _limit)));
    }

    /// <summary>Appends a point of a gauge or a sum.</summary>
    public void Append(Metric metric, in NumberDataPoint point)
    {
        Settle(_builder.TryAppend(metric, in point, _target) || (MakeRoom() && _builder.TryAppend(metric, in point, _limit)));
    }

    /// <summary>Appends a point of a histogram.</summary>
    public void Append(Metric metric, in HistogramDataPoint point)
    {
        Settle(_builder.TryAppend(metric, in point, _target) || (MakeRoom() && _builder.TryAppend(metric, in point, _limit)));
    }

    /// <summary>Appends a point of an exponential histogram.</summary>
    public void Append(Metric metric, in ExponentialHistogramDataPoint point)
    {
        Settle(_builder.TryAppend(metric, in point, _target) || (MakeRoom() && _builder.TryAppend(metric, in point, _limit)));
    }

    /// <summary>Hands the request over, unless it is empty.</summary>
    public void Close()
    {
        if (IsEmpty)
        {
            return;
        }

        ExportRequest request = _builder.Complete();

        // The next request will be about as large: of a busy stream it need not grow, of a quiet one it holds little.
        int capacity = Math.Max(SmallestCapacity, Math.Min(request.Body.Length, _target));
        _builder = new ExportRequestBuilder(_envelope, capacity);
        _sink.Enqueue(request);
    }

    /// <inheritdoc/>
    public void Dispose() => _builder.Dispose();

    /// <summary>Closes the request; there is room then, if there is any for the record at all.</summary>
    private bool MakeRoom()
    {
        Close();
        return true;
    }

    private void Settle(bool appended)
    {
        if (!appended)
        {
            _sink.CountTooLarge(_envelope.Signal, _envelope.Form, 1);
            return;
        }

        if (_builder.Length >= _target || _builder.ItemCount >= _targetItems)
        {
            Close();
        }
        else if (_builder.ItemCount == 1)
        {
            OpenedAt = _time.GetTimestamp();
        }
    }
}
