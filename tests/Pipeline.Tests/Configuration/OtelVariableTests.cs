using System.Security.Cryptography;
using OpencodeOtel.Pipeline.Configuration;
using static OpencodeOtel.Pipeline.Tests.Configuration.Resolving;

namespace OpencodeOtel.Pipeline.Tests.Configuration;

/// <summary>OpenTelemetry's variables: what they mean here.</summary>
public sealed class OtelVariableTests : IDisposable
{
    private static readonly string[] Signals = ["TRACES", "METRICS", "LOGS"];

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory();

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData("ENDPOINT", "http://a:1", "http://b:2")]
    [InlineData("INSECURE", "true", "false")]
    [InlineData("CERTIFICATE", "{one}", "{two}")]
    [InlineData("CLIENT_KEY", "{one}", "{two}")]
    [InlineData("CLIENT_CERTIFICATE", "{one}", "{two}")]
    [InlineData("HEADERS", "a=1", "b=2")]
    [InlineData("COMPRESSION", "gzip", "none")]
    [InlineData("TIMEOUT", "1", "2")]
    [InlineData("PROTOCOL", "http/json", "http/protobuf")]
    public void Item_076_Each_setting_has_a_variable_for_all_signals_and_one_a_signal_that_wins(string setting, string one, string two)
    {
        (one, two) = (Pem(one), Pem(two));
        string general = $"OTEL_EXPORTER_OTLP_{setting}={one}";
        string[] needed = setting switch
        {
            "INSECURE" => ["OTEL_EXPORTER_OTLP_ENDPOINT=c:4317"],
            "CLIENT_KEY" => [$"OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE={Pem("{one}")}"],
            "CLIENT_CERTIFICATE" => [$"OTEL_EXPORTER_OTLP_CLIENT_KEY={Pem("{one}")}"],
            _ => [],
        };

        string[] withGeneral = Values([.. needed, general]);
        Assert.Single(withGeneral.Distinct());
        for (int signal = 0; signal < 3; signal++)
        {
            string own = $"OTEL_EXPORTER_OTLP_{Signals[signal]}_{setting}={two}";
            string[] values = Values([.. needed, general, own]);
            Assert.NotEqual(withGeneral[signal], values[signal]);
            Assert.All(Enumerable.Range(0, 3).Where(other => other != signal), other => Assert.Equal(withGeneral[other], values[other]));
        }

        string[] Values(string[] given)
        {
            ResolvedOptions resolved = From(given);
            Assert.Empty(resolved.Warnings);
            ExporterOptions exporter = resolved.Options.Exporters.Single();
            return [.. ((OtlpDestination[])[exporter.Traces!, exporter.Metrics!, exporter.Logs!]).Select(destination => setting switch
            {
                "ENDPOINT" => destination.Endpoint.Authority,
                "INSECURE" => destination.Endpoint.Scheme,
                "CERTIFICATE" => destination.CertificateFile!,
                "CLIENT_KEY" => destination.ClientKeyFile!,
                "CLIENT_CERTIFICATE" => destination.ClientCertificateFile!,
                "HEADERS" => string.Join(',', destination.Headers.Select(header => header.Key)),
                "COMPRESSION" => destination.Compression.ToString(),
                "TIMEOUT" => destination.Timeout.ToString(),
                _ => destination.Protocol.ToString(),
            })];
        }
    }

    [Theory]
    [InlineData("grpc", OtlpProtocol.Grpc)]
    [InlineData("http/protobuf", OtlpProtocol.HttpProtobuf)]
    [InlineData("http/json", OtlpProtocol.HttpJson)]
    [InlineData("", OtlpProtocol.Grpc)]
    public void Item_078_The_protocols_are_these_and_the_default_is_the_plugins(string text, OtlpProtocol protocol) =>
        Assert.Equal(protocol, Traces($"OTEL_EXPORTER_OTLP_PROTOCOL={text}").Protocol);

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_TIMEOUT=", 10_000)]
    [InlineData("OTEL_EXPORTER_OTLP_TIMEOUT=2500", 2500)]
    public void Item_080_A_timeout_is_in_milliseconds_and_10000_by_default(string given, int milliseconds) =>
        Assert.Equal(milliseconds, Traces(given).Timeout.TotalMilliseconds);

    [Fact]
    public void Item_083_The_largest_request_and_answer_are_options_without_a_variable()
    {
        Assert.Equal(64 * 1024 * 1024, From().Options.RequestLimitBytes);
        Assert.Equal(4 * 1024 * 1024, Traces().ResponseLimitBytes);
        Assert.Equal(1 << 20, From("--max-request-bytes 1MiB").Options.RequestLimitBytes);
        Assert.Equal(1 << 10, Traces("--max-response-bytes 1KiB").ResponseLimitBytes);
        Assert.All(["--max-request-bytes", "--max-response-bytes"], option => Assert.Null(SettingTable.All.Single(setting => setting.Option == option).Variable));
    }

    [Theory]
    [InlineData("true", true, 0)]
    [InlineData("TRUE", true, 0)]
    [InlineData("false", false, 0)]
    [InlineData("False", false, 0)]
    [InlineData("", false, 0)]
    [InlineData("1", false, 1)]
    [InlineData("yes", false, 1)]
    public void Item_086_Only_true_is_true_and_an_unknown_word_warns(string text, bool isInsecure, int warnings)
    {
        ResolvedOptions resolved = From("OTEL_EXPORTER_OTLP_ENDPOINT=c:4317", $"OTEL_EXPORTER_OTLP_INSECURE={text}");
        Assert.Equal(isInsecure ? "http" : "https", resolved.Options.Exporters[0].Traces!.Endpoint.Scheme);
        Assert.Equal(warnings, resolved.Warnings.Count);
    }

    [Theory]
    [InlineData("OTEL_SDK_DISABLED=true;OPENCODE_ENABLE_TELEMETRY=1", "enable", "no", "OTEL_SDK_DISABLED", 1)]
    [InlineData("OTEL_RESOURCE_ATTRIBUTES=a=1", "resource-attribute", "a=1", "OTEL_RESOURCE_ATTRIBUTES", 0)]
    [InlineData("OTEL_SERVICE_NAME=s;OTEL_RESOURCE_ATTRIBUTES=service.name=r", "resource-attribute", "service.name=s", "OTEL_RESOURCE_ATTRIBUTES, OTEL_SERVICE_NAME", 0)]
    [InlineData("OTEL_TRACES_EXPORTER=none", "disable-traces", "all", "OTEL_TRACES_EXPORTER", 0)]
    [InlineData("OTEL_METRICS_EXPORTER=none", "disable-metrics", "all", "OTEL_METRICS_EXPORTER", 0)]
    [InlineData("OTEL_LOGS_EXPORTER=none", "disable-logs", "yes", "OTEL_LOGS_EXPORTER", 0)]
    [InlineData("OTEL_LOGS_EXPORTER=otlp", "exporter", "otlp", "default", 0)]
    [InlineData("OTEL_TRACES_EXPORTER=console;OTEL_METRICS_EXPORTER=console;OTEL_LOGS_EXPORTER=Console", "exporter", "console", "OTEL_TRACES_EXPORTER", 0)]
    [InlineData("OTEL_TRACES_EXPORTER=none;OTEL_METRICS_EXPORTER=console;OTEL_LOGS_EXPORTER=none", "exporter", "console", "OTEL_METRICS_EXPORTER", 0)]
    [InlineData("OTEL_TRACES_EXPORTER=console;OTEL_METRICS_EXPORTER=otlp;OTEL_LOGS_EXPORTER=none", "exporter", "otlp", "default", 1)]
    [InlineData("OTEL_TRACES_EXPORTER=otlp/stdout", "exporter", "otlp", "default", 1)]
    [InlineData("OTEL_BSP_SCHEDULE_DELAY=7", "logs-interval (traces)", "7 ms", "OTEL_BSP_SCHEDULE_DELAY", 0)]
    [InlineData("OTEL_BLRP_SCHEDULE_DELAY=7", "logs-interval (logs)", "7 ms", "OTEL_BLRP_SCHEDULE_DELAY", 0)]
    [InlineData("OTEL_BSP_SCHEDULE_DELAY=7;OPENCODE_OTLP_LOGS_INTERVAL=8", "logs-interval", "8 ms", "OPENCODE_OTLP_LOGS_INTERVAL", 0)]
    [InlineData("OTEL_BSP_MAX_EXPORT_BATCH_SIZE=7", "batch-items (traces)", "7 items", "OTEL_BSP_MAX_EXPORT_BATCH_SIZE", 0)]
    [InlineData("OTEL_BLRP_MAX_EXPORT_BATCH_SIZE=7", "batch-items (logs)", "7 items", "OTEL_BLRP_MAX_EXPORT_BATCH_SIZE", 0)]
    [InlineData("OTEL_BLRP_MAX_EXPORT_BATCH_SIZE=7;--batch-items 8", "batch-items", "8 items", "--batch-items", 0)]
    [InlineData("OTEL_BSP_MAX_QUEUE_SIZE=7", "queue-bytes", "8388608 bytes", "default", 1)]
    [InlineData("OTEL_BLRP_MAX_QUEUE_SIZE=7", "queue-bytes", "8388608 bytes", "default", 1)]
    [InlineData("OTEL_METRIC_EXPORT_INTERVAL=7", "metrics-interval", "7 ms", "OTEL_METRIC_EXPORT_INTERVAL", 0)]
    public void Item_089_A_variable_of_the_SDK_has_its_meaning_or_says_why_not(string given, string name, string shown, string origin, int warnings)
    {
        ResolvedOptions resolved = From(given.Split(';'));
        Assert.Contains(new Setting(name, shown, origin), resolved.Settings);
        Assert.Equal(warnings, resolved.Warnings.Count);
        Assert.All(resolved.Warnings, warning => Assert.Contains("OTEL_", warning, StringComparison.Ordinal));
    }

    [Fact]
    public void What_was_read_for_one_signal_is_in_its_options()
    {
        TelemetryOptions options = From(
            "OTEL_BSP_SCHEDULE_DELAY=1", "OTEL_BLRP_SCHEDULE_DELAY=2", "OTEL_BSP_MAX_EXPORT_BATCH_SIZE=3", "OTEL_BLRP_MAX_EXPORT_BATCH_SIZE=4").Options;
        Assert.Equal((1.0, 2.0), (options.SpansInterval!.Value.TotalMilliseconds, options.LogsInterval.TotalMilliseconds));
        Assert.Equal((3, 4, int.MaxValue), (options.SpanTargetItems, options.LogTargetItems, options.RequestTargetItems));
    }

    /// <summary>A file with a certificate and a key in the place of a name in braces.</summary>
    private string Pem(string name)
    {
        if (!name.StartsWith('{'))
        {
            return name;
        }

        string path = Path.Combine(_directory.FullName, name.Trim('{', '}'));
        File.WriteAllLines(path, [PemEncoding.WriteString("CERTIFICATE", [1]), PemEncoding.WriteString("PRIVATE KEY", [1])]);
        return path;
    }
}
