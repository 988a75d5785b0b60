using OpencodeOtel.Cli.Reporting;
using OpencodeOtel.Pipeline.Diagnostics;

namespace OpencodeOtel.Cli.Tests.Reporting;

public sealed class TextReportTests
{
    [Fact]
    public void It_says_what_was_read_made_and_became_of_it()
    {
        string text = TextReport.Write(Some.Run(Some.Exporter("otlp")));

        Assert.Equal(
            """
            opencode-otel: 10 events read, 4 used, 3 skipped, 1 duplicate, 2 bad in 1.50 s
              2 × not JSON, first at line 7
              made 28 data points, 8 log records, 9 spans
              otlp: 9 delivered, 2 rejected by the server, 3 refused, 4 too large, 5 expired, 6 dropped, 16 spooled (11 requests, 13 B)

            """,
            text);
    }

    [Fact]
    public void Bounds_that_were_hit_are_named()
    {
        RunReport run = Some.Run(Some.Exporter("otlp"));
        PipelineReport pipeline = run.Pipeline with { Bounds = [KeyValuePair.Create("open sessions", 3L)] };

        Assert.Contains("open sessions, 3 ×", TextReport.Write(run with { Pipeline = pipeline }), StringComparison.Ordinal);
    }

    [Fact]
    public void An_exporter_without_work_says_so()
    {
        var none = new FateCounts(0, 0, 0, 0, 0, 0, 0);

        string text = TextReport.Write(Some.Run(new ExporterReport("otlp", none, none, none, 0, 0, 0, 0)));

        Assert.Contains("otlp: nothing to send (0 requests, 0 B)", text, StringComparison.Ordinal);
    }
}
