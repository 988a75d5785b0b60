using System.Diagnostics;
using System.Globalization;
using OpencodeOtel.EndToEnd.Support;
using OpencodeOtel.TestCollector;

namespace OpencodeOtel.EndToEnd;

public sealed class SpoolTests : IDisposable
{
    private const string Secret = "s3cr3t-t0ken-that-nobody-may-see";

    private readonly TemporaryDirectory _folder = new();

    public static TheoryData<string> Protocols => ["grpc", "http/protobuf", "http/json"];

    private string Spool => Path.Combine(_folder.Path, "spool");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task What_a_dead_collector_did_not_take_is_spooled_listed_and_sent_by_flush(string protocol)
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync(_ => Down);
        Uri endpoint = protocol == "grpc" ? server.GrpcEndpoint : server.HttpEndpoint;

        CliResult replay = await CliProcess.RunAsync(
            ["replay", Recordings.PathOf("01-chat.event.sse"), .. To(endpoint, protocol), "--report", "json", "--strict"]);
        Assert.Equal(0, replay.ExitCode);
        foreach (string signal in (string[])["spans", "logs", "metrics"])
        {
            Assert.True(replay.Account.Records(signal) > 0);
            Assert.Equal(replay.Account.Records(signal), replay.Account.Fate(signal, "spooled"));
        }

        CliResult list = await CliProcess.RunAsync(["spool", "list", "--spool", Spool]);
        Assert.Equal(0, list.ExitCode);
        Assert.Equal(4, list.OutputText.TrimEnd('\n').Split('\n').Length);
        Assert.DoesNotContain(Secret, list.OutputText + replay.Error, StringComparison.Ordinal);

