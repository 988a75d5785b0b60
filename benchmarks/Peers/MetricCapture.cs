using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace OpencodeOtel.Benchmarks.Peers;

/// <summary>Keeps the metrics of the last collection; their points stay readable until the next.</summary>
internal sealed class MetricCapture : BaseExporter<Metric>
{
    /// <summary>Gets the metrics.</summary>
    public Metric[] Metrics { get; private set; } = [];

    /// <inheritdoc/>
    public override ExportResult Export(in Batch<Metric> batch)
    {
        List<Metric> metrics = [];
        foreach (Metric metric in batch)
        {
            metrics.Add(metric);
        }

        Metrics = [.. metrics];
        return ExportResult.Success;
    }
}
