using System.Globalization;

namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>Makes the options of a pipeline from a command line and an environment.</summary>
/// <remarks>
/// The command line beats the product's variables, which beat OpenTelemetry's, which beat the defaults. What was typed and cannot be
/// used is an error; in a variable it is an error where a wrong guess would send data astray (endpoint, protocol, header names), and
/// a warning elsewhere.
/// </remarks>
public static class OptionsResolver
{
    private const int MostConcurrent = 1000;

    private static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> NoCommandLine = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Resolves the environment alone, as an embedder would.</summary>
    /// <param name="environment">Gives the text of a variable, or <see langword="null"/>.</param>
    /// <exception cref="ConfigurationException">A setting cannot be used.</exception>
    public static ResolvedOptions Resolve(Func<string, string?> environment) => Resolve(NoCommandLine, environment);

    /// <summary>Resolves everything.</summary>
    /// <param name="commandLine">The values of each option that was given, by the option's name as in <see cref="SettingTable"/>; no value for a flag.</param>
    /// <param name="environment">Gives the text of a variable, or <see langword="null"/>.</param>
    /// <exception cref="ConfigurationException">A setting cannot be used.</exception>
    public static ResolvedOptions Resolve(IReadOnlyDictionary<string, IReadOnlyList<string>> commandLine, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(commandLine);
        ArgumentNullException.ThrowIfNull(environment);
        SettingSource source = new(commandLine, environment);
        bool enabled = ReadEnabled(source);
        TelemetryOptions defaults = new();
        int requestLimit = (int)ReadNumber(source, SettingTable.MaxRequestBytes, 1, int.MaxValue, defaults.RequestLimitBytes, "bytes");
        TelemetryOptions options = new()
        {
            Exporters = ExporterReader.Read(source),
            MetricsInterval = ReadTime(source, SettingTable.MetricsInterval, 1, defaults.MetricsInterval, "OTEL_METRIC_EXPORT_INTERVAL"),
            Temporality = ReadTemporality(source),
            MetricPrefix = ReadPrefix(source, defaults.MetricPrefix),
            DisabledMetrics = SignalReader.ReadDisabledMetrics(source),
            LogsDisabled = SignalReader.ReadLogsDisabled(source),
            DisabledSpans = SignalReader.ReadDisabledSpans(source),
            ResourceAttributes = AttributeReader.ReadResource(source),
            SpanAttributes = AttributeReader.Read(SettingTable.SpanAttributes, source),
            MetricAttributes = AttributeReader.Read(SettingTable.MetricAttributes, source),
            ExcludedMetricAttributes = ReadExcluded(source),
            CostScale = ReadCostScale(source),
            CaptureContent = ReadCaptureContent(source),
            ContentLimitBytes = (int)ReadNumber(source, SettingTable.MaxContentBytes, 1, int.MaxValue, defaults.ContentLimitBytes, "bytes"),
            UntoldModel = ReadModel(source),
            UntoldAgent = ReadName(source, SettingTable.Agent),
            RandomTraceIds = ReadRandomIds(source),
            RemoteParent = RemoteParentReader.Read(source),
            Limits = LimitReader.Read(source),
            CardinalityLimit = (int)ReadNumber(source, SettingTable.CardinalityLimit, 1, int.MaxValue, defaults.CardinalityLimit, "sets"),
            SessionQuietTime = ReadTime(source, SettingTable.SessionQuiet, 1, defaults.SessionQuietTime),
            MetricCardinalityLimits = MetricReader.ReadLimits(source),
            HistogramAggregation = MetricReader.ReadHistograms(source),
            ExemplarFilter = MetricReader.ReadExemplars(source),
            RequestLimitBytes = requestLimit,
            RequestTargetBytes = (int)ReadNumber(source, SettingTable.BatchBytes, 1, requestLimit, Math.Min(defaults.RequestTargetBytes, requestLimit), "bytes"),
            LineLimitBytes = (int)ReadNumber(source, SettingTable.MaxLineBytes, 1, int.MaxValue, defaults.LineLimitBytes, "bytes"),
            QueueLimitBytes = ReadNumber(source, SettingTable.QueueBytes, 1, long.MaxValue, defaults.QueueLimitBytes, "bytes"),
            SpoolDirectory = SpoolReader.ReadDirectory(source),
            SpoolLimitBytes = ReadNumber(source, SettingTable.SpoolLimit, SpoolReader.LeastBytes, long.MaxValue, defaults.SpoolLimitBytes, "bytes"),
            SpoolMaxAge = SpoolReader.ReadMaxAge(source, defaults.SpoolMaxAge),
            RetryBudget = ReadTime(source, SettingTable.RetryBudget, 0, defaults.RetryBudget),
            Concurrency = ReadConcurrency(source),
            WaitWhenStopping = !ReadFlag(source, SettingTable.NoWait),
            SelfMetrics = ReadFlag(source, SettingTable.SelfMetrics),
            MaxBlock = ReadTime(source, SettingTable.MaxBlock, 0, defaults.MaxBlock),
            ShutdownTimeout = ReadTime(source, SettingTable.ShutdownTimeout, 0, defaults.ShutdownTimeout),
        };
        options = BatchReader.AddTo(options, source);
        return new ResolvedOptions(options, enabled, InOrder(source.Settings), source.Warnings);
    }

