using System.Diagnostics;
using System.Globalization;
using OpencodeOtel.EndToEnd.Support;
using OpencodeOtel.TestCollector;

namespace OpencodeOtel.EndToEnd.Wrapping;

public sealed class RunTests
{
    [FakeTheory]
    [InlineData("01-chat.event.sse")]
    [InlineData("04-subagent.event.sse")]
    public async Task A_wrapped_opencode_makes_the_telemetry_of_its_events_replayed(string recording)
    {
        await using OtlpTestServer live = await OtlpTestServer.StartAsync();
        await using OtlpTestServer replayed = await OtlpTestServer.StartAsync();

        CliResult run = await RunAsync(live, [], FakeOpencode.Command, ("FAKE_EVENTS", FakeOpencode.Events(recording)));
        CliResult replay = await CliProcess.RunAsync(["replay", Recordings.PathOf(recording), "--endpoint", replayed.GrpcEndpoint.ToString()]);

        Assert.Equal((0, 0), (run.ExitCode, replay.ExitCode));
        Assert.NotEmpty(live.Spans);
        Assert.Equal(TelemetryFacts.Of(replayed.Accepted), TelemetryFacts.Of(live.Accepted));
    }

    [FakeFact]
    public async Task Several_opencodes_of_a_command_at_the_same_time_and_one_after_the_other_are_all_followed()
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();
        string Play(string recording) => $"FAKE_EVENTS={FakeOpencode.Events(recording)} {FakeOpencode.Shell}";

