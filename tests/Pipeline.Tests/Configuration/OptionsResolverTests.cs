using OpencodeOtel.Pipeline.Configuration;
using static OpencodeOtel.Pipeline.Tests.Configuration.Resolving;

namespace OpencodeOtel.Pipeline.Tests.Configuration;

public class OptionsResolverTests
{
    [Fact]
    public void Item_002_Without_anything_the_defaults_of_the_options_hold_and_telemetry_is_off()
    {
        ResolvedOptions resolved = From();
        TelemetryOptions defaults = new();
        Assert.False(resolved.Enabled);
        Assert.Equivalent(defaults with { Exporters = resolved.Options.Exporters }, resolved.Options);
        ExporterOptions exporter = Assert.Single(resolved.Options.Exporters);
        Assert.Equal(ExporterKind.Otlp, exporter.Kind);
        Assert.Equal("http://localhost:4317/", exporter.Logs!.Endpoint.AbsoluteUri);
        Assert.Equal(OtlpProtocol.Grpc, exporter.Logs.Protocol);
    }

    [Theory]
    [InlineData("OPENCODE_ENABLE_TELEMETRY=1", true)]
    [InlineData("OPENCODE_ENABLE_TELEMETRY=false", true)] // Any text switches on.
    [InlineData("OPENCODE_ENABLE_TELEMETRY=", false)]
    [InlineData("--enable", true)]
    [InlineData("--enable false", false)]
    public void Telemetry_is_switched_on_by_any_text(string given, bool enabled) => Assert.Equal(enabled, From(given).Enabled);

