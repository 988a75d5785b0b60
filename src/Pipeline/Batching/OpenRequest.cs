using OpencodeOtel.Otlp;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Batching;

/// <summary>The request being written for one signal in one wire form: takes records, and closes when it is large enough.</summary>
/// <remarks>
/// Owns its builder. A record that does not fit into what is left closes the request and opens the next; one that does not
/// fit into an empty request is counted as too large and costs nothing else.
/// </remarks>
internal sealed class OpenRequest(ExportEnvelope envelope, TelemetryOptions options, IPayloadSink sink, TimeProvider time) : IDisposable
{
    // A short run sends little; a long one reaches the target by doubling in six steps.
    private const int InitialCapacity = 16 * 1024;

    private readonly ExportEnvelope _envelope = envelope;
    private readonly ExportRequestBuilder _builder = new(envelope, InitialCapacity);
    private readonly int _limit = options.RequestLimitBytes;
    private readonly int _targetBytes = Math.Min(options.RequestTargetBytes, options.RequestLimitBytes);
    private readonly int _targetItems = options.RequestTargetItems;
    private readonly IPayloadSink _sink = sink;
    private readonly TimeProvider _time = time;

    /// <summary>Gets the signal.</summary>
    public Signal Signal => _envelope.Signal;

    /// <summary>Gets a value indicating whether there is nothing to send.</summary>
    public bool IsEmpty => _builder.ItemCount == 0;

    /// <summary>Gets when the first record came, as a timestamp of the clock; only meaningful if not empty.</summary>
    public long OpenedAt { get; private set; }

    /// <summary>Appends a span.</summary>
    public void Append(in Span span)
    {
        bool done = _builder.TryAppend(in span, _limit) || (MakeRoom() && _builder.TryAppend(in span, _limit));
        Settle(done);
    }

    /// <summary>Appends a log record.</summary>
    public void Append(in LogRecord record)
    {
        bool done = _builder.TryAppend(in record, _limit) || (MakeRoom() && _builder.TryAppend(in record, _limit));
        Settle(done);
    }

    /// <summary>Appends a point of a gauge or a sum.</summary>
    public void Append(Metric metric, in NumberDataPoint point)
    {
        bool done = _builder.TryAppend(metric, in point, _limit) || (MakeRoom() && _builder.TryAppend(metric, in point, _limit));
        Settle(done);
    }

    /// <summary>Appends a point of a histogram.</summary>
    public void Append(Metric metric, in HistogramDataPoint point)
    {
        bool done = _builder.TryAppend(metric, in point, _limit) || (MakeRoom() && _builder.TryAppend(metric, in point, _limit));
        Settle(done);
    }

    /// <summary>Hands the request over, unless it is empty.</summary>
    public void Close()
    {
        if (!IsEmpty)
        {
            _sink.Enqueue(_builder.Complete());
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _builder.Dispose();

    private bool MakeRoom()
    {
        bool hasItems = !IsEmpty;
        Close();
        return hasItems;
    }

    private void Settle(bool appended)
    {
        if (!appended)
        {
            _sink.CountTooLarge(_envelope.Signal, _envelope.Form, 1);
            return;
        }

        if (_builder.Length >= _targetBytes || _builder.ItemCount >= _targetItems)
        {
            Close();
        }
        else if (_builder.ItemCount == 1)
        {
            OpenedAt = _time.GetTimestamp();
        }
    }
}
