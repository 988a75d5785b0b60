using OpencodeOtel.Cli.Checking;
using OpencodeOtel.Pipeline.Checking;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Cli.Tests.Checking;

public sealed class DoctorTextTests
{
    private static readonly CheckResult Failed = new("connects", "localhost:4317", CheckStatus.Failed, "refused the connection", "start the server");

    [Fact]
    public void Settings_are_a_table_and_a_long_value_moves_only_its_own_origin()
    {
        string text = DoctorText.Settings(Resolved(
            false,
            new Setting("exporter", "otlp", "default"),
            new Setting("endpoint", $"https://{new string('x', 60)}.example", "--endpoint"),
            new Setting("header", "x-key=***", "OPENCODE_OTLP_HEADERS")));

        Assert.Equal(
            $"""
            Settings
              exporter  otlp       default
              endpoint  https://{new string('x', 60)}.example  --endpoint
              header    x-key=***  OPENCODE_OTLP_HEADERS

            Telemetry is off: set OPENCODE_ENABLE_TELEMETRY=1 or give --enable to switch it on. replay needs neither.

            """,
            text);
    }

    [Theory]
    [InlineData(true, "default", "\nTelemetry is on.\n")]
    [InlineData(false, "OTEL_SDK_DISABLED", "\nTelemetry is off: OTEL_SDK_DISABLED is true, which only --enable beats. replay needs neither.\n")]
    public void It_says_whether_telemetry_is_on(bool enabled, string origin, string expected) =>
        Assert.EndsWith(expected, DoctorText.Settings(Resolved(enabled, new Setting("enable", enabled ? "yes" : "no", origin))), StringComparison.Ordinal);

    [Fact]
    public void A_check_is_a_line_and_a_hint_is_given_once()
    {
        DoctorText text = new(colour: false);

        Assert.Equal("  ok       name resolves     localhost                         127.0.0.1\n", text.Line(new CheckResult("name resolves", "localhost", CheckStatus.Ok, "127.0.0.1")));
        Assert.Equal("  FAILED   connects          localhost:4317                    refused the connection\n           → start the server\n", text.Line(Failed));
        Assert.Equal("  FAILED   connects          localhost:4317                    refused the connection\n", text.Line(Failed));
        Assert.Equal("  skipped  TLS               localhost:4317                    plaintext\n", text.Line(new CheckResult("TLS", "localhost:4317", CheckStatus.Skipped, "plaintext")));
    }

    [Fact]
    public void Colour_is_of_the_mark_and_moves_nothing()
    {
        string plain = new DoctorText(colour: false).Line(Failed);
        string coloured = new DoctorText(colour: true).Line(Failed);

        Assert.DoesNotContain('\u001b', plain);
        Assert.Contains("\u001b[1;31mFAILED ", coloured, StringComparison.Ordinal);
        Assert.Equal(plain, coloured.Replace("\u001b[1;31m", "", StringComparison.Ordinal).Replace("\u001b[0m", "", StringComparison.Ordinal));
    }

    [Fact]
    public void The_sum_counts_each_kind()
    {
        CheckResult ok = Failed with { Status = CheckStatus.Ok };

        Assert.Equal("\n4 checks, 2 ok, 1 failed, 1 skipped\n", DoctorText.Sum([ok, Failed, ok, Failed with { Status = CheckStatus.Skipped }]));
        Assert.Equal("\n1 check, 1 ok, 0 failed, 0 skipped\n", DoctorText.Sum([ok]));
    }

    [Fact]
    public void The_JSON_has_the_shape_that_machines_rely_on()
    {
        string json = DoctorJson.Write([new Setting("header", "x-key=***", "--header")], [Failed, new CheckResult("spool", "none", CheckStatus.Skipped, "there is none")]);

        Assert.Equal(
            """{"settings":[{"name":"header","value":"x-key=***","origin":"--header"}],"checks":["""
            + """{"check":"connects","target":"localhost:4317","status":"failed","detail":"refused the connection","hint":"start the server"},"""
            + """{"check":"spool","target":"none","status":"skipped","detail":"there is none"}]}""",
            json);
    }

    private static ResolvedOptions Resolved(bool enabled, params Setting[] settings) => new(new TelemetryOptions(), enabled, settings, []);
}