    [Fact]
    public void The_off_switch_of_the_sdk_beats_the_variable_and_says_so()
    {
        ResolvedOptions resolved = From("OPENCODE_ENABLE_TELEMETRY=1", "OTEL_SDK_DISABLED=TRUE");
        Assert.False(resolved.Enabled);
        Assert.Equal("OTEL_SDK_DISABLED", Origin(resolved, "enable"));
        Assert.Contains("OTEL_SDK_DISABLED", Assert.Single(resolved.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void The_off_switch_of_the_sdk_does_not_beat_the_command_line() => Assert.True(From("--enable", "OTEL_SDK_DISABLED=true").Enabled);

    [Theory]
    [InlineData("1", false)]
    [InlineData("false", true)]
    public void Item_086_A_truth_value_of_opentelemetry_is_true_only_for_true(string text, bool silent)
    {
        ResolvedOptions resolved = From("OPENCODE_ENABLE_TELEMETRY=1", $"OTEL_SDK_DISABLED={text}");
        Assert.True(resolved.Enabled);
        Assert.Equal(silent, resolved.Warnings.Count == 0);
    }

    [Theory]
    [InlineData("OPENCODE_OTLP_METRICS_INTERVAL=1", 1)]
    [InlineData("OPENCODE_OTLP_METRICS_INTERVAL= 250 ", 250)]
    [InlineData("OPENCODE_OTLP_METRICS_INTERVAL=86400000", 86_400_000)]
    [InlineData("OTEL_METRIC_EXPORT_INTERVAL=1234", 1234)]
    [InlineData("--metrics-interval 90s", 90_000)]
    [InlineData("--metrics-interval 500ms", 500)]
    [InlineData("--metrics-interval 2m", 120_000)]
    [InlineData("--metrics-interval 24h", 86_400_000)]
    public void An_interval_is_read(string given, int milliseconds)
    {
        ResolvedOptions resolved = From(given);
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), resolved.Options.MetricsInterval);
        Assert.Empty(resolved.Warnings);
        Assert.Equal(given.Split('=', ' ')[0], Origin(resolved, "metrics-interval"));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("86400001")]
    [InlineData("5s")]
    [InlineData("1.5")]
    [InlineData("99999999999999999999")]
    [InlineData("soon")]
    public void Item_085_A_bad_interval_in_a_variable_warns_with_its_text_and_counts_as_unset(string text)
    {
        ResolvedOptions resolved = From($"OPENCODE_OTLP_LOGS_INTERVAL={text}");
        Assert.Equal(TimeSpan.FromSeconds(5), resolved.Options.LogsInterval);
        string warning = Assert.Single(resolved.Warnings);
        Assert.Contains($"OPENCODE_OTLP_LOGS_INTERVAL is '{text}'", warning, StringComparison.Ordinal);
        Assert.Equal("default", Origin(resolved, "logs-interval"));
    }

    [Theory]
    [InlineData("--metrics-interval 0")]
    [InlineData("--metrics-interval 25h")]
    [InlineData("--cost-usage-scale none")]
    [InlineData("--trace-ids maybe")]
    [InlineData("--metrics-temporality sometimes")]
    [InlineData("--batch-bytes 10MB")]
    [InlineData("--queue-bytes 0")]
    [InlineData("--batch-bytes 65MiB")] // More than a request may have.
    [InlineData("--max-block -1")]
    public void A_bad_value_that_was_typed_is_an_error_that_names_the_option(string given)
    {
        string[] parts = given.Split(' ');
        Assert.StartsWith($"{parts[0]} is '{parts[1]}'; it must be ", Error(given), StringComparison.Ordinal);
    }

    [Fact]
    public void An_option_beats_its_variable_which_beats_opentelemetrys()
    {
        string[] all = ["--metrics-interval 1", "OPENCODE_OTLP_METRICS_INTERVAL=2", "OTEL_METRIC_EXPORT_INTERVAL=3"];
        Assert.Equal(1, From(all).Options.MetricsInterval.TotalMilliseconds);
        Assert.Equal(2, From(all[1..]).Options.MetricsInterval.TotalMilliseconds);
        Assert.Equal(3, From(all[2..]).Options.MetricsInterval.TotalMilliseconds);
    }

    [Theory]
    [InlineData("--metric-prefix x.", "x.")]
    [InlineData("--metric-prefix ", "")]
    [InlineData("OPENCODE_METRIC_PREFIX= my ", " my ")]
    [InlineData("OPENCODE_METRIC_PREFIX=", "opencode.")]
    public void The_prefix_is_used_as_it_is(string given, string prefix) => Assert.Equal(prefix, From(given).Options.MetricPrefix);

    [Theory]
    [InlineData("OPENCODE_OTLP_METRICS_TEMPORALITY= Delta ", TemporalityPreference.Delta, 0)]
    [InlineData("OPENCODE_OTLP_METRICS_TEMPORALITY=LOWMEMORY", TemporalityPreference.LowMemory, 0)]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE=lowMemory", TemporalityPreference.LowMemory, 0)]
    [InlineData("OPENCODE_OTLP_METRICS_TEMPORALITY=often", TemporalityPreference.Cumulative, 1)]
    public void Item_087_Temporality_is_read_in_any_case(string given, TemporalityPreference preference, int warnings)
    {
        ResolvedOptions resolved = From(given);
        Assert.Equal(preference, resolved.Options.Temporality);
        Assert.Equal(warnings, resolved.Warnings.Count);
    }

    [Theory]
    [InlineData("100", 100, 0)]
    [InlineData("0.5", 0.5, 0)]
    [InlineData("1e3", 1000, 0)]
    [InlineData("0", 1, 1)]
    [InlineData("-1", 1, 1)]
    [InlineData("NaN", 1, 1)]
    [InlineData("Infinity", 1, 1)]
    [InlineData("1e999", 1, 1)]
    [InlineData("1,5", 1, 1)]
    public void The_cost_scale_is_a_positive_finite_decimal(string text, double scale, int warnings)
    {
        ResolvedOptions resolved = From($"OPENCODE_COST_USAGE_SCALE={text}");
        Assert.Equal(scale, resolved.Options.CostScale);
        Assert.Equal(warnings, resolved.Warnings.Count);
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("yes", true)]
    [InlineData("", false)]
    [InlineData("false", false)]
    [InlineData("0", false)]
    public void Content_is_captured_only_when_somebody_wants_it(string text, bool captured) =>
        Assert.Equal(captured, From($"OPENCODE_CAPTURE_CONTENT={text}").Options.CaptureContent);

    [Theory]
    [InlineData("--batch-bytes 2MiB", 2 * 1024 * 1024)]
    [InlineData("--batch-bytes 512 kib", 512 * 1024)]
    [InlineData("--batch-bytes 1000", 1000)]
    public void A_size_may_have_a_binary_unit(string given, int bytes) => Assert.Equal(bytes, From(given).Options.RequestTargetBytes);

    [Fact]
    public void A_request_limit_below_the_default_target_lowers_the_target() =>
        Assert.Equal(1000, From("--max-request-bytes 1000").Options.RequestTargetBytes);
}
