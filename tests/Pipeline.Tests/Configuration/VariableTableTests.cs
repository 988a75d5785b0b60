using OpencodeOtel.Pipeline.Configuration;
using static OpencodeOtel.Pipeline.Tests.Configuration.Resolving;

namespace OpencodeOtel.Pipeline.Tests.Configuration;

/// <summary>The table of variables: each with its option, its default, OpenTelemetry's variable below it, and what becomes of a bad value.</summary>
public class VariableTableTests
{
    private const string Parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private const string OtherParent = "00-0af7651916cd43dd8448eb211c80319c-1111111111111111-01";

    private static readonly VariableRow[] Rows =
    [
        new("OPENCODE_ENABLE_TELEMETRY", "--enable", "no") { Text = "x", Shown = "yes", Typed = "", TypedShown = "yes" },
        new("OPENCODE_OTLP_ENDPOINT", "--endpoint", "http://localhost:4317")
        {
            Text = "http://a:1",
            Typed = "http://b:2",
            Fallback = "OTEL_EXPORTER_OTLP_ENDPOINT=http://c:3",
            Bad = "a:1",
            Error = "which has no scheme; use http://a:1",
        },
        new("OPENCODE_OTLP_PROTOCOL", "--protocol", "grpc")
        {
            Text = "http/json",
            Typed = "http/protobuf",
            Fallback = "OTEL_EXPORTER_OTLP_PROTOCOL=http/json",
            Bad = "smoke",
            Error = "it must be grpc, http/protobuf or http/json",
        },
        new("OPENCODE_OTLP_METRICS_INTERVAL", "--metrics-interval", "60000 ms")
        {
            Text = "1",
            Shown = "1 ms",
            Typed = "2s",
            TypedShown = "2000 ms",
            Fallback = "OTEL_METRIC_EXPORT_INTERVAL=3",
            FallbackShown = "3 ms",
            Bad = "0",
            Warning = "it must be an integer from 1 to 86400000 milliseconds",
        },
        new("OPENCODE_OTLP_LOGS_INTERVAL", "--logs-interval", "5000 ms")
        {
            Text = "1",
            Shown = "1 ms",
            Typed = "2s",
            TypedShown = "2000 ms",
            Fallback = "OTEL_BLRP_SCHEDULE_DELAY=3",
            FallbackShown = "3 ms",
            Bad = "86400001",
            Warning = "it must be an integer from 1 to 86400000 milliseconds",
        },
        new("OPENCODE_METRIC_PREFIX", "--metric-prefix", "opencode.") { Text = " x ", Typed = "y." },
        new("OPENCODE_DISABLE_METRICS", "--disable-metrics", "none")
        {
            Text = " token.usage ",
            Shown = "token.usage",
            Typed = "cost.usage",
            Bad = "nope",
            Warning = "names 'nope', which is no metric",
        },
        new("OPENCODE_DISABLE_LOGS", "--disable-logs", "no")
        {
            Text = "x",
            Shown = "yes",
            Typed = "",
            TypedShown = "yes",
            Fallback = "OTEL_LOGS_EXPORTER=none",
            FallbackShown = "yes",
        },
        new("OPENCODE_DISABLE_TRACES", "--disable-traces", "none")
        {
            Text = " LLM ",
            Shown = "llm",
            Typed = "tool",
            Bad = "nope",
            Warning = "names 'nope', which is no type of span",
        },
        new("OPENCODE_OTLP_HEADERS", "--header", "none")
        {
            Text = "a=SECRET",
            Shown = "a=***",
            Typed = "b=SECRET",
            TypedShown = "b=***",
            Fallback = "OTEL_EXPORTER_OTLP_HEADERS=c=SECRET",
            FallbackShown = "c=***",
            Bad = "a=1,b c=SECRET",
            Error = "piece 2 of OPENCODE_OTLP_HEADERS has a name that is not allowed",
        },
        new("OPENCODE_OTLP_HEADERS_HELPER", "--headers-helper", "none") { Text = "${PROJECT_ROOT}/token", Typed = "./no/such/token" },
        new("OPENCODE_RESOURCE_ATTRIBUTES", "--resource-attribute", "none")
        {
            Text = "a=1",
            Typed = "b=2",
            Fallback = "OTEL_RESOURCE_ATTRIBUTES=c=3",
            Bad = "SECRET",
            Warning = "piece 1 of OPENCODE_RESOURCE_ATTRIBUTES is not of the form key=value",
        },
        new("OPENCODE_SPAN_ATTRIBUTES", "--span-attribute", "none")
        {
            Text = "a=1",
            Typed = "b=2",
            Bad = "=SECRET",
            Warning = "piece 1 of OPENCODE_SPAN_ATTRIBUTES is not of the form key=value",
        },
        new("OPENCODE_METRIC_ATTRIBUTES", "--metric-attribute", "none")
        {
            Text = "a=1",
            Typed = "b=2",
            Bad = "=SECRET",
            Warning = "piece 1 of OPENCODE_METRIC_ATTRIBUTES is not of the form key=value",
        },
        new("OPENCODE_EXCLUDE_METRICS_ATTRIBUTES", "--exclude-metrics-attributes", "none") { Text = "a", Typed = "b" },
        new("OPENCODE_OTLP_METRICS_TEMPORALITY", "--metrics-temporality", "cumulative")
        {
            Text = " Delta ",
            Shown = "delta",
            Typed = "lowmemory",
            Fallback = "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE=LowMemory",
            FallbackShown = "lowmemory",
            Bad = "often",
            Warning = "it must be cumulative, delta or lowmemory",
        },
        new("OPENCODE_COST_USAGE_SCALE", "--cost-usage-scale", "1") { Text = "100", Typed = "0.5", Bad = "0", Warning = "it must be a positive decimal number" },
        new("OPENCODE_TRACEPARENT", "--traceparent", "none")
        {
            Text = Parent,
            Typed = OtherParent,
            Fallback = "TRACEPARENT=" + Parent,
            Bad = "SECRET",
            Warning = "OPENCODE_TRACEPARENT (6 characters) is not a valid W3C traceparent",
        },
        new("OPENCODE_CAPTURE_CONTENT", "--capture-content", "no") { Text = "1", Shown = "yes", Typed = "", TypedShown = "yes" },
        new("OPENCODE_TRACE_IDS", "--trace-ids", "derived") { Text = "Random", Shown = "random", Typed = "random", Bad = "x", Warning = "it must be derived or random" },
        new("OPENCODE_OTLP_COMPRESSION", "--compression", "none")
        {
            Text = "gzip",
            Typed = "zstd",
            Fallback = "OTEL_EXPORTER_OTLP_COMPRESSION=gzip",
            Bad = "x",
            Warning = "it must be none, gzip or zstd",
        },
        new("OPENCODE_OTLP_TIMEOUT", "--timeout", "10000 ms")
        {
            Text = "1",
            Shown = "1 ms",
            Typed = "2s",
            TypedShown = "2000 ms",
            Fallback = "OTEL_EXPORTER_OTLP_TIMEOUT=3",
            FallbackShown = "3 ms",
            Bad = "-1",
            Warning = "it must be an integer from 0 (no limit) to 86400000 milliseconds",
        },
    ];

