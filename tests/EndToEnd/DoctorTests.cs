using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text.Json;
using Grpc.Core;
using OpencodeOtel.EndToEnd.Support;
using OpencodeOtel.TestCollector;

namespace OpencodeOtel.EndToEnd;

[UnsupportedOSPlatform("windows")] // It is interrupted by a signal.
public sealed class DoctorTests
{
    private const string Secret = "zq7-Secret-Token";

    [Theory]
    [InlineData("grpc")]
    [InlineData("http/protobuf")]
    [InlineData("http/json")]
    public async Task When_all_is_well_it_shows_settings_and_checks_on_standard_output_and_ends_with_0(string protocol)
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();
        using var directory = new TemporaryDirectory();

        CliResult result = await CliProcess.RunAsync(
            ["doctor", "--protocol", protocol, "--exporter", "otlp", "--exporter", $"file:{directory.Path}", "--spool", Path.Combine(directory.Path, "spool")],
            environment: new Dictionary<string, string> { ["OPENCODE_OTLP_ENDPOINT"] = EndpointOf(server, protocol).ToString() });

        Assert.Equal(0, result.ExitCode);
        Assert.Empty(result.Error);
        Assert.Matches($@"\n  protocol +{protocol} +--protocol\n", result.OutputText);
        Assert.Matches(@"\n  endpoint[^\n]* http://127\.0\.0\.1:\d+[^\n ]* +OPENCODE_OTLP_ENDPOINT\n", result.OutputText);
        Assert.Matches(@"\n  timeout +10000 ms +default\n", result.OutputText);
        Assert.Contains("\nTelemetry is off: set OPENCODE_ENABLE_TELEMETRY=1", result.OutputText, StringComparison.Ordinal);
        foreach (string check in new[] { "endpoint", "connects", "traces accepted", "metrics accepted", "logs accepted", "file exporter", "spool" })
        {
            Assert.Matches($@"\n  ok       {check} +[^\n]+\n", result.OutputText);
        }

        Assert.EndsWith("\n10 checks, 7 ok, 0 failed, 3 skipped\n", result.OutputText, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', result.OutputText);
        Assert.Equal(3, server.Accepted.Count);
        Assert.Empty(server.Refused);
        Assert.Empty(Directory.EnumerateFileSystemEntries(directory.Path));
    }

