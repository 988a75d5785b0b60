namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>OpenTelemetry's choice of exporter for each signal.</summary>
/// <remarks>
/// <c>none</c> switches a signal off, <c>otlp</c> is what happens anyway. Exporters here take all signals, so <c>console</c> is understood
/// where every signal says it, or none. A choice on the command line beats all three.
/// </remarks>
internal static class PlainExporters
{
    private static readonly string[] Variables = ["OTEL_TRACES_EXPORTER", "OTEL_METRICS_EXPORTER", "OTEL_LOGS_EXPORTER"];

    /// <summary>Whether a variable switches its signal off; a choice that is not understood warns.</summary>
    public static bool IsNone(string variable, SettingSource source)
    {
        if (source.Variable(variable)?.Trim() is not { } text || source.Find(SettingTable.Exporter) is not null)
        {
            return false;
        }

        bool none = Is(text, "none");
        if (!none && !Is(text, "otlp") && !(Is(text, "console") && ConsoleOrigin(source) is not null))
        {
            source.Warn($"{variable} is '{ShownText.Of(text)}'; only otlp and none are understood there, and console for all signals at once, and it is ignored; see --exporter");
        }

        return none;
    }

    /// <summary>The first variable that says <c>console</c>, when no signal is left that should go elsewhere; else <see langword="null"/>.</summary>
    public static string? ConsoleOrigin(SettingSource source)
    {
        bool isAll = Variables.All(variable => source.Variable(variable)?.Trim() is { } text && (Is(text, "console") || Is(text, "none")));
        return isAll ? Variables.FirstOrDefault(variable => Is(source.Variable(variable)!.Trim(), "console")) : null;
    }

    private static bool Is(string text, string name) => text.Equals(name, StringComparison.OrdinalIgnoreCase);
}
