using OpencodeOtel.Otlp;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Aggregating;
using OpencodeOtel.Pipeline.Batching;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Enriching;
using OpencodeOtel.Pipeline.Receiving;

namespace OpencodeOtel.Benchmarks.Data;

/// <summary>All stages but the last, joined: events in, finished OTLP/protobuf requests out, which are counted and released.</summary>
internal sealed class NullPipeline : ISignalSink, IPayloadSink, IDisposable
{
    private readonly MetricAggregator _aggregator;
    private readonly SignalBatcher _batcher;
    private readonly TelemetryEnricher _enricher;

    /// <summary>Joins the stages, with their defaults and the clock of the events, as for a replay.</summary>
    public NullPipeline()
    {
        TelemetryOptions options = new() { UseEventClock = true };
        Resource resource = new() { Attributes = new[] { new KeyValue("service.name", "opencode") } };
        InstrumentationScope scope = new() { Name = "opencode-otel", Version = "0.1.0" };
        ExportEnvelope[] envelopes =
        [
            .. Enum.GetValues<Signal>().Select(signal => new ExportEnvelope(signal, WireForm.Protobuf, resource, scope)),
        ];
        _aggregator = new MetricAggregator(options);
        _batcher = new SignalBatcher(envelopes, options, this, TimeProvider.System);
        _enricher = new TelemetryEnricher(options, TimeProvider.System, this);
        Receiver = new EventReceiver(_enricher, options.LineLimitBytes);
    }

    /// <summary>Gets what takes the bytes.</summary>
    public EventReceiver Receiver { get; }

    /// <summary>Gets the number of spans, log records and data points in the requests.</summary>
    public int Items { get; private set; }

    /// <summary>Gets the bytes of the requests.</summary>
    public int Bytes { get; private set; }

    /// <summary>Ends the stream: what is open is ended, metrics are collected, requests are closed.</summary>
    public void Complete()
    {
        Receiver.Complete();
        _enricher.Complete();
        _aggregator.Collect(_enricher.Now, _batcher);
        _batcher.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => _batcher.Dispose();

    /// <inheritdoc/>
    void ISignalSink.Emit(in Span span) => _batcher.Emit(in span);

    /// <inheritdoc/>
    void ISignalSink.Emit(in LogRecord record) => _batcher.Emit(in record);

    /// <inheritdoc/>
    void ISignalSink.Record(in Measurement measurement) => _aggregator.Record(in measurement);

    /// <inheritdoc/>
    void IPayloadSink.Enqueue(ExportRequest request)
    {
        Items += request.ItemCount;
        Bytes += request.Body.Length;
        request.Release();
    }

    /// <inheritdoc/>
    void IPayloadSink.CountTooLarge(Signal signal, WireForm form, int items) =>
        throw new InvalidOperationException("No recorded event makes a record that is too large.");
}
