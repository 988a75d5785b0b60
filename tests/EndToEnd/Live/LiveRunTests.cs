using System.Diagnostics;
using System.Globalization;
using OpencodeOtel.EndToEnd.Live.Opencode;
using OpencodeOtel.EndToEnd.Support;
using OpencodeOtel.TestCollector;

namespace OpencodeOtel.EndToEnd.Live;

[Collection("opencode")]
public sealed class LiveRunTests
{
    // The user's own plugin, which a wrapped opencode must still load: it records what plugins are told.
    private const string Recorder = """
        import { appendFileSync } from "node:fs"
        export const Recorder = async () => ({
          event: async ({ event }) => appendFileSync(process.env.EVENT_LOG, JSON.stringify({ at: Date.now(), hook: "event", event }) + "\n"),
        })
        """;

    [LiveFact]
    public async Task A_wrapped_opencode_gives_the_telemetry_of_its_recording_replayed()
    {
        await using ScriptedModel model = await ScriptedModel.StartAsync();
        using var workspace = new OpencodeWorkspace(model, "bash");
        using var folder = new TemporaryDirectory();
        await using OtlpTestServer live = await OtlpTestServer.StartAsync();
        await using OtlpTestServer replayed = await OtlpTestServer.StartAsync();
        string plugin = Path.Combine(folder.Path, "recorder.js");
        string log = Path.Combine(folder.Path, "events.ndjson");
        await File.WriteAllTextAsync(plugin, Recorder);
        model.Script(
            OpencodeWorkspace.Large,
            ModelAnswer.Call("read", ("filePath", Path.Combine(workspace.Repository, OpencodeWorkspace.SourceFile))),
            ModelAnswer.Call("task", ("description", "Review"), ("prompt", "Review it."), ("subagent_type", OpencodeWorkspace.Reviewer)),
            ModelAnswer.Call("bash", ("command", "echo never"), ("description", "Rejected, for nobody can be asked")),
            ModelAnswer.Say("Done."));
        model.Script(OpencodeWorkspace.Medium, ModelAnswer.Say("Looks good."));

        CliResult run = await RunAsync(
            workspace, live, "Do it.", ("OPENCODE_CONFIG_CONTENT", $$"""{"plugin":["{{new Uri(plugin)}}"]}"""), ("EVENT_LOG", log));
        CliResult replay = await CliProcess.RunAsync(["replay", log, "--endpoint", replayed.GrpcEndpoint.ToString()]);

        Assert.Equal(0, replay.ExitCode);
        Assert.InRange(run.ExitCode, 0, 1); // The rejection may make opencode end with 1.
        ComparableTelemetry.Of(live).AssertSameTimes(ComparableTelemetry.Of(replayed));
        Assert.Contains(live.Spans, span => span.Item.Name == "opencode.tool.task");
        Assert.Contains(live.LogRecords, record => record.Item.EventName == "tool_decision");
        Assert.Equal(2, new MetricSums(live.Metrics).Sum("opencode.session.count"));
        Assert.Equal(
            [".git", OpencodeWorkspace.SourceFile, "opencode.json"],
            Directory.EnumerateFileSystemEntries(workspace.Repository).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [LiveFact]
    public async Task The_exit_code_of_an_opencode_that_fails_is_kept_and_its_error_is_there()
    {
        await using ScriptedModel model = await ScriptedModel.StartAsync();
        using var workspace = new OpencodeWorkspace(model);
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();
        model.Script(OpencodeWorkspace.Large, ModelAnswer.Fail(401));

        CliResult run = await RunAsync(workspace, server, "This fails.");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(server.LogRecords, record => record.Item.EventName == "session.error");
    }

    [LiveTheory]
    [InlineData("TERM", 143)]
    [InlineData("INT", 130)]
    public async Task A_signal_ends_opencode_and_what_was_open_is_there(string signal, int exitCode)
    {
        await using ScriptedModel model = await ScriptedModel.StartAsync();
        using var workspace = new OpencodeWorkspace(model);
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();
        var hold = new TaskCompletionSource();
        model.Script(OpencodeWorkspace.Large, ModelAnswer.Say("Let me think.") with { Until = hold.Task });
        using Process process = CliProcess.Start(Words(server, "Think.", "--logs-interval", "50"), workspace.Environment, workspace.Repository);
        Task<CliResult> finished = CliProcess.FinishAsync(process, new CancellationTokenSource(OpencodeProgram.Deadline).Token);
        process.StandardInput.Close();
        await server.WaitForAsync(received => received.LogRecords.Any(record => record.Item.EventName == "user_prompt"), OpencodeProgram.Deadline);

        using Process kill = Process.Start("kill", ["-s", signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
        CliResult result = await finished;
        hold.SetResult();

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(server.Spans, span => span.Item.Name == "opencode.session");
    }

    [LiveFact]
    public async Task A_registry_that_is_away_holds_up_neither_opencode_nor_its_tools()
    {
        await using ScriptedModel model = await ScriptedModel.StartAsync();
        using var plain = new OpencodeWorkspace(model);
        using var wrapped = new OpencodeWorkspace(model);
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();
        var registry = new Dictionary<string, string> { ["npm_config_offline"] = "", ["npm_config_registry"] = "http://127.0.0.1:1/" };
        var clock = Stopwatch.StartNew();
        using (Process process = Process.Start(OpencodeProgram.Describe(plain, ["run", "Say it."], registry))!)
        {
            process.StandardInput.Close();
            await FinishAsync(process);
        }

        TimeSpan without = clock.Elapsed;
        string seen = Path.Combine(wrapped.Home, "seen");
        model.Script(OpencodeWorkspace.Large, ModelAnswer.Call("bash", ("command", $"env > {seen}"), ("description", "Look")), ModelAnswer.Say("Seen."));
        clock.Restart();
        CliResult run = await RunAsync(wrapped, server, "Look.", [.. registry.Select(variable => (variable.Key, variable.Value)), ("SHELL", "/bin/bash")]);
        TimeSpan with = clock.Elapsed;

        // npm gives up after a minute and more; a busy machine may slow any start.
        Assert.Equal(0, run.ExitCode);
        Assert.True(with < (2 * without) + TimeSpan.FromSeconds(20), $"{with} with telemetry, {without} without");
        Assert.Contains(server.Spans, span => span.Item.Name == "opencode.session");
        string environment = await File.ReadAllTextAsync(seen);
        Assert.Contains("OPENCODE_OTEL_SOCKET", environment, StringComparison.Ordinal);
        Assert.DoesNotContain("@opencode-ai:registry", environment, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(wrapped.Environment["XDG_CONFIG_HOME"], "opencode", "node_modules")));
    }

    [LiveTheory]
    [InlineData("sh", "-c", "head -n 3 > /dev/null")]
    [InlineData("/there/is/no/such/program")]
    [InlineData("sh", "-c", "echo $$ > \"$HOME/stopped\"; kill -STOP $$")]
    public async Task A_consumer_of_the_installed_shim_that_dies_is_missing_or_stops_is_not_noticed(params string[] consumer)
    {
        await using ScriptedModel model = await ScriptedModel.StartAsync();
        using var workspace = new OpencodeWorkspace(model);
        await CliProcess.RunAsync(["install"], environment: workspace.Environment);
        string shim = Path.Combine(workspace.Environment["XDG_CONFIG_HOME"], "opencode", "plugin", "opencode-otel.js");
        string command = $"const COMMAND = [{string.Join(", ", consumer.Select(word => $"\"{word.Replace("\"", "\\\"", StringComparison.Ordinal)}\""))}]";
        IEnumerable<string> lines = (await File.ReadAllLinesAsync(shim)).Select(
            line => line.StartsWith("const COMMAND", StringComparison.Ordinal) ? command : line);
        await File.WriteAllLinesAsync(shim, lines);
        model.Script(OpencodeWorkspace.Large, ModelAnswer.Say("As if nothing happened."));
        ProcessStartInfo start = OpencodeProgram.Describe(
            workspace, ["run", "Say it."], new Dictionary<string, string> { ["OPENCODE_ENABLE_TELEMETRY"] = "1" });

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        CliResult opencode = await FinishAsync(process);
        string stopped = Path.Combine(workspace.Home, "stopped");
        if (File.Exists(stopped))
        {
            using Process kill = Process.Start("kill", ["-s", "KILL", (await File.ReadAllTextAsync(stopped)).Trim()]);
            await kill.WaitForExitAsync();
        }

        Assert.Equal(0, opencode.ExitCode);
        Assert.Equal(consumer[^1].Contains("STOP", StringComparison.Ordinal), File.Exists(stopped));
        Assert.Contains("As if nothing happened.", opencode.OutputText, StringComparison.Ordinal);
        Assert.DoesNotContain("EPIPE", opencode.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("ENOENT", opencode.Error, StringComparison.Ordinal);
    }

    private static string[] Words(OtlpTestServer server, string prompt, params string[] options) =>
        ["run", "--enable", "--endpoint", server.GrpcEndpoint.ToString(), .. options, "--", OpencodeProgram.Path, "run", prompt];

    private static async Task<CliResult> RunAsync(
        OpencodeWorkspace workspace, OtlpTestServer server, string prompt, params (string Name, string Value)[] environment)
    {
        using Process process = CliProcess.Start(
            Words(server, prompt),
            new Dictionary<string, string>([.. workspace.Environment.ExceptBy(environment.Select(variable => variable.Name), variable => variable.Key), .. environment.Select(variable => KeyValuePair.Create(variable.Name, variable.Value))]),
            workspace.Repository);
        process.StandardInput.Close();
        return await FinishAsync(process);
    }

    private static async Task<CliResult> FinishAsync(Process process)
    {
        using var deadline = new CancellationTokenSource(OpencodeProgram.Deadline);
        return await CliProcess.FinishAsync(process, deadline.Token);
    }
}
