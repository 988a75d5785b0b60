using System.Diagnostics.Metrics;
using System.Globalization;
using OpencodeOtel.Benchmarks.Data;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;

namespace OpencodeOtel.Benchmarks.Peers;

/// <summary>One instrument with <see cref="Batch.Size"/> series of three attributes, collected once, and the exporter for it.</summary>
internal sealed class MetricPeer : IDisposable
{
    private readonly Meter _meter = new("benchmarks");
    private readonly MeterProvider _provider;

    /// <summary>Makes the instrument and records into each series.</summary>
    /// <param name="create">Makes the instrument, and returns what records the value of a series: its number and attributes.</param>
    public MetricPeer(Func<Meter, Action<int, KeyValuePair<string, object?>[]>> create)
    {
        Exporter = new OpenTelemetryExporter<Metric>(options => new OtlpMetricExporter(options));
        MetricCapture capture = new();
        BaseExportingMetricReader reader = new(capture);
        _provider = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(OpenTelemetryResource.Builder)
            .AddMeter(_meter.Name)
            .AddReader(reader)
            .AddReader(new BaseExportingMetricReader(Exporter.Exporter))
            .Build();
        Action<int, KeyValuePair<string, object?>[]> record = create(_meter);
        for (int i = 0; i < Batch.Size; i++)
        {
            record(i, Series(i));
        }

        reader.Collect();
        Metrics = capture.Metrics;
    }

    /// <summary>Gets the exporter.</summary>
    public OpenTelemetryExporter<Metric> Exporter { get; }

    /// <summary>Gets the metrics: one, with all the series.</summary>
    public Metric[] Metrics { get; }

    /// <summary>The attributes of series <paramref name="number"/>.</summary>
    public static KeyValuePair<string, object?>[] Series(int number) =>
    [
        new("model", string.Create(CultureInfo.InvariantCulture, $"m-{number:d4}")),
        new("agent", number % 2 == 0 ? "build" : "plan."),
        new("type", "output"),
    ];

    /// <inheritdoc/>
    public void Dispose()
    {
        _provider.Dispose();
        _meter.Dispose();
        Exporter.Dispose();
    }
}