    public static TheoryData<string> Variables => [.. Rows.Select(row => row.Variable)];

    [Theory]
    [MemberData(nameof(Variables))]
    public void Item_084_Unset_and_empty_are_the_default(string variable)
    {
        VariableRow row = RowOf(variable);
        Assert.Equal((row.Default, "default"), Resolve(row));
        Assert.Equal((row.Default, "default"), Resolve(row, $"{variable}="));
        Assert.Equal((row.Default, "default"), Resolve(row, $"{variable}=  "));
        if (row.Fallback.Length > 0)
        {
            string name = row.Fallback.Split('=')[0];
            Assert.Equal((row.Default, "default"), Resolve(row, $"{name}="));
            Assert.Equal((row.FallbackShown ?? TextOf(row.Fallback), name), Resolve(row, $"{variable}=", row.Fallback));
        }
    }

    [Theory]
    [MemberData(nameof(Variables))]
    public void The_command_line_beats_the_variable_which_beats_opentelemetrys_and_each_is_named(string variable)
    {
        VariableRow row = RowOf(variable);
        string[] fallback = row.Fallback.Length > 0 ? [row.Fallback] : [];
        if (fallback.Length > 0)
        {
            Assert.Equal((row.FallbackShown ?? TextOf(row.Fallback), row.Fallback.Split('=')[0]), Resolve(row, fallback));
        }

        Assert.Equal((row.Shown ?? row.Text, variable), Resolve(row, [.. fallback, $"{variable}={row.Text}"]));
        string typed = row.Typed.Length == 0 ? row.Option : $"{row.Option} {row.Typed}";
        Assert.Equal((row.TypedShown ?? row.Typed, row.Option), Resolve(row, [.. fallback, $"{variable}={row.Text}", typed]));
    }

