using Microsoft.Extensions.Time.Testing;
using OpencodeOtel.Otlp;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Batching;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Enriching;
using OpencodeOtel.Pipeline.Receiving;
using OpencodeOtel.Pipeline.Tests.Batching;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;
using ProtoCommon = OpenTelemetry.Proto.Common.V1;
using ProtoLogs = OpenTelemetry.Proto.Logs.V1;
using ProtoMetrics = OpenTelemetry.Proto.Metrics.V1;
using ProtoResource = OpenTelemetry.Proto.Resource.V1;
using ProtoTrace = OpenTelemetry.Proto.Trace.V1;

namespace OpencodeOtel.Pipeline.Tests.Replaying;

/// <summary>A stream taken through all stages up to the payloads, and what a server reads in these.</summary>
/// <remarks>The stages are joined as <see cref="TelemetryPipeline"/> joins them, without its exporters, which have threads of their own.</remarks>
internal sealed class Replayed
{
    public static readonly TelemetryOptions Options = new() { UseEventClock = true };

    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly List<ExportTraceServiceRequest> _traces;
    private readonly List<ExportLogsServiceRequest> _logs;
    private readonly List<ExportMetricsServiceRequest> _metrics;

    private Replayed(KeepingSink sink)
    {
        _traces = [.. sink.Of(Signal.Traces).Select(request => request.Read<ExportTraceServiceRequest>())];
        _logs = [.. sink.Of(Signal.Logs).Select(request => request.Read<ExportLogsServiceRequest>())];
        _metrics = [.. sink.Of(Signal.Metrics).Select(request => request.Read<ExportMetricsServiceRequest>())];
    }

    public IEnumerable<ProtoTrace.Span> Spans => _traces.SelectMany(request => request.ResourceSpans).SelectMany(resource => resource.ScopeSpans).SelectMany(scope => scope.Spans);

    public IEnumerable<ProtoLogs.LogRecord> Logs => _logs.SelectMany(request => request.ResourceLogs).SelectMany(resource => resource.ScopeLogs).SelectMany(scope => scope.LogRecords);

    public IEnumerable<ProtoMetrics.Metric> Metrics => _metrics.SelectMany(request => request.ResourceMetrics).SelectMany(resource => resource.ScopeMetrics).SelectMany(scope => scope.Metrics);

    /// <summary>Gets every scope that a payload names.</summary>
    public IEnumerable<ProtoCommon.InstrumentationScope> Scopes =>
    [
        .. _traces.SelectMany(request => request.ResourceSpans).SelectMany(resource => resource.ScopeSpans).Select(scope => scope.Scope),
        .. _logs.SelectMany(request => request.ResourceLogs).SelectMany(resource => resource.ScopeLogs).Select(scope => scope.Scope),
        .. _metrics.SelectMany(request => request.ResourceMetrics).SelectMany(resource => resource.ScopeMetrics).Select(scope => scope.Scope),
    ];

    /// <summary>Gets every resource that a payload names.</summary>
    public IEnumerable<ProtoResource.Resource> Resources =>
    [
        .. _traces.SelectMany(request => request.ResourceSpans).Select(resource => resource.Resource),
        .. _logs.SelectMany(request => request.ResourceLogs).Select(resource => resource.Resource),
        .. _metrics.SelectMany(request => request.ResourceMetrics).Select(resource => resource.Resource),
    ];

    /// <summary>Replays a stream that is there at once.</summary>
    public static Replayed Of(byte[] stream, TelemetryOptions? options = null) => Of([stream], options);

    /// <summary>Replays a stream that comes in chunks.</summary>
    public static Replayed Of(IEnumerable<ReadOnlyMemory<byte>> chunks, TelemetryOptions? options = null)
    {
        options ??= Options;
        var time = new FakeTimeProvider(Start);
        var sink = new KeepingSink();
        Resource resource = ResourceBuilder.Build(options);
        using var batcher = new SignalBatcher(
            [.. Enum.GetValues<Signal>().Select(signal => new ExportEnvelope(signal, WireForm.Protobuf, resource, ResourceBuilder.Scope))],
            options,
            sink,
            time);
        var metrics = new MetricCollector(options, batcher);
        var enricher = new TelemetryEnricher(options, time, new SignalSplit(batcher, metrics));
        var receiver = new EventReceiver(enricher, options.LineLimitBytes);
        foreach (ReadOnlyMemory<byte> chunk in chunks)
        {
            receiver.Push(chunk.Span);
            enricher.Tick();
            metrics.Tick(enricher.Now);
            batcher.Tick();
        }

        receiver.Complete();
        enricher.Complete();
        metrics.Collect(enricher.Now);
        batcher.Flush();
        return new Replayed(sink);
    }
}
