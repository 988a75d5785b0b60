using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Tests.Configuration;

public class SettingTableTests
{
    public static TheoryData<string, string> ProductVariables => new()
    {
        { "OPENCODE_ENABLE_TELEMETRY", "--enable" },
        { "OPENCODE_OTLP_ENDPOINT", "--endpoint" },
        { "OPENCODE_OTLP_PROTOCOL", "--protocol" },
        { "OPENCODE_OTLP_METRICS_INTERVAL", "--metrics-interval" },
        { "OPENCODE_OTLP_LOGS_INTERVAL", "--logs-interval" },
        { "OPENCODE_METRIC_PREFIX", "--metric-prefix" },
        { "OPENCODE_DISABLE_METRICS", "--disable-metrics" },
        { "OPENCODE_DISABLE_LOGS", "--disable-logs" },
        { "OPENCODE_DISABLE_TRACES", "--disable-traces" },
        { "OPENCODE_OTLP_HEADERS", "--header" },
        { "OPENCODE_OTLP_HEADERS_HELPER", "--headers-helper" },
        { "OPENCODE_RESOURCE_ATTRIBUTES", "--resource-attribute" },
        { "OPENCODE_SPAN_ATTRIBUTES", "--span-attribute" },
        { "OPENCODE_METRIC_ATTRIBUTES", "--metric-attribute" },
        { "OPENCODE_EXCLUDE_METRICS_ATTRIBUTES", "--exclude-metrics-attributes" },
        { "OPENCODE_OTLP_METRICS_TEMPORALITY", "--metrics-temporality" },
        { "OPENCODE_COST_USAGE_SCALE", "--cost-usage-scale" },
        { "OPENCODE_TRACEPARENT", "--traceparent" },
        { "OPENCODE_TRACESTATE", "--tracestate" },
        { "OPENCODE_CAPTURE_CONTENT", "--capture-content" },
        { "OPENCODE_TRACE_IDS", "--trace-ids" },
        { "OPENCODE_OTLP_TIMEOUT", "--timeout" },
        { "OPENCODE_OTLP_SPOOL", "--spool" },
        { "OPENCODE_OTLP_COMPRESSION", "--compression" },
        { "OPENCODE_OTLP_CERTIFICATE", "--certificate" },
        { "OPENCODE_OTLP_CLIENT_CERTIFICATE", "--client-certificate" },
        { "OPENCODE_OTLP_CLIENT_KEY", "--client-key" },
    };

    [Theory]
    [MemberData(nameof(ProductVariables))]
    public void Every_variable_of_the_product_has_an_option(string variable, string option) =>
        Assert.Equal(option, SettingTable.All.Single(setting => setting.Variable == variable).Option);

    [Fact]
    public void Options_and_variables_are_unique_and_described()
    {
        Assert.Equal(SettingTable.All.Count, SettingTable.All.Select(setting => setting.Option).Distinct().Count());
        Assert.Equal(ProductVariables.Count, SettingTable.All.Count(setting => setting.Variable is not null));
        Assert.All(SettingTable.All, setting =>
        {
            Assert.StartsWith("--", setting.Option, StringComparison.Ordinal);
            Assert.NotEmpty(setting.Description);
            Assert.Equal(setting.Kind == SettingKind.Flag, setting.Argument.Length == 0);
        });
    }

    [Fact]
    public void Every_setting_is_resolved_and_shown_with_its_origin()
    {
        ResolvedOptions resolved = Resolving.From();
        string[] shown = [.. resolved.Settings.Select(setting => setting.Name.Split(' ')[0]).Distinct()];
        Assert.Equal(SettingTable.All.Select(setting => setting.Option[2..]), shown);
        Assert.All(resolved.Settings, setting => Assert.Equal("default", setting.Origin));
        Assert.Empty(resolved.Warnings);
    }
}