        CliResult result = await RunAsync(
            server, [], ["bash", "-c", $"{Play("01-chat.event.sse")} & {Play("04-subagent.event.sse")} & wait; {Play("03-permission.event.sse")}"]);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(
            Expected("01-chat.event.sse").Sessions + Expected("04-subagent.event.sse").Sessions + Expected("03-permission.event.sse").Sessions,
            new MetricSums(server.Metrics).Sum("opencode.session.count"));
        Assert.Equal(
            Expected("01-chat.event.sse").Messages + Expected("04-subagent.event.sse").Messages + Expected("03-permission.event.sse").Messages,
            server.Spans.Count(span => span.Item.Name == "opencode.llm"));
    }

    [FakeTheory]
    [InlineData("dispose")]
    [InlineData("exit")]
    [InlineData("kill")]
    public async Task However_opencode_ends_its_last_events_are_there(string ending)
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();

        CliResult result = await RunAsync(
            server, ["--report", "json"], FakeOpencode.Command, ("FAKE_EVENTS", FakeOpencode.Events("01-chat.event.sse")), ("FAKE_ENDING", ending));

        Assert.Equal(ending == "kill" ? 137 : 0, result.ExitCode);
        Assert.Equal(Expected("01-chat.event.sse").Messages, server.Spans.Count(span => span.Item.Name == "opencode.llm"));
        Assert.Equal(Handed("01-chat.event.sse"), result.Account.Events("read"));
    }

    [FakeFact]
    public async Task Short_runs_in_a_row_lose_no_record()
    {
        int runs = int.TryParse(Environment.GetEnvironmentVariable("OPENCODE_OTEL_SHORT_RUNS"), CultureInfo.InvariantCulture, out int asked) ? asked : 20;
        int messages = Expected("01-chat.event.sse").Messages;
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();
        for (int run = 1; run <= runs; run++)
        {
            CliResult result = await RunAsync(
                server, ["--report", "json"], FakeOpencode.Command, ("FAKE_EVENTS", FakeOpencode.Events("01-chat.event.sse")), ("FAKE_ENDING", "exit"));

            Assert.Equal(run * messages, server.Spans.Count(span => span.Item.Name == "opencode.llm"));
            foreach (string signal in (string[])["metrics", "logs", "spans"])
            {
                Assert.Equal(result.Account.Records(signal), result.Account.Fate(signal, "delivered"));
            }
        }
    }

    [FakeFact]
    public async Task An_installed_shim_hands_over_to_run_and_nothing_counts_twice()
    {
        using var home = new TemporaryDirectory();
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();
        (string, string) configuration = ("XDG_CONFIG_HOME", home.Path);
        CliResult install = await CliProcess.RunAsync(["install"], environment: new Dictionary<string, string> { ["XDG_CONFIG_HOME"] = home.Path });
        Assert.Equal(0, install.ExitCode);

        CliResult result = await RunAsync(
            server, ["--report", "json"], FakeOpencode.Command, configuration, ("FAKE_EVENTS", FakeOpencode.Events("01-chat.event.sse")));

        Assert.Equal(0, result.Account.Events("duplicate"));
        Assert.Equal(Expected("01-chat.event.sse").Sessions, new MetricSums(server.Metrics).Sum("opencode.session.count"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(42)]
    public async Task The_exit_code_and_the_streams_are_the_commands(int exitCode)
    {
        byte[] input = [0, 1, 2, 255, 10, 13, 10];

        CliResult result = await CliProcess.RunAsync(
            ["run", "--enable", "--exporter", "none", "--quiet", "--", "bash", "-c", $"cat; printf 'to error' >&2; exit {exitCode}"], input);

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Equal(input, result.Output);
        Assert.Equal("to error", result.Error);
    }

    [Theory]
    [InlineData("no-such-command-anywhere", 127)]
    [InlineData("/etc/passwd", 126)]
    [InlineData("/etc", 126)]
    public async Task A_command_that_cannot_be_started_has_the_exit_code_of_a_shell(string command, int exitCode)
    {
        CliResult result = await CliProcess.RunAsync(["run", "--enable", "--exporter", "none", "--", command]);

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(command, Assert.Single(result.Error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    [InlineData("USR1")]
    [InlineData("USR2")]
    public async Task Signals_reach_the_command_which_decides_what_they_mean(string signal)
    {
        using Process process = CliProcess.Start(
            ["run", "--enable", "--exporter", "none", "--quiet", "--", "env", "--default-signal", "bash", "-c", $"trap 'echo got; exit 7' {signal}; echo ready; while :; do read -t 1 < <(:) || :; done"]);
        Assert.Equal("ready", await process.StandardOutput.ReadLineAsync());

        await SignalAsync(process, signal);
        CliResult result = await CliProcess.FinishAsync(process, new CancellationTokenSource(CliProcess.Deadline).Token);

        Assert.Equal(7, result.ExitCode);
        Assert.Equal("got\n", result.OutputText);
    }

    [Fact]
    public async Task A_command_that_a_signal_ends_has_the_exit_code_of_a_shell()
    {
        CliResult result = await CliProcess.RunAsync(["run", "--enable", "--exporter", "none", "--quiet", "--", "bash", "-c", "kill -TERM $$"]);

        Assert.Equal(143, result.ExitCode);
    }

    [Fact]
    public async Task A_closed_pipe_ends_the_programs_of_a_command_as_in_a_shell()
    {
        CliResult result = await CliProcess.RunAsync(
            ["run", "--enable", "--exporter", "none", "--quiet", "--", "bash", "-c", "yes | head -1; echo ${PIPESTATUS[0]}"]);

        Assert.Equal("y\n141\n", result.OutputText);
        Assert.Empty(result.Error);
    }

    [FakeTheory]
    [InlineData("0", "--strict", 3)]
    [InlineData("0", "--quiet", 0)]
    [InlineData("4", "--strict", 4)]
    public async Task A_collector_that_is_down_changes_nothing_unless_strict_finds_a_success(string commandExit, string option, int exitCode)
    {
        CliResult result = await CliProcess.RunAsync(
            ["run", option, "--enable", "--endpoint", "http://127.0.0.1:1", "--shutdown-timeout", "200", "--", .. FakeOpencode.Command],
            environment: new Dictionary<string, string> { ["FAKE_EVENTS"] = FakeOpencode.Events("01-chat.event.sse"), ["FAKE_EXIT"] = commandExit });

        Assert.Equal(exitCode, result.ExitCode);
    }

    [Fact]
    public async Task Without_telemetry_switched_on_the_command_runs_plainly()
    {
        CliResult result = await CliProcess.RunAsync(["run", "--", "bash", "-c", "echo \"[$OPENCODE_CONFIG_CONTENT$OPENCODE_OTEL_SOCKET]\"; exit 5"]);

        Assert.Equal(5, result.ExitCode);
        Assert.Equal("[]\n", result.OutputText);
        Assert.Contains("OPENCODE_ENABLE_TELEMETRY", Assert.Single(result.Error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_users_configuration_is_kept_and_no_file_is_left()
    {
        using var temporary = new TemporaryDirectory();
        using var project = new TemporaryDirectory();

        CliResult result = await CliProcess.RunAsync(
            ["run", "--enable", "--exporter", "none", "--quiet", "--", "bash", "-c", "echo $OPENCODE_CONFIG_CONTENT; ls -A; test -S $OPENCODE_OTEL_SOCKET && stat -c %a $(dirname $OPENCODE_OTEL_SOCKET)"],
            environment: new Dictionary<string, string>
            {
                ["TMPDIR"] = temporary.Path,
                ["DOTNET_EnableDiagnostics"] = "0", // Else the runtime has a socket of its own there.
                ["OPENCODE_CONFIG_CONTENT"] = """{"model":"a/b", /* mine */ "plugin":["mine@1.0"]}""",
            },
            workingDirectory: project.Path);

        string[] lines = result.OutputText.TrimEnd('\n').Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("""{"model":"a/b","plugin":["mine@1.0","file:///""", lines[0], StringComparison.Ordinal);
        Assert.Equal("700", lines[1]);
        Assert.Empty(Directory.EnumerateFileSystemEntries(temporary.Path));
        Assert.Empty(Directory.EnumerateFileSystemEntries(project.Path));
    }

    [FakeFact]
    public async Task What_the_ci_system_tells_is_on_the_resource_under_what_the_user_says()
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();
        (string, string)[] job = [("GITHUB_ACTIONS", "true"), ("GITHUB_WORKFLOW", "Build"), ("GITHUB_RUN_ID", "17"), ("FAKE_EVENTS", FakeOpencode.Events("01-chat.event.sse"))];

        await RunAsync(server, ["--resource-attribute", "cicd.pipeline.name=Mine"], FakeOpencode.Command, job);
        string with = server.Spans[0].Resource.ToString();
        int before = server.Spans.Count;
        await RunAsync(server, ["--no-ci-attributes"], FakeOpencode.Command, job);
        string without = server.Spans[before].Resource.ToString();

        Assert.Contains("cicd.pipeline.run.id", with, StringComparison.Ordinal);
        Assert.Contains("Mine", with, StringComparison.Ordinal);
        Assert.DoesNotContain("\"Build\"", with, StringComparison.Ordinal);
        Assert.DoesNotContain("cicd", without, StringComparison.Ordinal);
    }

    [FakeFact]
    public async Task Spans_nest_under_the_traceparent_of_the_job()
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();

        await RunAsync(
            server, [], FakeOpencode.Command, ("TRACEPARENT", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"), ("FAKE_EVENTS", FakeOpencode.Events("01-chat.event.sse")));

        Assert.All(server.Spans, span => Assert.Equal("0AF7651916CD43DD8448EB211C80319C", Convert.ToHexString(span.Item.TraceId.Span)));
        Assert.Contains(server.Spans, span => Convert.ToHexString(span.Item.ParentSpanId.Span) == "B7AD6B7169203331");
    }

    [Fact]
    public async Task Without_the_plugin_the_lines_of_the_run_format_are_used_and_the_report_says_so()
    {
        byte[] lines = Recordings.Read("21-run-tools.run.ndjson");
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();

        CliResult told = await RunAsync(server, [], ["bash", "-c", "cat \"$0\"", Recordings.PathOf("21-run-tools.run.ndjson"), "--format", "json"]);

        Assert.Equal(0, told.ExitCode);
        Assert.Equal(lines, told.Output);
        Assert.Contains("--format json", told.Error, StringComparison.Ordinal);
        Assert.Contains(server.Spans, span => span.Item.Name == "opencode.llm");
    }

    [Fact]
    public async Task Lines_of_the_run_format_are_not_waited_for_when_a_left_process_holds_the_output()
    {
        using var folder = new TemporaryDirectory();
        const string Script = "(exec 2> /dev/null; while [ -e \"$0\" ]; do sleep 1; done) & echo hi";

        CliResult result = await CliProcess.RunAsync(
            ["run", "--enable", "--exporter", "none", "--quiet", "--", "sh", "-c", Script, folder.Path, "--format", "json"]);

        Assert.Equal((0, "hi\n"), (result.ExitCode, result.OutputText));
    }

    [Fact]
    public async Task All_of_a_tapped_output_goes_on_before_the_end()
    {
        CliResult result = await CliProcess.RunAsync(
            ["run", "--enable", "--exporter", "none", "--quiet", "--", "sh", "-c", "head -c 3000000 /dev/zero", "sh", "--format", "json"]);

        Assert.Equal(3_000_000, result.Output.Length);
    }

    /// <summary>The events of a recording that the shim hands over.</summary>
    private static int Handed(string recording) => File.ReadLines(Recordings.PathOf(recording)).Count(
        line => line.Contains('{', StringComparison.Ordinal) && !line.Contains("message.part.delta", StringComparison.Ordinal));

    private static RecordingFacts Expected(string recording) => RecordingFacts.Read(Recordings.Read(recording));

    private static Task<CliResult> RunAsync(
        OtlpTestServer server, string[] options, IReadOnlyList<string> command, params (string Name, string Value)[] environment) =>
        CliProcess.RunAsync(
            ["run", "--enable", "--endpoint", server.GrpcEndpoint.ToString(), .. options, "--", .. command],
            environment: environment.ToDictionary(variable => variable.Name, variable => variable.Value));

    private static async Task SignalAsync(Process process, string signal)
    {
        using Process kill = Process.Start("kill", ["-s", signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }
}
