namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>Reads which metrics, logs and spans are not made.</summary>
internal static class SignalReader
{
    /// <summary>Reads the metrics that are not recorded.</summary>
    public static IReadOnlySet<string> ReadDisabledMetrics(SettingSource source)
    {
        if (PlainExporters.IsNone("OTEL_METRICS_EXPORTER", source))
        {
            source.Note(SettingTable.DisableMetrics, "all", "OTEL_METRICS_EXPORTER");
            return MetricSuffixes.All;
        }

        HashSet<string> disabled = new(StringComparer.Ordinal);
        FoundValue? found = source.Find(SettingTable.DisableMetrics);
        foreach (string name in found?.Pieces ?? [])
        {
            if (MetricSuffixes.All.Contains(name))
            {
                disabled.Add(name);
            }
            else
            {
                source.Warn($"{found?.Origin} names '{ShownText.Of(name)}', which is no metric; metrics are named without prefix, such as token.usage");
            }
        }

        source.Note(SettingTable.DisableMetrics, disabled.Count == 0 ? "none" : string.Join(",", disabled), found?.Origin ?? "default");
        return disabled;
    }

    /// <summary>Reads whether no log record is made.</summary>
    public static bool ReadLogsDisabled(SettingSource source)
    {
        FoundValue? found = source.Find(SettingTable.DisableLogs);
        bool none = found is null && PlainExporters.IsNone("OTEL_LOGS_EXPORTER", source);
        bool disabled = none || FlagReader.IsOn(found);
        source.Note(SettingTable.DisableLogs, disabled ? "yes" : "no", found?.Origin ?? (none ? "OTEL_LOGS_EXPORTER" : "default"));
        return disabled;
    }

    /// <summary>Reads the span types that are not made.</summary>
    public static SpanTypes ReadDisabledSpans(SettingSource source)
    {
        if (PlainExporters.IsNone("OTEL_TRACES_EXPORTER", source))
        {
            source.Note(SettingTable.DisableTraces, "all", "OTEL_TRACES_EXPORTER");
            return SpanTypes.All;
        }

        SpanTypes disabled = SpanTypes.None;
        FoundValue? found = source.Find(SettingTable.DisableTraces);
        foreach (string name in found?.Pieces ?? [])
        {
            SpanTypes type = name.ToLowerInvariant() switch
            {
                "session" => SpanTypes.Session,
                "llm" => SpanTypes.Llm,
                "tool" => SpanTypes.Tool,
                "all" or "*" or "true" or "1" => SpanTypes.All,
                _ => SpanTypes.None,
            };
            disabled |= type;
            if (type == SpanTypes.None)
            {
                source.Warn($"{found?.Origin} names '{ShownText.Of(name)}', which is no type of span; the types are session, llm, tool and all");
            }
        }

        source.Note(SettingTable.DisableTraces, disabled == SpanTypes.None ? "none" : disabled.ToString().ToLowerInvariant(), found?.Origin ?? "default");
        return disabled;
    }
}
