using Microsoft.Extensions.Time.Testing;
using OpencodeOtel.Otlp;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Batching;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Enriching;
using OpencodeOtel.Pipeline.Receiving;
using OpencodeOtel.Pipeline.Tests.Batching;
using OpencodeOtel.Pipeline.Tests.Enriching;
using OpencodeOtel.Pipeline.Tests.Support;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;
using ProtoMetric = OpenTelemetry.Proto.Metrics.V1.Metric;

namespace OpencodeOtel.Pipeline.Tests.Metrics;

/// <summary>The requests that a recording makes, from its bytes to theirs, read back with the generated classes.</summary>
internal sealed class Produced
{
    // The clock, which is far from the recordings', and must not show in a replay.
    private static readonly long Clock = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    private readonly KeepingSink _sink = new();

    public Produced(string recording, TelemetryOptions options, WireForm form = WireForm.Protobuf)
        : this([Recordings.Read(recording)], options, form)
    {
    }

    /// <summary>Takes parts of a stream, in a replay, or by a clock that shows a time of its own for each part.</summary>
    public Produced(IReadOnlyList<byte[]> parts, TelemetryOptions options, WireForm form = WireForm.Protobuf, Func<int, long>? clock = null)
    {
        var resource = new Resource { Attributes = new KeyValue[] { new("service.name", "opencode") } };
        var scope = new InstrumentationScope { Name = "com.opencode", Version = "1" };
        ExportEnvelope[] envelopes = [.. Enum.GetValues<Signal>().Select(signal => new ExportEnvelope(signal, form, resource, scope))];
        var time = new ManualTime(Clock);
        options = options with { UseEventClock = clock is null };
        using var batcher = new SignalBatcher(envelopes, options, _sink, new FakeTimeProvider());
        TelemetryEnricher? enricher = null;
        var metrics = new MetricCollector(options, batcher, isTimeKnown: () => clock is not null || enricher!.LargestEventTime > 0);
        enricher = new TelemetryEnricher(options, time, new SignalSplit(batcher, metrics));
        var receiver = new EventReceiver(enricher, options.LineLimitBytes, (_, _) => { });
        for (int part = 0; part < parts.Count; part++)
        {
            time.Milliseconds = clock?.Invoke(part) ?? Clock;
            enricher.Tick();
            metrics.Tick(enricher.Now);
            receiver.Push(parts[part]);
        }

        receiver.Complete();
        enricher.Complete();
        metrics.Collect(enricher.Now);
        batcher.Flush();
        Collections = [.. _sink.Of(Signal.Metrics, form).Select(request => request.Read<ExportMetricsServiceRequest>())];
        Spans = [.. _sink.Of(Signal.Traces, form).SelectMany(request => request.Read<ExportTraceServiceRequest>().ResourceSpans)
            .SelectMany(spans => spans.ScopeSpans)
            .SelectMany(spans => spans.Spans)];
        Bodies = [.. _sink.Of(Signal.Metrics, form).Select(request => request.Body)];
    }

    /// <summary>Gets the requests with metrics, in order; with options that make no request too large, one a collection.</summary>
    public IReadOnlyList<ExportMetricsServiceRequest> Collections { get; }

    public IReadOnlyList<OpenTelemetry.Proto.Trace.V1.Span> Spans { get; }

    public IReadOnlyList<byte[]> Bodies { get; }

    public IEnumerable<ProtoMetric> Metrics => Collections.SelectMany(MetricsOf);

    public static IEnumerable<ProtoMetric> MetricsOf(ExportMetricsServiceRequest request) =>
        request.ResourceMetrics.SelectMany(metrics => metrics.ScopeMetrics).SelectMany(metrics => metrics.Metrics);
}