    private static bool ReadEnabled(SettingSource source)
    {
        FoundValue? found = source.Find(SettingTable.Enable);
        bool enabled = FlagReader.IsOn(found);
        string origin = found?.Origin ?? "default";

        // The SDK's off switch would never have an effect if it only applied where nothing else switches on.
        if (enabled && found is { FromCommandLine: false } && source.Truth("OTEL_SDK_DISABLED"))
        {
            source.Warn($"OTEL_SDK_DISABLED is true, so telemetry stays off although {origin} is set");
            (enabled, origin) = (false, "OTEL_SDK_DISABLED");
        }

        source.Note(SettingTable.Enable, enabled ? "yes" : "no", origin);
        return enabled;
    }

    private static TimeSpan ReadTime(SettingSource source, SettingDefinition definition, int least, TimeSpan fallback, params string[] fallbacks)
    {
        (TimeSpan value, string origin) = source.Read(
            definition,
            fallback,
            (FoundValue found, out TimeSpan time) => DurationText.TryParse(found, least, out time),
            string.Create(CultureInfo.InvariantCulture, $"an integer from {least} to {DurationText.MaxMilliseconds} milliseconds"),
            fallbacks);
        source.Note(definition, DurationText.Show(value), origin);
        return value;
    }

    private static long ReadNumber(SettingSource source, SettingDefinition definition, long least, long most, long fallback, string unit)
    {
        (long value, string origin) = source.Read(
            definition,
            fallback,
            (FoundValue found, out long number) => SizeText.TryParse(found, least, most, out number),
            string.Create(CultureInfo.InvariantCulture, $"an integer from {least} to {most}"));
        source.Note(definition, value == int.MaxValue ? "no limit" : string.Create(CultureInfo.InvariantCulture, $"{value} {unit}"), origin);
        return value;
    }