        server.Script = null;
        CliResult flush = await CliProcess.RunAsync(["spool", "flush", .. To(endpoint, protocol), "--strict"]);
        Assert.Equal(0, flush.ExitCode);
        Assert.Equal(replay.Account.Records("spans"), server.Spans.Count);
        Assert.Equal(replay.Account.Records("logs"), server.LogRecords.Count);
        string delivered = (replay.Account.Records("spans") + replay.Account.Records("logs") + replay.Account.Records("metrics")).ToString("N0", CultureInfo.InvariantCulture);
        Assert.Contains($"{delivered} delivered", flush.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Spool));
    }

    [Fact]
    public async Task The_next_run_sends_what_the_last_one_left_and_accounts_for_it_apart()
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync(_ => Down);
        string[] arguments = ["replay", Recordings.PathOf("01-chat.event.sse"), .. To(server.HttpEndpoint, "http/protobuf"), "--report", "json"];
        CliResult first = await CliProcess.RunAsync(arguments);
        server.Script = null;

        CliResult second = await CliProcess.RunAsync(arguments);

        Assert.Equal(second.Account.Records("spans"), second.Account.Fate("spans", "delivered"));
        Assert.Equal(
            first.Account.Fate("spans", "spooled"),
            second.Account.Root.GetProperty("spool").GetProperty("spans").GetProperty("delivered").GetInt64());
        Assert.Equal(first.Account.Records("spans") + second.Account.Records("spans"), server.Spans.Count);
    }

    [Fact]
    public async Task Item_073_A_SIGTERM_while_the_server_is_away_spools_what_is_left_and_ends_within_the_deadline()
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync(_ => Down);
        using Process process = CliProcess.Start(
            ["pipe", "--enable", .. To(server.HttpEndpoint, "http/protobuf"), "--report", "json", "--shutdown-timeout", "60s"]);
        using var deadline = new CancellationTokenSource(CliProcess.Deadline);
        Task<CliResult> finished = CliProcess.FinishAsync(process, deadline.Token);
        await process.StandardInput.BaseStream.WriteAsync(Recordings.Read("01-chat.event.sse"), deadline.Token);
        await process.StandardInput.BaseStream.FlushAsync(deadline.Token);
        await server.WaitForAsync(received => received.Requests.Count > 0, CliProcess.Deadline);
        var clock = Stopwatch.StartNew();
        using (Process kill = Process.Start("kill", ["-s", "TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync(deadline.Token);
        }

        CliResult result = await finished;

        Assert.Equal(143, result.ExitCode);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), "The program waited for its shutdown timeout.");
        foreach (string signal in (string[])["spans", "logs", "metrics"])
        {
            Assert.Equal(result.Account.Records(signal), result.Account.Fate(signal, "spooled"));
        }

        server.Script = null;
        await CliProcess.RunAsync(["spool", "flush", .. To(server.HttpEndpoint, "http/protobuf")]);
        Assert.Equal(result.Account.Records("spans"), server.Spans.Count);
    }

    [Fact]
    public async Task What_waits_for_another_destination_stays_and_flush_says_so()
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync(_ => Down);
        await CliProcess.RunAsync(["replay", Recordings.PathOf("01-chat.event.sse"), .. To(server.HttpEndpoint, "http/protobuf")]);
        await using OtlpTestServer other = await OtlpTestServer.StartAsync();

        CliResult flush = await CliProcess.RunAsync(["spool", "flush", .. To(other.HttpEndpoint, "http/protobuf"), "--strict"]);

        Assert.Equal(3, flush.ExitCode);
        Assert.Empty(other.Requests);
        Assert.Contains($"still wait for {server.HttpEndpoint}v1/traces", flush.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Purge_drops_what_waits_and_says_how_much()
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync(_ => Down);
        CliResult replay = await CliProcess.RunAsync(
            ["replay", Recordings.PathOf("01-chat.event.sse"), .. To(server.HttpEndpoint, "http/protobuf"), "--report", "json"]);
        long spooled = replay.Account.Records("spans") + replay.Account.Records("logs") + replay.Account.Records("metrics");

        CliResult young = await CliProcess.RunAsync(["spool", "purge", "--spool", Spool, "--older-than", "1d"]);
        CliResult all = await CliProcess.RunAsync(["spool", "purge", "--spool", Spool]);
        CliResult list = await CliProcess.RunAsync(["spool", "list", "--spool", Spool]);

        Assert.Contains("Dropped 0 requests", young.OutputText, StringComparison.Ordinal);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"{spooled:N0} records"), all.OutputText, StringComparison.Ordinal);
        Assert.Contains("Nothing waits", list.OutputText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_spool_that_cannot_be_written_is_said_once_and_costs_telemetry_but_not_the_exit_code()
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync(_ => Down);
        string file = Path.Combine(_folder.Path, "file");
        await File.WriteAllTextAsync(file, "not a directory");

        CliResult result = await CliProcess.RunAsync(
            ["replay", Recordings.PathOf("01-chat.event.sse"), .. To(server.HttpEndpoint, "http/protobuf", Path.Combine(file, "spool")), "--report", "json"]);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(0, result.Account.Fate("spans", "spooled"));
        Assert.Equal(result.Account.Records("spans"), result.Account.FateTotal("spans"));
        Assert.Single(result.Error.Split('\n'), line => line.Contains("nothing can be stored", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("list")]
    [InlineData("flush")]
    [InlineData("purge")]
    public async Task Without_a_directory_the_commands_say_how_to_name_one(string command)
    {
        CliResult result = await CliProcess.RunAsync(["spool", command]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("OPENCODE_OTLP_SPOOL", Assert.Single(result.Error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    private static ScriptedAnswer Down => ScriptedAnswer.Failure(503, Grpc.Core.StatusCode.Unavailable, "down");

    private string[] To(Uri endpoint, string protocol, string? spool = null) =>
    [
        "--endpoint", endpoint.ToString(), "--protocol", protocol, "--spool", spool ?? Spool, "--retry-budget", "50ms",
        "--header", $"authorization=Bearer {Secret}",
    ];
}
