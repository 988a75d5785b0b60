using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>
/// Reads when requests are closed: the product's settings hold for spans and log records alike; below them, OpenTelemetry's variables
/// of its two batch processors (<c>OTEL_BSP_</c>, <c>OTEL_BLRP_</c>) each for their own.
/// </summary>
internal static class BatchReader
{
    private const string Spans = "OTEL_BSP_";
    private const string Logs = "OTEL_BLRP_";

    /// <summary>Adds what was read to the options.</summary>
    /// <exception cref="ConfigurationException">One that was typed is no number.</exception>
    public static TelemetryOptions AddTo(TelemetryOptions options, SettingSource source)
    {
        SignalNotes notes = new();
        TimeSpan logsInterval = ReadInterval(source, Logs, Signal.Logs, options.LogsInterval, notes);
        TimeSpan spansInterval = ReadInterval(source, Spans, Signal.Traces, options.LogsInterval, notes);
        int items = ReadItems(source, null, Signal.Metrics, options.RequestTargetItems, notes);
        int logItems = ReadItems(source, Logs, Signal.Logs, options.RequestTargetItems, notes);
        int spanItems = ReadItems(source, Spans, Signal.Traces, options.RequestTargetItems, notes);
        notes.WriteTo(source);
        WarnOfQueue(source, Spans);
        WarnOfQueue(source, Logs);
        return options with
        {
            LogsInterval = logsInterval,
            SpansInterval = spansInterval == logsInterval ? null : spansInterval,
            RequestTargetItems = items,
            LogTargetItems = logItems == items ? null : logItems,
            SpanTargetItems = spanItems == items ? null : spanItems,
        };
    }

    /// <summary>How long an export may take by the variable of a signal's processor: a bound above the exporter's own timeout.</summary>
    public static string TimeoutVariable(Signal signal) => signal switch
    {
        Signal.Traces => Spans + "EXPORT_TIMEOUT",
        Signal.Logs => Logs + "EXPORT_TIMEOUT",
        _ => "OTEL_METRIC_EXPORT_TIMEOUT",
    };

    private static TimeSpan ReadInterval(SettingSource source, string prefix, Signal signal, TimeSpan fallback, SignalNotes notes)
    {
        (TimeSpan value, string origin) = source.Read(
            SettingTable.LogsInterval,
            fallback,
            (FoundValue found, out TimeSpan time) => DurationText.TryParse(found, 1, out time),
            "an integer from 1 to 86400000 milliseconds",
            prefix + "SCHEDULE_DELAY");
        notes.Add(SettingTable.LogsInterval, signal, DurationText.Show(value), origin);
        return value;
    }

    private static int ReadItems(SettingSource source, string? prefix, Signal signal, int fallback, SignalNotes notes)
    {
        (long value, string origin) = source.Read(
            SettingTable.BatchItems,
            fallback,
            (FoundValue found, out long number) => SizeText.TryParse(found, 1, int.MaxValue, out number),
            "an integer from 1 to 2147483647",
            prefix is null ? [] : [prefix + "MAX_EXPORT_BATCH_SIZE"]);
        notes.Add(SettingTable.BatchItems, signal, value == int.MaxValue ? "no limit" : $"{value} items", origin);
        return (int)value;
    }

    private static void WarnOfQueue(SettingSource source, string prefix)
    {
        if (source.Variable(prefix + "MAX_QUEUE_SIZE") is not null)
        {
            source.Warn($"{prefix}MAX_QUEUE_SIZE is a number of records and is ignored: queues are bounded in bytes, by {SettingTable.QueueBytes.Option}");
        }
    }
}
