using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using System.Text.Json;
using Grpc.Core;
using OpencodeOtel.EndToEnd.Support;
using OpencodeOtel.TestCollector;

namespace OpencodeOtel.EndToEnd;

/// <summary>Tokens that expire, as their user sees it.</summary>
[UnsupportedOSPlatform("windows")] // The helpers are shell scripts.
public sealed class HeadersHelperTests
{
    private const string Recording = "01-chat.event.sse";

    private static readonly string[] Signals = ["spans", "logs", "metrics"];

    public static TheoryData<string> Protocols => ["grpc", "http/protobuf", "http/json"];

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_token_that_has_expired_is_renewed_once_and_everything_is_delivered(string protocol)
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync(request => Takes(request, "token-2"));
        using HelperProgram helper = HelperProgram.Counting;

        CliResult result = await ReplayAsync(server, protocol, helper, "--header", "authorization=Bearer static", "--strict");

        Assert.Equal(0, result.ExitCode);
        Assert.All(Signals, signal => Assert.Equal(result.Account.Records(signal), result.Account.Fate(signal, "delivered")));
        Assert.Equal(2, helper.Runs);
        Assert.DoesNotContain("warning", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Requests, request => request.Headers["authorization"] == "Bearer static");

        // The account tells of each request that went out.
        int refused = server.Requests.Count - server.Accepted.Count;
        Assert.InRange(refused, 1, Signals.Length);
        Assert.Equal((server.Requests.Count, refused), Attempts(result));
    }

    [Theory]
    [InlineData(403, StatusCode.PermissionDenied)]
    [InlineData(401, StatusCode.Unauthenticated)]
    public async Task What_is_refused_with_the_new_token_too_is_refused_for_good_and_said_once(int http, StatusCode grpc)
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync(_ => ScriptedAnswer.Failure(http, grpc, "not you"));
        foreach (string protocol in (string[])["grpc", "http/protobuf"])
        {
            using HelperProgram helper = HelperProgram.Counting;

            CliResult result = await ReplayAsync(server, protocol, helper, "--strict");

            Assert.Equal(3, result.ExitCode);
            Assert.All(Signals, signal => Assert.Equal(result.Account.Records(signal), result.Account.Fate(signal, "refused")));
            Assert.InRange(helper.Runs, 2, 1 + Signals.Length);
            Assert.Single(Lines(result, "refused for want of valid credentials"));
        }
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Without_a_helper_a_refusal_is_final_and_said_once(string protocol)
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync(request => Takes(request, "token-1"));

        CliResult result = await ReplayAsync(server, protocol, null, "--header", "authorization=Bearer static");

        Assert.Equal(0, result.ExitCode);
        Assert.All(Signals, signal => Assert.Equal(result.Account.Records(signal), result.Account.Fate(signal, "refused")));
        Assert.Equal((server.Requests.Count, 0), Attempts(result));
        Assert.Contains("--headers-helper", Assert.Single(Lines(result, "refused for want of valid credentials")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("grpc")]
    [InlineData("http/protobuf")]
    public async Task What_is_refused_while_the_helper_fails_is_spooled_and_flushed_when_it_works_again(string protocol)
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync(request => Takes(request, "good"));
        using HelperProgram helper = new("""echo '{"authorization":"Bearer old"}'; [ -e ran ] && exit 7; : > ran""");
        string spool = helper.PathOf("spool");

        CliResult result = await ReplayAsync(server, protocol, helper, "--spool", spool, "--strict");

        Assert.Equal(0, result.ExitCode);
        Assert.All(Signals, signal => Assert.Equal(result.Account.Records(signal), result.Account.Fate(signal, "spooled")));
        Assert.Contains($"the headers helper {helper.FilePath} ended with exit code 7", result.Error, StringComparison.Ordinal);

        helper.Write("""echo '{"authorization":"Bearer good"}'""");
        CliResult flush = await CliProcess.RunAsync(
            ["spool", "flush", "--spool", spool, .. To(server, protocol), "--strict"], environment: helper.Environment, workingDirectory: helper.WorkingDirectory);

        Assert.Equal(0, flush.ExitCode);
        Assert.Equal(result.Account.Records("spans"), server.Spans.Count);
        Assert.Equal(result.Account.Records("logs"), server.LogRecords.Count);
    }

    [Fact]
    public async Task A_helper_that_cannot_be_run_is_a_warning_and_the_configured_headers_serve()
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync(request => Takes(request, "static"));

        CliResult result = await CliProcess.RunAsync(
        [
            "replay", Recordings.PathOf(Recording), .. To(server, "grpc"), "--headers-helper", "/no/such/helper",
            "--header", "authorization=Bearer static", "--report", "json", "--strict",
        ]);

        Assert.Equal(0, result.ExitCode);
        Assert.All(Signals, signal => Assert.Equal(result.Account.Records(signal), result.Account.Fate(signal, "delivered")));
        Assert.EndsWith(
            "the headers helper /no/such/helper does not exist; exports begin with the configured headers alone",
            Assert.Single(Lines(result, "warning")),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_helper_that_hangs_holds_up_no_end_and_ends_with_the_program()
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();
        using HelperProgram helper = new("sleep 600 & echo $$ $! > new; mv new pids; wait");
        using Process process = CliProcess.Start(
            ["pipe", "--enable", .. To(server, "grpc"), "--shutdown-timeout", "200", "--report", "json"], helper.Environment, helper.WorkingDirectory);
        using var deadline = new CancellationTokenSource(CliProcess.Deadline);
        Task<CliResult> finished = CliProcess.FinishAsync(process, deadline.Token);
        await process.StandardInput.BaseStream.WriteAsync(Recordings.Read(Recording), deadline.Token);
        await process.StandardInput.BaseStream.FlushAsync(deadline.Token);
        while (!File.Exists(helper.PathOf("pids")))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), deadline.Token);
        }

        var clock = Stopwatch.StartNew();
        using Process kill = Process.Start("kill", ["-s", "TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        CliResult result = await finished;

        Assert.Equal(143, result.ExitCode);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), "The program waited for its helper.");
        Assert.Empty(server.Requests);
        int[] processes = [.. (await File.ReadAllTextAsync(helper.PathOf("pids"))).Split(' ').Select(pid => int.Parse(pid, CultureInfo.InvariantCulture))];
        while (processes.Any(IsAlive))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), deadline.Token);
        }
    }

    private static ScriptedAnswer? Takes(ReceivedRequest request, string token) =>
        request.Headers.TryGetValue("authorization", out string? value) && value == $"Bearer {token}"
            ? null
            : ScriptedAnswer.Failure(401, StatusCode.Unauthenticated, "the token has expired");

    private static Task<CliResult> ReplayAsync(OtlpTestServer server, string protocol, HelperProgram? helper, params string[] more) => CliProcess.RunAsync(
        ["replay", Recordings.PathOf(Recording), .. To(server, protocol), "--report", "json", .. more],
        environment: helper?.Environment,
        workingDirectory: helper?.WorkingDirectory);

    private static string[] To(OtlpTestServer server, string protocol) =>
        ["--protocol", protocol, "--endpoint", (protocol == "grpc" ? server.GrpcEndpoint : server.HttpEndpoint).ToString()];

    private static string[] Lines(CliResult result, string text) => [.. result.Error.Split('\n').Where(line => line.Contains(text, StringComparison.Ordinal))];

    private static (long Requests, long Retries) Attempts(CliResult result)
    {
        JsonElement export = result.Account.Root.GetProperty("export");
        return (export.GetProperty("requests").GetInt64(), export.GetProperty("retries").GetInt64());
    }

    private static bool IsAlive(int pid)
    {
        try
        {
            return !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
