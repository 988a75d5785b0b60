using System.Globalization;
using System.Text;
using OpencodeOtel.Cli.Spooling;
using OpencodeOtel.Pipeline.Diagnostics;
using OpencodeOtel.Pipeline.Exporting;

namespace OpencodeOtel.Cli.Reporting;

/// <summary>The account for people: a few lines.</summary>
internal static class TextReport
{
    /// <summary>The report, each line ended by a line feed.</summary>
    public static string Write(RunReport report)
    {
        var text = new StringBuilder();
        PipelineReport pipeline = report.Pipeline;
        EventCounts events = pipeline.Events;
        text.Append(CultureInfo.InvariantCulture, $"opencode-otel: {Wording.Count(events.Read, "event")} read, {events.Used:N0} used, {events.Skipped:N0} skipped");
        Append(text, events.Duplicate, "duplicate");
        Append(text, events.Bad, "bad");
        text.Append(CultureInfo.InvariantCulture, $" in {report.Wall.TotalSeconds:0.00} s\n");

        foreach (BadInput bad in events.BadByCause)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {bad.Count:N0} × {bad.Cause}, first at line {bad.FirstLine:N0}\n");
        }

        if (events.Lost > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {Wording.Count(events.Lost, "event")} more had to be dropped by the opencode plugin: nobody read in time\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"  made {Wording.Count(pipeline.Records.Metrics, "data point")}, {Wording.Count(pipeline.Records.Logs, "log record")}, {Wording.Count(pipeline.Records.Spans, "span")}\n");
        foreach (ExporterReport exporter in pipeline.Exporters)
        {
            AppendExporter(text, exporter);
        }

        foreach ((string name, long count) in pipeline.Bounds)
        {
            text.Append(CultureInfo.InvariantCulture, $"  bound hit: {name}, {count:N0} ×\n");
        }

        return text.ToString();
    }

    private static void AppendExporter(StringBuilder text, ExporterReport exporter)
    {
        text.Append(CultureInfo.InvariantCulture, $"  {exporter.Name}: ");
        string separator = string.Empty;
        foreach (Fate fate in Enum.GetValues<Fate>())
        {
            long count = exporter.Metrics[fate] + exporter.Logs[fate] + exporter.Spans[fate];
            if (count > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"{separator}{count:N0} {Wording.Of(fate)}");
                separator = ", ";
            }
        }

        text.Append(separator.Length == 0 ? "nothing to send" : string.Empty);
        text.Append(CultureInfo.InvariantCulture, $" ({Wording.Count(exporter.Requests, "request")}, {Wording.Size(exporter.Bytes)})\n");
        if (exporter.Spool is { IsEmpty: false } spool)
        {
            AppendSpool(text, spool);
        }
    }

    private static void Append(StringBuilder text, long count, string word)
    {
        if (count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $", {count:N0} {word}");
        }
    }

    /// <summary>What earlier runs had spooled; it is in no other count.</summary>
    private static void AppendSpool(StringBuilder text, SpoolReport spool)
    {
        string fates = SpoolText.Fates(spool);
        string damage = spool.Damage.IsNone ? string.Empty : $"damaged: {Wording.Of(spool.Damage)}";
        text.Append(CultureInfo.InvariantCulture, $"  spool, from earlier runs: {string.Join("; ", new[] { fates, damage }.Where(part => part.Length > 0))}\n");
    }
}