    [Theory]
    [MemberData(nameof(Variables))]
    public void A_bad_value_is_an_error_or_a_warning_that_names_its_variable_and_counts_as_unset(string variable)
    {
        VariableRow row = RowOf(variable);
        if (row.Error is { } error)
        {
            string message = Error($"{variable}={row.Bad}");
            Assert.Contains(variable, message, StringComparison.Ordinal);
            Assert.Contains(error, message, StringComparison.Ordinal);
            Assert.DoesNotContain("SECRET", message, StringComparison.Ordinal);
        }
        else if (row.Warning is { } expected)
        {
            ResolvedOptions resolved = From($"{variable}={row.Bad}");
            string warning = Assert.Single(resolved.Warnings);
            Assert.Contains(variable, warning, StringComparison.Ordinal);
            Assert.Contains(expected, warning, StringComparison.Ordinal);
            Assert.DoesNotContain("SECRET", warning, StringComparison.Ordinal);
            Assert.Equal(row.Default, resolved.Settings.First(setting => setting.Name.Split(' ')[0] == row.Option[2..]).Value);
        }
        else
        {
            Assert.Empty(From($"{variable}=any text does").Warnings);
        }
    }

    [Theory]
    [InlineData("OPENCODE_OTLP_METRICS_INTERVAL=0", "OTEL_METRIC_EXPORT_INTERVAL=3", "--metrics-interval", "3 ms")]
    [InlineData("OPENCODE_OTLP_TIMEOUT=soon", "OTEL_EXPORTER_OTLP_TIMEOUT=3", "--timeout", "3 ms")]
    [InlineData("OPENCODE_OTLP_METRICS_TEMPORALITY=often", "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE=delta", "--metrics-temporality", "delta")]
    public void Item_085_A_bad_value_leaves_the_next_one_to_serve(string bad, string next, string option, string shown)
    {
        ResolvedOptions resolved = From(bad, next);
        Assert.Single(resolved.Warnings);
        Assert.Contains(new Setting(option[2..], shown, next.Split('=')[0]), resolved.Settings);
    }

    [Fact]
    public void A_trace_state_needs_a_trace_parent()
    {
        Assert.Contains(new Setting("tracestate", "a=1", "OPENCODE_TRACESTATE"), From($"OPENCODE_TRACEPARENT={Parent}", "OPENCODE_TRACESTATE=a=1,A=2").Settings);
        Assert.Contains(new Setting("tracestate", "b=1", "--tracestate"), From($"--traceparent {Parent}", "--tracestate b=1", "OPENCODE_TRACESTATE=a=1").Settings);
        ResolvedOptions alone = From("OPENCODE_TRACESTATE=a=1");
        Assert.Equal("OPENCODE_TRACESTATE is set without a traceparent and is ignored", Assert.Single(alone.Warnings));
        Assert.Contains(new Setting("tracestate", "none", "default"), alone.Settings);
    }

    private static VariableRow RowOf(string variable) => Rows.Single(row => row.Variable == variable);

    private static string TextOf(string assignment) => assignment[(assignment.IndexOf('=', StringComparison.Ordinal) + 1)..];

    private static (string Shown, string Origin) Resolve(VariableRow row, params string[] given)
    {
        ResolvedOptions resolved = From(given);
        Assert.Empty(resolved.Warnings);
        Setting setting = resolved.Settings.First(setting => setting.Name.Split(' ')[0] == row.Option[2..]);
        return (setting.Value, setting.Origin);
    }
}
