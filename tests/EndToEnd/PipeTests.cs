using System.Diagnostics;
using System.Globalization;
using OpencodeOtel.EndToEnd.Support;
using OpencodeOtel.TestCollector;

namespace OpencodeOtel.EndToEnd;

public sealed class PipeTests
{
    [Fact]
    public async Task Without_telemetry_switched_on_the_input_is_drained_and_one_line_says_how_to()
    {
        CliResult result = await CliProcess.RunAsync(["pipe"], Recordings.Read("01-chat.event.sse"));

        Assert.Equal(0, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.Contains("OPENCODE_ENABLE_TELEMETRY", Assert.Single(result.Error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passthrough_copies_the_input_byte_for_byte_while_it_is_shipped()
    {
        byte[] input = Recordings.Read("02-edit-commit.global.sse");
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();

        CliResult result = await CliProcess.RunAsync(
            ["pipe", "--passthrough"],
            input,
            new Dictionary<string, string>
            {
                ["OPENCODE_ENABLE_TELEMETRY"] = "1",
                ["OPENCODE_OTLP_ENDPOINT"] = server.GrpcEndpoint.ToString(),
            });

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(input, result.Output);
        Assert.NotEmpty(server.Spans);
    }

    [Fact]
    public async Task Passthrough_works_when_telemetry_is_off()
    {
        byte[] input = Recordings.Read("01-chat.event.sse");

        CliResult result = await CliProcess.RunAsync(["pipe", "--passthrough"], input);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(input, result.Output);
    }

    [Theory]
    [InlineData("SIGINT", 130)]
    [InlineData("SIGTERM", 143)]
    public async Task A_signal_ends_open_spans_flushes_and_exits_with_its_code(string signal, int exitCode)
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();
        using Process process = CliProcess.Start(
            ["pipe", "--enable", "--endpoint", server.GrpcEndpoint.ToString(), "--logs-interval", "50", "--report", "json"]);
        Task<CliResult> finished = CliProcess.FinishAsync(process, new CancellationTokenSource(CliProcess.Deadline).Token);
        await process.StandardInput.BaseStream.WriteAsync(FirstEvents("01-chat.event.sse", through: "\"role\":\"assistant\""));
        await process.StandardInput.BaseStream.FlushAsync();
        await server.WaitForAsync(received => received.LogRecords.Any(record => record.Item.EventName == "user_prompt"), CliProcess.Deadline);

        await SignalAsync(process, signal);
        CliResult result = await finished;

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(server.Spans, span => span.Item.Status?.Message == "stream ended before message completed");
        Assert.Contains(server.Spans, span => span.Item.Name == "opencode.session");
        Assert.Equal(result.Account.Records("spans"), result.Account.Fate("spans", "delivered"));
    }

    [Fact]
    public async Task A_second_signal_ends_at_once()
    {
        var hold = new TaskCompletionSource();
        await using OtlpTestServer server = await OtlpTestServer.StartAsync(_ => new ScriptedAnswer { Until = hold.Task });
        using Process process = CliProcess.Start(
            ["pipe", "--enable", "--endpoint", server.GrpcEndpoint.ToString(), "--shutdown-timeout", "80000", "--logs-interval", "10"]);
        Task<CliResult> finished = CliProcess.FinishAsync(process, new CancellationTokenSource(CliProcess.Deadline).Token);
        await process.StandardInput.BaseStream.WriteAsync(Recordings.Read("01-chat.event.sse"));
        await process.StandardInput.BaseStream.FlushAsync();
        await server.WaitForAsync(received => received.Requests.Count > 0, CliProcess.Deadline);

        var clock = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        await SignalAsync(process, "SIGINT");
        while (!finished.IsCompleted && await timer.WaitForNextTickAsync())
        {
            // Within half a second this is the same request; after it, the second.
            using Process kill = Process.Start(Kill(process, "SIGINT"))!;
            await kill.WaitForExitAsync();
        }

        CliResult result = await finished;

        Assert.Equal(130, result.ExitCode);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), "The program waited for its shutdown timeout.");
        hold.SetResult();
    }

    [Theory]
    [InlineData("--enable")]
    [InlineData("--quiet")]
    public async Task A_signal_ends_a_passthrough_whose_reader_stands_still(string option)
    {
        using Process process = CliProcess.Start(["pipe", "--passthrough", "--exporter", "none", option]);
        using var deadline = new CancellationTokenSource(CliProcess.Deadline);
        byte[] input = Recordings.Read("13-load.event.sse"); // More than all pipes on the way hold.
        Task writing = process.StandardInput.BaseStream.WriteAsync(input, deadline.Token).AsTask();
        Assert.Equal(input[0], process.StandardOutput.BaseStream.ReadByte());

        await SignalAsync(process, "SIGINT");
        Task<string> error = process.StandardError.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);

        Assert.Equal(130, process.ExitCode);
        Assert.Equal(option == "--enable", (await error).Contains("events read", StringComparison.Ordinal));
        await Task.WhenAny(writing); // It ends well where the rest has room in the pipe.
    }