    [Fact]
    public async Task When_nobody_listens_the_line_says_so_and_it_ends_with_1()
    {
        string address;
        using (TcpListener listener = new(IPAddress.Loopback, 0))
        {
            listener.Start();
            address = $"{listener.LocalEndpoint}";
        }

        CliResult result = await CliProcess.RunAsync(["doctor", "--enable", "--endpoint", $"http://{address}"]);

        Assert.Equal(1, result.ExitCode);
        Assert.Empty(result.Error);
        Assert.Contains("\nTelemetry is on.\n", result.OutputText, StringComparison.Ordinal);
        Assert.Matches($@"\n  FAILED   connects +{address} +refused the connection\n           → start the server", result.OutputText);
        Assert.Matches(@"\n  skipped  traces accepted +[^\n]+ +there is no connection\n", result.OutputText);
        Assert.EndsWith("\n9 checks, 1 ok, 1 failed, 7 skipped\n", result.OutputText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task No_secret_is_shown_whatever_a_server_repeats(bool json)
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync(_ => ScriptedAnswer.Failure(401, StatusCode.Unauthenticated, $"who is {Secret}?"));

        CliResult result = await CliProcess.RunAsync(
            ["doctor", .. json ? ["--json"] : Array.Empty<string>(), "--protocol", "http/protobuf", "--header", $"x-key={Secret}"],
            environment: new Dictionary<string, string>
            {
                ["OPENCODE_OTLP_ENDPOINT"] = $"http://user:{Secret}@collector.invalid/?key={Secret}",
                ["HTTP_PROXY"] = $"http://user:{Secret}@{server.HttpEndpoint.Authority}",
            });

        Assert.Equal(1, result.ExitCode);
        Assert.Equal(3, server.Requests.Count); // Through the proxy, and with what must not be shown.
        Assert.All(server.Requests, request => Assert.Equal(Secret, request.Headers["x-key"]));
        Assert.Contains("answered 401: who is ***?", result.OutputText, StringComparison.Ordinal);
        Assert.Contains("a proxy is used, which resolves it", result.OutputText, StringComparison.Ordinal);
        Assert.Contains("the proxy for collector.invalid:80: in ", result.OutputText, StringComparison.Ordinal);
        Assert.Contains(server.HttpEndpoint.Authority, result.OutputText, StringComparison.Ordinal);
        Assert.DoesNotContain("zq7", result.OutputText + result.Error, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_JSON_holds_the_same_and_the_exit_code_is_the_same()
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync(request => request.Signal == OtlpSignal.Logs
            ? ScriptedAnswer.Failure(404, StatusCode.Unimplemented, "no logs here") : null);

        CliResult result = await CliProcess.RunAsync(["doctor", "--json", "--endpoint", server.GrpcEndpoint.ToString()]);

        Assert.Equal(1, result.ExitCode);
        using JsonDocument document = JsonDocument.Parse(result.Output);
        Assert.Contains(document.RootElement.GetProperty("settings").EnumerateArray(), setting =>
            setting.GetProperty("name").GetString() == "endpoint" && setting.GetProperty("origin").GetString() == "--endpoint");
        JsonElement failed = Assert.Single(
            document.RootElement.GetProperty("checks").EnumerateArray(), check => check.GetProperty("status").GetString() == "failed");
        Assert.Equal("logs accepted", failed.GetProperty("check").GetString());
        Assert.Equal("answered Unimplemented: no logs here", failed.GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("--endpoint", "localhost:4317", "no scheme")]
    [InlineData("--protocol", "smoke", "grpc")]
    public async Task A_setting_that_cannot_be_used_is_one_sentence_on_standard_error_and_exit_code_2(string option, string value, string words)
    {
        CliResult result = await CliProcess.RunAsync(["doctor", option, value]);

        Assert.Equal(2, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.Contains(words, Assert.Single(result.Error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_ignored_of_the_configuration_is_told_on_standard_error()
    {
        CliResult result = await CliProcess.RunAsync(
            ["doctor", "--exporter", "none"], environment: new Dictionary<string, string> { ["OPENCODE_COST_USAGE_SCALE"] = "much" });

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("warning: OPENCODE_COST_USAGE_SCALE is 'much'", result.Error, StringComparison.Ordinal);
        Assert.EndsWith("\n2 checks, 0 ok, 0 failed, 2 skipped\n", result.OutputText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interruption_ends_it_at_once()
    {
        TaskCompletionSource never = new();
        await using OtlpTestServer server = await OtlpTestServer.StartAsync(_ => ScriptedAnswer.Held(never.Task));
        using Process process = CliProcess.Start(["doctor", "--endpoint", server.GrpcEndpoint.ToString(), "--timeout", "0"]);
        Task<CliResult> finished = CliProcess.FinishAsync(process, new CancellationTokenSource(CliProcess.Deadline).Token);
        await server.WaitForAsync(received => received.Requests.Count > 0, CliProcess.Deadline);

        using Process kill = Process.Start("kill", ["-s", "INT", process.Id.ToString(CultureInfo.InvariantCulture)]);
        CliResult result = await finished;

        Assert.Equal(130, result.ExitCode);
        Assert.Empty(result.Error);
        Assert.Matches(@"\n  ok       connects ", result.OutputText); // What was found by then.
        Assert.DoesNotContain("accepted", result.OutputText, StringComparison.Ordinal);
        never.SetResult();
    }

    private static Uri EndpointOf(OtlpTestServer server, string protocol) => protocol == "grpc" ? server.GrpcEndpoint : server.HttpEndpoint;
}
