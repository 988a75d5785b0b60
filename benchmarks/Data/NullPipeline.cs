using OpencodeOtel.Otlp;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline;
using OpencodeOtel.Pipeline.Batching;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Enriching;
using OpencodeOtel.Pipeline.Receiving;

namespace OpencodeOtel.Benchmarks.Data;

/// <summary>All stages but the last, joined: events in, finished OTLP/protobuf requests out, which are counted and released.</summary>
internal sealed class NullPipeline : IPayloadSink, IDisposable
{
    private readonly SignalBatcher _batcher;
    private readonly MetricCollector _metrics;
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
        _batcher = new SignalBatcher(envelopes, options, this, TimeProvider.System);
        _metrics = new MetricCollector(options, _batcher);
        _enricher = new TelemetryEnricher(options, TimeProvider.System, new SignalSplit(_batcher, _metrics));
        Receiver = new EventReceiver(_enricher, options.LineLimitBytes);
    }

    /// <summary>Gets the first stage, and its counts.</summary>
    public EventReceiver Receiver { get; }

    /// <summary>Gets the number of spans, log records and data points in the requests.</summary>
    public int Items { get; private set; }

    /// <summary>Gets the bytes of the requests.</summary>
    public int Bytes { get; private set; }

    /// <summary>Takes the next bytes, and does what the clock asks for.</summary>
    public void Push(ReadOnlySpan<byte> bytes)
    {
        Receiver.Push(bytes);
        _enricher.Tick();
        _metrics.Tick(_enricher.Now);
        _batcher.Tick();
    }

    /// <summary>Ends the stream: what is open is ended, metrics are collected, requests are closed.</summary>
    public void Complete()
    {
        Receiver.Complete();
        _enricher.Complete();
        _metrics.Collect(_enricher.Now);
        _batcher.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => _batcher.Dispose();

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
