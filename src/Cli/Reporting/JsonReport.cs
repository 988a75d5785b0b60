using System.Buffers;
using System.Text;
using System.Text.Json;
using OpencodeOtel.Pipeline.Diagnostics;

namespace OpencodeOtel.Cli.Reporting;

/// <summary>The account for machines: one line of JSON, whose shape is stable.</summary>
internal static class JsonReport
{
    /// <summary>The report as one line, without a line feed.</summary>
    public static string Write(RunReport report)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteEvents(json, report.Pipeline.Events);
            json.WriteStartObject("records");
            json.WriteNumber("metrics", report.Pipeline.Records.Metrics);
            json.WriteNumber("logs", report.Pipeline.Records.Logs);
            json.WriteNumber("spans", report.Pipeline.Records.Spans);
            json.WriteEndObject();
            WriteFate(json, report.Pipeline.Exporters);
            WriteExport(json, report.Pipeline.Exporters);
            WriteSpool(json, report.Pipeline.Exporters);
            json.WriteStartObject("seconds");
            json.WriteNumber("wall", Math.Round(report.Wall.TotalSeconds, 6));
            json.WriteNumber("cpu", Math.Round(report.Cpu.TotalSeconds, 6));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteEvents(Utf8JsonWriter json, EventCounts events)
    {
        json.WriteStartObject("events");
        json.WriteNumber("read", events.Read);
        json.WriteNumber("used", events.Used);
        json.WriteNumber("skipped", events.Skipped);
        json.WriteNumber("bad", events.Bad);
        json.WriteNumber("duplicate", events.Duplicate);
        json.WriteEndObject();
    }

    private static void WriteFate(Utf8JsonWriter json, IReadOnlyList<ExporterReport> exporters)
    {
        if (exporters is [ExporterReport only])
        {
            json.WriteStartObject("fate");
            WriteSignals(json, only);
            json.WriteEndObject();
            return;
        }

        json.WriteStartArray("fate");
        foreach (ExporterReport exporter in exporters)
        {
            json.WriteStartObject();
            json.WriteString("name", exporter.Name);
            WriteSignals(json, exporter);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteSignals(Utf8JsonWriter json, ExporterReport exporter)
    {
        WriteCounts(json, "metrics", exporter.Metrics);
        WriteCounts(json, "logs", exporter.Logs);
        WriteCounts(json, "spans", exporter.Spans);
    }

    private static void WriteCounts(Utf8JsonWriter json, string signal, FateCounts fate)
    {
        json.WriteStartObject(signal);
        json.WriteNumber("delivered", fate.Delivered);
        json.WriteNumber("rejected", fate.Rejected);
        json.WriteNumber("refused", fate.Refused);
        json.WriteNumber("too_large", fate.TooLarge);
        json.WriteNumber("expired", fate.Expired);
        json.WriteNumber("dropped", fate.Dropped);
        json.WriteNumber("spooled", fate.Spooled);
        json.WriteEndObject();
    }

    private static void WriteExport(Utf8JsonWriter json, IReadOnlyList<ExporterReport> exporters)
    {
        json.WriteStartObject("export");
        json.WriteNumber("requests", exporters.Sum(exporter => exporter.Requests));
        json.WriteNumber("retries", exporters.Sum(exporter => exporter.Retries));
        json.WriteNumber("bytes", exporters.Sum(exporter => exporter.Bytes));
        json.WriteNumber("bytes_on_wire", exporters.Sum(exporter => exporter.BytesOnWire));
        json.WriteEndObject();
    }

    /// <summary>What became of records that earlier runs had spooled, if there is a spool; they are in no other count.</summary>
    private static void WriteSpool(Utf8JsonWriter json, IReadOnlyList<ExporterReport> exporters)
    {
        if (exporters.Select(exporter => exporter.Spool).FirstOrDefault(spool => spool is not null) is not { } spool)
        {
            return;
        }

        json.WriteStartObject("spool");
        WriteCounts(json, "metrics", spool.Metrics);
        WriteCounts(json, "logs", spool.Logs);
        WriteCounts(json, "spans", spool.Spans);
        json.WriteStartObject("damaged");
        json.WriteNumber("requests", spool.Damage.Frames);
        json.WriteNumber("records", spool.Damage.Items);
        json.WriteNumber("unreadable_bytes", spool.Damage.UnreadableBytes);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