    private static int? ReadConcurrency(SettingSource source)
    {
        (int value, string origin) = source.Read(
            SettingTable.Concurrency,
            0,
            (FoundValue found, out int number) =>
                int.TryParse(found.Text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number is >= 1 and <= MostConcurrent,
            string.Create(CultureInfo.InvariantCulture, $"an integer from 1 to {MostConcurrent}"));
        source.Note(SettingTable.Concurrency, value == 0 ? "4, for gRPC 2" : value.ToString(CultureInfo.InvariantCulture), origin);
        return value == 0 ? null : value;
    }

    private static bool ReadFlag(SettingSource source, SettingDefinition definition)
    {
        FoundValue? found = source.Find(definition);
        bool on = FlagReader.IsOn(found);
        source.Note(definition, on ? "yes" : "no", found?.Origin ?? "default");
        return on;
    }

    private static TemporalityPreference ReadTemporality(SettingSource source)
    {
        (TemporalityPreference value, string origin) = source.Read(
            SettingTable.MetricsTemporality,
            TemporalityPreference.Cumulative,
            (FoundValue found, out TemporalityPreference preference) =>
            {
                TemporalityPreference? read = found.Text.ToLowerInvariant() switch
                {
                    "cumulative" => TemporalityPreference.Cumulative,
                    "delta" => TemporalityPreference.Delta,
                    "lowmemory" => TemporalityPreference.LowMemory,
                    _ => null,
                };
                preference = read.GetValueOrDefault();
                return read is not null;
            },
            "cumulative, delta or lowmemory",
            "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE");
        source.Note(SettingTable.MetricsTemporality, value.ToString().ToLowerInvariant(), origin);
        return value;
    }

    private static string ReadPrefix(SettingSource source, string fallback)
    {
        FoundValue? found = source.Find(SettingTable.MetricPrefix);
        string prefix = found is { } value ? (value.Texts.Count == 0 ? string.Empty : value.Texts[^1]) : fallback;
        source.Note(SettingTable.MetricPrefix, prefix, found?.Origin ?? "default");
        return prefix;
    }

    private static string ReadModel(SettingSource source)
    {
        (string model, string origin) = source.Read(
            SettingTable.Model,
            string.Empty,
            (FoundValue found, out string name) =>
            {
                name = found.Text;
                return !name.StartsWith('/') && !name.EndsWith('/');
            },
            "PROVIDER/MODEL as opencode takes it, or MODEL alone");
        source.Note(SettingTable.Model, model.Length == 0 ? "unknown" : model, origin);
        return model;
    }

    private static string ReadName(SettingSource source, SettingDefinition definition)
    {
        FoundValue? found = source.Find(definition);
        string name = found?.Text.Trim() ?? string.Empty;
        source.Note(definition, name.Length == 0 ? "unknown" : name, found?.Origin ?? "default");
        return name;
    }

    private static HashSet<string> ReadExcluded(SettingSource source)
    {
        FoundValue? found = source.Find(SettingTable.ExcludeMetricAttributes);
        HashSet<string> keys = new(found?.Pieces ?? [], StringComparer.Ordinal);
        source.Note(SettingTable.ExcludeMetricAttributes, keys.Count == 0 ? "none" : string.Join(",", keys), found?.Origin ?? "default");
        return keys;
    }

    private static double ReadCostScale(SettingSource source)
    {
        (double value, string origin) = source.Read(
            SettingTable.CostUsageScale,
            1.0,
            (FoundValue found, out double scale) =>
                double.TryParse(found.Text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out scale)
                && double.IsFinite(scale)
                && scale > 0,
            "a positive decimal number");
        source.Note(SettingTable.CostUsageScale, value.ToString(CultureInfo.InvariantCulture), origin);
        return value;
    }

    private static bool ReadCaptureContent(SettingSource source)
    {
        FoundValue? found = source.Find(SettingTable.CaptureContent);
        bool capture = FlagReader.IsOn(found);

        // Whoever writes "false" here does not want prompts published, though any text switches on elsewhere.
        if (capture && found is { FromCommandLine: false } value && FlagReader.IsNegation(value.Text))
        {
            source.Warn($"{value.Origin} is '{ShownText.Of(value.Text)}', so content is not captured");
            capture = false;
        }

        source.Note(SettingTable.CaptureContent, capture ? "yes" : "no", found?.Origin ?? "default");
        return capture;
    }

    private static bool ReadRandomIds(SettingSource source)
    {
        (bool random, string origin) = source.Read(
            SettingTable.TraceIds,
            false,
            (FoundValue found, out bool value) =>
            {
                value = found.Text.Equals("random", StringComparison.OrdinalIgnoreCase);
                return value || found.Text.Equals("derived", StringComparison.OrdinalIgnoreCase);
            },
            "derived or random");
        source.Note(SettingTable.TraceIds, random ? "random" : "derived", origin);
        return random;
    }

    private static List<Setting> InOrder(IReadOnlyList<Setting> settings)
    {
        Dictionary<string, int> order = SettingTable.All.Index().ToDictionary(entry => entry.Item.Option[2..], entry => entry.Index);
        return [.. settings.OrderBy(setting => order[setting.Name.Split(' ')[0]])];
    }
}
