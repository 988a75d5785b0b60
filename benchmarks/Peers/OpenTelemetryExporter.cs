using OpenTelemetry;
using OpenTelemetry.Exporter;

namespace OpencodeOtel.Benchmarks.Peers;

/// <summary>opentelemetry-dotnet's OTLP exporter for items of <typeparamref name="T"/>, without a network.</summary>
/// <remarks>An export is everything that the exporter does: the request encoded, given to HttpClient, drained, answered.</remarks>
internal sealed class OpenTelemetryExporter<T> : IDisposable
    where T : class
{
    private readonly DrainingHandler _handler;
    private readonly BaseExporter<T> _exporter;

    /// <summary>Makes the exporter by <paramref name="create"/>; the caller gives it to a provider, for its resource.</summary>
    public OpenTelemetryExporter(Func<OtlpExporterOptions, BaseExporter<T>> create)
    {
        _handler = new DrainingHandler();
        _exporter = create(new OtlpExporterOptions
        {
            Protocol = OtlpExportProtocol.HttpProtobuf,
            Endpoint = new Uri("http://localhost/v1/signal"),
            HttpClientFactory = () => new HttpClient(_handler),
        });
    }

    /// <summary>Gets the exporter itself.</summary>
    public BaseExporter<T> Exporter => _exporter;

    /// <summary>Exports <paramref name="items"/> as one batch.</summary>
    /// <returns>The length of the body.</returns>
    public int Export(T[] items)
    {
        return _exporter.Export(new Batch<T>(items, items.Length)) == ExportResult.Success
            ? _handler.LastLength
            : throw new InvalidOperationException("The exporter failed.");
    }

    /// <summary>Exports <paramref name="items"/> and returns the body.</summary>
    public byte[] Capture(T[] items) => _handler.Capture(() => Export(items));

    /// <inheritdoc/>
    public void Dispose()
    {
        _exporter.Dispose();
        _handler.Dispose();
    }
}
