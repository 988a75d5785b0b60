using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using OpencodeOtel.EndToEnd.Support;
using OpencodeOtel.TestCollector;

namespace OpencodeOtel.EndToEnd;

/// <summary>Servers that are slow, silent, or nowhere: the program ends in time, with 0, and its account closes.</summary>
public sealed class HardServerTests
{
    private static readonly string[] Signals = ["spans", "logs", "metrics"];

    [Theory]
    [InlineData("grpc")]
    [InlineData("http/protobuf")]
    public async Task A_server_of_one_request_a_second_costs_what_the_queue_cannot_hold(string protocol)
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync(
            _ => ScriptedAnswer.Held(Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System)));

        CliResult result = await ReplayAsync(
            protocol,
            (protocol == "grpc" ? server.GrpcEndpoint : server.HttpEndpoint).ToString(),
            ["--concurrency", "1", "--batch-items", "1", "--queue-bytes", "12000", "--max-block", "500ms", "--shutdown-timeout", "3s"]);

        AssertClosed(result);
        Assert.Contains("the queue is full", result.Error, StringComparison.Ordinal);
        Assert.True(Sum(result, "dropped") > 0);
        Assert.InRange(Sum(result, "delivered"), 1, server.Accepted.Sum(request => request.ItemCount()));
        Assert.InRange(server.Requests.Count, 2, 12);
    }

    [Fact]
    public async Task A_server_that_stalls_holds_the_input_back_for_about_max_block_and_no_longer()
    {
        TaskCompletionSource never = new();
        await using OtlpTestServer server = await OtlpTestServer.StartAsync(_ => ScriptedAnswer.Held(never.Task));
        using Process process = CliProcess.Start(
        [
            "pipe", "--enable", "--endpoint", server.HttpEndpoint.ToString(), "--protocol", "http/protobuf", "--timeout", "0", "--batch-items", "1",
            "--queue-bytes", "12000", "--max-block", "2s", "--shutdown-timeout", "1s", "--report", "json",
        ]);
        using var deadline = new CancellationTokenSource(CliProcess.Deadline);
        Task<CliResult> finished = CliProcess.FinishAsync(process, deadline.Token);

        // The first events fill the queue; then each further one would wait, were the bound not over the whole stall.
        TimeSpan blocked = TimeSpan.Zero;
        for (int number = 0; number < 3000; number++)
        {
            long start = Stopwatch.GetTimestamp();
            await process.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(SessionCreated(number)), deadline.Token);
            blocked += Stopwatch.GetElapsedTime(start);
        }

        process.StandardInput.Close();
        CliResult result = await finished;
        never.SetResult();

        AssertClosed(result);
        Assert.Contains("the queue is full", result.Error, StringComparison.Ordinal);
        Assert.InRange(blocked, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(20)); // 2 s, and what a busy machine takes to start and to read.
    }

    [Theory]
    [InlineData("grpc")]
    [InlineData("http/protobuf")]
    public async Task A_name_that_nobody_knows_costs_telemetry_but_not_the_exit_code(string protocol)
    {
        CliResult result = await ReplayAsync(protocol, "http://nonexistent.invalid:4318", ["--shutdown-timeout", "2s"]);

        AssertClosed(result);
        Assert.Equal(0, Sum(result, "delivered"));
        Assert.Contains("nonexistent.invalid", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("grpc")]
    [InlineData("http/protobuf")]
    public async Task A_server_that_accepts_and_never_says_a_word_costs_telemetry_but_not_the_exit_code(string protocol)
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        Task<TcpClient> accepted = listener.AcceptTcpClientAsync();

        CliResult result = await ReplayAsync(
            protocol, $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}", ["--timeout", "300", "--shutdown-timeout", "2s"]);

        AssertClosed(result);
        Assert.Equal(0, Sum(result, "delivered"));
        Assert.Contains("no answer from", result.Error, StringComparison.Ordinal);
        (await accepted).Dispose();
    }

    private static void AssertClosed(CliResult result)
    {
        Assert.Equal(0, result.ExitCode);
        Assert.All(Signals, signal => Assert.Equal(result.Account.Records(signal), result.Account.FateTotal(signal)));
    }

    private static long Sum(CliResult result, string fate) => Signals.Sum(signal => result.Account.Fate(signal, fate));

    private static Task<CliResult> ReplayAsync(string protocol, string endpoint, string[] more) => CliProcess.RunAsync(
        ["replay", Recordings.PathOf("01-chat.event.sse"), "--protocol", protocol, "--endpoint", endpoint, "--report", "json", .. more]);

    private static string SessionCreated(int number)
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"ses_n{number:D9}");
        return $$$$"""{"type":"session.created","properties":{"sessionID":"{{{{id}}}}","info":{"id":"{{{{id}}}}","projectID":"p","time":{"created":1795376526001}} } }""" + "\n";
    }
}
