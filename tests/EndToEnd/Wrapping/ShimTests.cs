using System.Diagnostics;
using OpencodeOtel.EndToEnd.Support;
using OpencodeOtel.TestCollector;

namespace OpencodeOtel.EndToEnd.Wrapping;

public sealed class ShimTests : IDisposable
{
    private readonly TemporaryDirectory _home = new();

    public void Dispose() => _home.Dispose();

    [FakeFact]
    public async Task An_installed_shim_starts_a_consumer_that_outlives_opencode_and_ships_everything()
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();
        await InstallAsync();

        CliResult opencode = await OpencodeAsync(
            ("OPENCODE_ENABLE_TELEMETRY", "1"),
            ("OPENCODE_OTLP_ENDPOINT", server.GrpcEndpoint.ToString()),
            ("FAKE_DISPOSES", "20"), // These opencodes last for milliseconds, and a busy machine may take seconds to start the consumer.
            ("FAKE_EVENTS", FakeOpencode.Events("04-subagent.event.sse")));

        Assert.Equal(0, opencode.ExitCode);
        RecordingFacts facts = RecordingFacts.Read(Recordings.Read("04-subagent.event.sse"));
        await server.WaitForAsync(
            received => new MetricSums(received.Metrics).Sum("opencode.message.count") == facts.Messages
                && received.Spans.Count(span => span.Item.Name == "opencode.llm") == facts.Messages,
            CliProcess.Deadline);
    }

    [FakeFact]
    public async Task Without_telemetry_switched_on_no_consumer_is_started()
    {
        string started = Path.Combine(_home.Path, "started");
        await InstallAsync("sh", "-c", $"touch {started}; cat > /dev/null");

        CliResult opencode = await OpencodeAsync(("FAKE_EVENTS", FakeOpencode.Events("01-chat.event.sse")));

        Assert.Equal(0, opencode.ExitCode);
        Assert.False(File.Exists(started));
    }

    [FakeTheory]
    [InlineData("/there/is/no/such/program")]
    [InlineData("sh", "-c", "exit 1")]
    [InlineData("sh", "-c", "head -n 3 > /dev/null")]
    [InlineData("sh", "-c", "kill -KILL $$")]
    public async Task A_consumer_that_is_missing_or_dies_is_not_noticed(params string[] consumer)
    {
        await InstallAsync(consumer);

        CliResult opencode = await OpencodeAsync(
            ("OPENCODE_ENABLE_TELEMETRY", "1"), ("FAKE_EVENTS", FakeOpencode.Events("04-subagent.event.sse")), ("FAKE_EXIT", "6"));

        Assert.Equal(6, opencode.ExitCode);
        Assert.Empty(opencode.Error);
    }

    [FakeFact]
    public async Task A_consumer_that_never_reads_is_not_noticed()
    {
        await InstallAsync("sh", "-c", "while [ -e \"$HOME\" ]; do sleep 1; done");
        var clock = Stopwatch.StartNew();

        CliResult opencode = await OpencodeAsync(
            ("OPENCODE_ENABLE_TELEMETRY", "1"),
            ("HOME", _home.Path),
            ("FAKE_EVENTS", FakeOpencode.Events("04-subagent.event.sse")),
            ("FAKE_PAD", "10000"),
            ("FAKE_EXIT", "6"));

        Assert.Equal(6, opencode.ExitCode);
        Assert.Empty(opencode.Error);
        Assert.True(clock.Elapsed < CliProcess.Deadline);
    }

    [FakeFact]
    public async Task What_a_slow_consumer_has_no_room_for_is_counted_and_the_count_is_handed_over()
    {
        string go = Path.Combine(_home.Path, "go");
        string taken = Path.Combine(_home.Path, "taken");
        await InstallAsync("sh", "-c", $"while [ ! -e {go} ]; do sleep 0.05; done; cat > {taken}.part; mv {taken}.part {taken}");
        int events = File.ReadLines(Recordings.PathOf("01-chat.event.sse")).Count(line => line.Contains('{', StringComparison.Ordinal) && !line.Contains("message.part.delta", StringComparison.Ordinal));

        CliResult opencode = await OpencodeAsync(
            ("OPENCODE_ENABLE_TELEMETRY", "1"),
            ("FAKE_EVENTS", FakeOpencode.Events("01-chat.event.sse")),
            ("FAKE_PAD", "1000000"),
            ("FAKE_TOUCH", go),
            ("FAKE_DISPOSES", "60"));
        await WaitForAsync(taken);

        Assert.Equal(0, opencode.ExitCode);
        string[] lines = await File.ReadAllLinesAsync(taken);
        string loss = Assert.Single(lines, line => line.Contains("\"hook\":\"lost\"", StringComparison.Ordinal));
        Assert.Equal($$"""{"hook":"lost","count":{{events - (lines.Length - 1)}}}""", loss);
        Assert.InRange(lines.Sum(line => (long)line.Length), 1_000_000, 17 * 1024 * 1024);
        CliResult account = await CliProcess.RunAsync(["replay", taken, "--exporter", "none", "--strict"]);
        Assert.Contains("dropped by the opencode plugin", account.Error, StringComparison.Ordinal);
        Assert.Equal(3, account.ExitCode);
    }

    private static async Task WaitForAsync(string file)
    {
        using var deadline = new CancellationTokenSource(CliProcess.Deadline);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!File.Exists(file))
        {
            await timer.WaitForNextTickAsync(deadline.Token);
        }
    }

    /// <summary>Installs the shim, with another consumer if one is given.</summary>
    private async Task InstallAsync(params string[] consumer)
    {
        CliResult install = await CliProcess.RunAsync(["install"], environment: new Dictionary<string, string> { ["XDG_CONFIG_HOME"] = _home.Path });
        Assert.Equal(0, install.ExitCode);
        if (consumer.Length > 0)
        {
            string shim = Path.Combine(_home.Path, "opencode", "plugin", "opencode-otel.js");
            IEnumerable<string> lines = (await File.ReadAllLinesAsync(shim)).Select(line => line.StartsWith("const COMMAND", StringComparison.Ordinal)
                ? $"const COMMAND = [{string.Join(", ", consumer.Select(word => $"\"{word.Replace("\"", "\\\"", StringComparison.Ordinal)}\""))}]"
                : line);
            await File.WriteAllLinesAsync(shim, lines);
        }
    }

    private async Task<CliResult> OpencodeAsync(params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(FakeOpencode.Command[0], FakeOpencode.Command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _home.Path,
        };
        start.Environment.Remove("OPENCODE_ENABLE_TELEMETRY");
        start.Environment["XDG_CONFIG_HOME"] = _home.Path;
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(CliProcess.Deadline);
        return await CliProcess.FinishAsync(process, deadline.Token);
    }
}
