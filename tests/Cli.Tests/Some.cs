using OpencodeOtel.Cli.Reporting;
using OpencodeOtel.Pipeline.Diagnostics;

namespace OpencodeOtel.Cli.Tests;

/// <summary>Builds what tests need some of.</summary>
internal static class Some
{
    public static RunReport Run(params ExporterReport[] exporters) => new(
        new PipelineReport(
            new EventCounts(Read: 10, Used: 4, Skipped: 3, Bad: 2, Duplicate: 1) { BadByCause = [new BadInput("not JSON", 2, 7)] },
            new SignalCounts(Metrics: 28, Logs: 8, Spans: 9),
            exporters,
            []),
        TimeSpan.FromSeconds(1.5),
        TimeSpan.FromSeconds(0.25));

    public static ExporterReport Exporter(string name) => new(
        name,
        new FateCounts(Delivered: 1, Rejected: 2, Refused: 3, TooLarge: 4, Expired: 5, Dropped: 6, Spooled: 7),
        new FateCounts(8, 0, 0, 0, 0, 0, 0),
        new FateCounts(0, 0, 0, 0, 0, 0, 9),
        Requests: 11,
        Retries: 12,
        Bytes: 13,
        BytesOnWire: 14);
}