    [Fact]
    public async Task Two_signals_at_once_are_one_request_and_the_telemetry_and_its_account_are_there()
    {
        var hold = new TaskCompletionSource();
        await using OtlpTestServer server = await OtlpTestServer.StartAsync(_ => ScriptedAnswer.Held(hold.Task));
        using Process process = CliProcess.Start(
        [
            "pipe", "--enable", "--endpoint", server.GrpcEndpoint.ToString(), "--shutdown-timeout", "80000", "--concurrency", "16",
            "--logs-interval", "10", "--report", "json",
        ]);
        Task<CliResult> finished = CliProcess.FinishAsync(process, new CancellationTokenSource(CliProcess.Deadline).Token);
        await process.StandardInput.BaseStream.WriteAsync(Recordings.Read("01-chat.event.sse"));
        await process.StandardInput.BaseStream.FlushAsync();
        await server.WaitForAsync(received => received.Requests.Count > 0, CliProcess.Deadline);

        // As `timeout` does to the process and then to its group; of one kind, two that come so fast may be one.
        using Process both = Process.Start("sh", ["-c", "kill -s TERM $0; kill -s INT $0", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await both.WaitForExitAsync();
        Task stopping = server.WaitForAsync(received => received.Requests.Any(request => request.Signal == OtlpSignal.Metrics), CliProcess.Deadline);
        await Task.WhenAny(stopping, finished);
        hold.SetResult();
        CliResult result = await finished;

        Assert.True(result.ExitCode is 130 or 143, $"{result.ExitCode}: {result.Error}");
        Assert.NotEmpty(server.Metrics);
        foreach (string signal in (string[])["metrics", "logs", "spans"])
        {
            Assert.Equal(result.Account.Records(signal), result.Account.Fate(signal, "delivered"));
        }
    }

    [Fact]
    public async Task A_reader_that_goes_away_ends_a_passthrough_quietly()
    {
        using Process process = CliProcess.Start(["pipe", "--passthrough", "--enable", "--exporter", "none"]);
        process.StandardOutput.Close();
        byte[] input = Recordings.Read("04-subagent.global.sse");
        try
        {
            for (int i = 0; i < 20; i++)
            {
                await process.StandardInput.BaseStream.WriteAsync(input);
            }

            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it read everything: what the test is about.
        }

        Task<string> error = process.StandardError.ReadToEndAsync();
        using var deadline = new CancellationTokenSource(CliProcess.Deadline);
        await process.WaitForExitAsync(deadline.Token);

        Assert.Equal(0, process.ExitCode);
        Assert.DoesNotContain("xception", await error, StringComparison.Ordinal);
    }

    private static byte[] FirstEvents(string recording, string through)
    {
        string text = File.ReadAllText(Recordings.PathOf(recording));
        int end = text.IndexOf("\n\n", text.IndexOf(through, StringComparison.Ordinal), StringComparison.Ordinal);
        return System.Text.Encoding.UTF8.GetBytes(text[..(end + 2)]);
    }

    private static ProcessStartInfo Kill(Process process, string signal) =>
        new("kill", ["-s", signal[3..], process.Id.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardError = true };

    private static async Task SignalAsync(Process process, string signal)
    {
        using Process kill = Process.Start(Kill(process, signal))!;
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }
}
