using OpencodeOtel.Otlp;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Aggregating;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Diagnostics;

namespace OpencodeOtel.Pipeline.Batching;

/// <summary>Writes records into requests the moment they come, once for each wire form in use, and hands finished requests over.</summary>
/// <remarks>
/// One thread. A request is closed when the next record would take it over <see cref="TelemetryOptions.RequestTargetBytes"/>,
/// when it holds <see cref="TelemetryOptions.RequestTargetItems"/>, on <see cref="Flush"/>, with spans and log records
/// <see cref="TelemetryOptions.SpansInterval"/> or <see cref="TelemetryOptions.LogsInterval"/> after its first record, and with points at the end of their collection. It is
/// never larger than <see cref="TelemetryOptions.RequestLimitBytes"/>.
/// </remarks>
internal sealed class SignalBatcher : IMetricPointSink, IDisposable
{
    private readonly TimeProvider _time;
    private readonly TimeSpan _spansInterval;
    private readonly TimeSpan _logsInterval;
    private readonly OpenRequest[] _spans;
    private readonly OpenRequest[] _logs;
    private readonly OpenRequest[] _points;
    private long _spansMade;
    private long _logsMade;
    private long _pointsMade;

    /// <summary>Opens no request yet.</summary>
    /// <param name="envelopes">One for each pair of signal and wire form that a destination takes; a signal without any is only counted.</param>
    /// <param name="options">Sizes and intervals.</param>
    /// <param name="sink">Where finished requests go.</param>
    /// <param name="time">The real clock, also in a replay: waiting for company is about the network, not about the recording.</param>
    public SignalBatcher(IReadOnlyCollection<ExportEnvelope> envelopes, TelemetryOptions options, IPayloadSink sink, TimeProvider time)
    {
        _time = time;
        _spansInterval = options.SpansInterval ?? options.LogsInterval;
        _logsInterval = options.LogsInterval;
        _spans = Open(Signal.Traces, options.SpanTargetItems);
        _logs = Open(Signal.Logs, options.LogTargetItems);
        _points = Open(Signal.Metrics, null);

        OpenRequest[] Open(Signal signal, int? items)
        {
            TelemetryOptions own = options with { RequestTargetItems = items ?? options.RequestTargetItems };
            return [.. envelopes.Where(envelope => envelope.Signal == signal).Select(envelope => new OpenRequest(envelope, own, sink, time))];
        }
    }

    /// <summary>Gets how many records were made, each counted once whatever the number of wire forms and destinations.</summary>
    public SignalCounts RecordsMade => new(Metrics: _pointsMade, Logs: _logsMade, Spans: _spansMade);

    /// <summary>Gets how long until <see cref="Tick"/> has a request to close: zero when it is due, <see langword="null"/> when none waits.</summary>
    public TimeSpan? NextDeadline
    {
        get
        {
            TimeSpan? next = null;
            long now = _time.GetTimestamp();
            Visit(_spans, _spansInterval);
            Visit(_logs, _logsInterval);
            return next;

            void Visit(OpenRequest[] requests, TimeSpan interval)
            {
                foreach (OpenRequest request in requests)
                {
                    if (!request.IsEmpty && TimeLeft(request, interval, now) is TimeSpan left && !(next <= left))
                    {
                        next = left;
                    }
                }
            }
        }
    }

    /// <summary>Takes a span.</summary>
    public void Emit(in Span span)
    {
        _spansMade++;
        foreach (OpenRequest request in _spans)
        {
            request.Append(in span);
        }
    }

    /// <summary>Takes a log record.</summary>
    public void Emit(in LogRecord record)
    {
        _logsMade++;
        foreach (OpenRequest request in _logs)
        {
            request.Append(in record);
        }
    }

    /// <inheritdoc/>
    public void Append(Metric metric, in NumberDataPoint point)
    {
        _pointsMade++;
        foreach (OpenRequest request in _points)
        {
            request.Append(metric, in point);
        }
    }

    /// <inheritdoc/>
    public void Append(Metric metric, in HistogramDataPoint point)
    {
        _pointsMade++;
        foreach (OpenRequest request in _points)
        {
            request.Append(metric, in point);
        }
    }

    /// <inheritdoc/>
    public void Append(Metric metric, in ExponentialHistogramDataPoint point)
    {
        _pointsMade++;
        foreach (OpenRequest request in _points)
        {
            request.Append(metric, in point);
        }
    }

    /// <inheritdoc/>
    public void EndCollection() => Close(_points);

    /// <summary>Closes the requests of spans and log records whose first record has waited for the interval.</summary>
    public void Tick()
    {
        long now = _time.GetTimestamp();
        CloseDue(_spans, _spansInterval);
        CloseDue(_logs, _logsInterval);

        void CloseDue(OpenRequest[] requests, TimeSpan interval)
        {
            foreach (OpenRequest request in requests)
            {
                if (!request.IsEmpty && TimeLeft(request, interval, now) == TimeSpan.Zero)
                {
                    request.Close();
                }
            }
        }
    }

    /// <summary>Closes all requests that hold something.</summary>
    public void Flush()
    {
        Close(_spans);
        Close(_logs);
        Close(_points);
    }

    /// <summary>Gives the buffers back; what was not flushed is lost.</summary>
    public void Dispose()
    {
        Dispose(_spans);
        Dispose(_logs);
        Dispose(_points);

        static void Dispose(OpenRequest[] requests)
        {
            foreach (OpenRequest request in requests)
            {
                request.Dispose();
            }
        }
    }

    private static void Close(OpenRequest[] requests)
    {
        foreach (OpenRequest request in requests)
        {
            request.Close();
        }
    }

    private TimeSpan TimeLeft(OpenRequest request, TimeSpan interval, long now)
    {
        TimeSpan waited = _time.GetElapsedTime(request.OpenedAt, now);
        return waited >= interval ? TimeSpan.Zero : interval - waited;
    }
}
