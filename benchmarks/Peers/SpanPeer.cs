using System.Diagnostics;
using System.Globalization;
using OpencodeOtel.Benchmarks.Data;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Trace;

namespace OpencodeOtel.Benchmarks.Peers;

/// <summary>The spans of the OpenTelemetry performance specification, as finished activities, and the exporter for them.</summary>
/// <remarks>
/// Ten attributes each, keys and values of 20 characters, no value twice:
/// <see href="https://github.com/open-telemetry/opentelemetry-specification/blob/v1.50.0/specification/performance-benchmark.md"/>.
/// </remarks>
internal sealed class SpanPeer : IDisposable
{
    private const int Attributes = 10;
    private readonly ActivitySource _source = new("benchmarks");
    private readonly TracerProvider _provider;

    /// <summary>Makes the exporter and <see cref="Batch.Size"/> spans.</summary>
    public SpanPeer()
    {
        Exporter = new OpenTelemetryExporter<Activity>(options => new OtlpTraceExporter(options));
        _provider = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(OpenTelemetryResource.Builder)
            .SetSampler(new AlwaysOnSampler())
            .AddSource(_source.Name)
            .AddProcessor(new SimpleActivityExportProcessor(Exporter.Exporter))
            .Build();
        Spans = [.. Enumerable.Range(0, Batch.Size).Select(MakeSpan)];
    }

    /// <summary>Gets the exporter.</summary>
    public OpenTelemetryExporter<Activity> Exporter { get; }

    /// <summary>Gets the spans, all ended.</summary>
    public Activity[] Spans { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _provider.Dispose();
        _source.Dispose();
        Exporter.Dispose();
    }

    private Activity MakeSpan(int number)
    {
        ActivityContext parent = new(
            ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded, isRemote: false);
        Activity span = _source.StartActivity("finish", ActivityKind.Internal, parent)
            ?? throw new InvalidOperationException("The span is not recorded.");
        for (int i = 0; i < Attributes; i++)
        {
            span.SetTag(
                string.Create(CultureInfo.InvariantCulture, $"benchmark.attr.{i:d5}"),
                string.Create(CultureInfo.InvariantCulture, $"value-{number:d6}-{i:d7}"));
        }

        span.Stop();
        return span;
    }
}
