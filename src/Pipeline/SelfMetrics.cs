using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Aggregating;
using OpencodeOtel.Pipeline.Diagnostics;
using OpencodeOtel.Pipeline.Exporting;

namespace OpencodeOtel.Pipeline;

/// <summary>The program's own delivery as metrics, when they are asked for: what the report says, while it happens.</summary>
/// <remarks>
/// They go the way of all metrics, and are counted like them. What an export adds to them shows in the next collection, so nothing
/// feeds on itself. Pipeline's thread.
/// </remarks>
internal sealed class SelfMetrics(ExporterSet exporters, MetricCollector metrics)
{
    private const string Prefix = "opencode_otel.exporter.";
    private const long IntervalMs = 1000;

    private static readonly Instrument Sent = Counter("sent", "{item}", "Items that the destination has taken");
    private static readonly Instrument Failed = Counter("failed", "{item}", "Items that were lost, by reason");
    private static readonly Instrument Requests = Counter("requests", "{request}", "Attempts to send a request");
    private static readonly Instrument Retries = Counter("retries", "{request}", "Attempts after the first");
    private static readonly Instrument Bytes = Counter("bytes", "By", "Bytes of requests before compression");
    private static readonly Instrument Spooled = Gauge("spooled", "{item}", "Items of this run that wait on disk");
    private static readonly Instrument QueueSize = Gauge("queue.size", "By", "Memory that requests hold until they are settled");

    private static readonly (Fate Fate, string Reason)[] Losses =
    [
        (Fate.Rejected, "rejected"), (Fate.Refused, "refused"), (Fate.TooLarge, "too_large"), (Fate.Expired, "expired"), (Fate.Dropped, "dropped"),
    ];

    private readonly Dictionary<string, ExporterReport> _last = [];
    private long? _next;

    /// <summary>Measures, if a second has passed since the last time, or the clock was set back.</summary>
    /// <param name="now">The pipeline's clock, in Unix milliseconds.</param>
    public void Tick(long now)
    {
        if (!(now < _next) || now < _next - IntervalMs)
        {
            _next = now + IntervalMs;
            Measure(now);
        }
    }

    /// <summary>Measures.</summary>
    /// <param name="now">The pipeline's clock, in Unix milliseconds.</param>
    public void Measure(long now)
    {
        foreach ((string name, long queueBytes) in exporters.QueueBytes())
        {
            Record(QueueSize, queueBytes, now, new KeyValue("exporter", name));
        }

        foreach (ExporterReport report in exporters.Report())
        {
            _last.TryGetValue(report.Name, out ExporterReport? last);
            KeyValue exporter = new("exporter", report.Name);
            Add(Requests, report.Requests - (last?.Requests ?? 0), now, exporter);
            Add(Retries, report.Retries - (last?.Retries ?? 0), now, exporter);
            Add(Bytes, report.Bytes - (last?.Bytes ?? 0), now, exporter);
            MeasureFates(report.Metrics, last?.Metrics, "metrics", exporter, now);
            MeasureFates(report.Logs, last?.Logs, "logs", exporter, now);
            MeasureFates(report.Spans, last?.Spans, "traces", exporter, now);
            _last[report.Name] = report;
        }
    }

    private static Instrument Counter(string name, string unit, string description) =>
        new() { Name = Prefix + name, Kind = InstrumentKind.Counter, IsInteger = true, Unit = unit, Description = description };

    private static Instrument Gauge(string name, string unit, string description) =>
        new() { Name = Prefix + name, Kind = InstrumentKind.Gauge, IsInteger = true, Unit = unit, Description = description };

    private void MeasureFates(FateCounts fates, FateCounts? last, string signal, KeyValue exporter, long now)
    {
        KeyValue signalName = new("signal", signal);
        Add(Sent, fates.Delivered - (last?.Delivered ?? 0), now, exporter, signalName);
        foreach ((Fate fate, string reason) in Losses)
        {
            Add(Failed, fates[fate] - (last?[fate] ?? 0), now, exporter, signalName, new KeyValue("reason", reason));
        }

        if (fates.Spooled > 0 || last?.Spooled > 0)
        {
            Record(Spooled, fates.Spooled, now, exporter, signalName);
        }
    }

    private void Add(Instrument instrument, long value, long now, params ReadOnlySpan<KeyValue> attributes)
    {
        if (value > 0)
        {
            Record(instrument, value, now, attributes);
        }
    }

    private void Record(Instrument instrument, long value, long now, params ReadOnlySpan<KeyValue> attributes) =>
        metrics.Record(new Measurement { Instrument = instrument, Value = value, Attributes = attributes, Time = now });
}
