using System.Diagnostics;
using System.Globalization;
using OpencodeOtel.EndToEnd.Live.Opencode;
using OpencodeOtel.EndToEnd.Support;
using OpencodeOtel.TestCollector;

namespace OpencodeOtel.EndToEnd.Live;

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

    [LiveFact]
    public async Task A_signal_ends_opencode_and_what_was_open_is_there()
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

        using Process kill = Process.Start("kill", ["-s", "TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        CliResult result = await finished;
        hold.SetResult();

        Assert.Equal(143, result.ExitCode);
        Assert.Contains(server.Spans, span => span.Item.Name == "opencode.session");
    }

    [LiveFact]
    public async Task A_consumer_of_the_installed_shim_that_dies_is_not_noticed()
    {
        await using ScriptedModel model = await ScriptedModel.StartAsync();
        using var workspace = new OpencodeWorkspace(model);
        await CliProcess.RunAsync(["install"], environment: workspace.Environment);
        string shim = Path.Combine(workspace.Environment["XDG_CONFIG_HOME"], "opencode", "plugin", "opencode-otel.js");
        IEnumerable<string> lines = (await File.ReadAllLinesAsync(shim)).Select(
            line => line.StartsWith("const COMMAND", StringComparison.Ordinal) ? """const COMMAND = ["sh", "-c", "head -n 3 > /dev/null"]""" : line);
        await File.WriteAllLinesAsync(shim, lines);
        model.Script(OpencodeWorkspace.Large, ModelAnswer.Say("As if nothing happened."));
        ProcessStartInfo start = OpencodeProgram.Describe(
            workspace, ["run", "Say it."], new Dictionary<string, string> { ["OPENCODE_ENABLE_TELEMETRY"] = "1" });

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        using var deadline = new CancellationTokenSource(OpencodeProgram.Deadline);
        CliResult opencode = await CliProcess.FinishAsync(process, deadline.Token);

        Assert.Equal(0, opencode.ExitCode);
        Assert.Contains("As if nothing happened.", opencode.OutputText, StringComparison.Ordinal);
        Assert.DoesNotContain("EPIPE", opencode.Error, StringComparison.Ordinal);
    }

    private static string[] Words(OtlpTestServer server, string prompt, params string[] options) =>
        ["run", "--enable", "--endpoint", server.GrpcEndpoint.ToString(), .. options, "--", OpencodeProgram.Path, "run", prompt];

    private static async Task<CliResult> RunAsync(
        OpencodeWorkspace workspace, OtlpTestServer server, string prompt, params (string Name, string Value)[] environment)
    {
        using Process process = CliProcess.Start(
            Words(server, prompt),
            workspace.Environment.Concat(environment.Select(variable => KeyValuePair.Create(variable.Name, variable.Value)))
                .ToDictionary(variable => variable.Key, variable => variable.Value),
            workspace.Repository);
        process.StandardInput.Close();
        using var deadline = new CancellationTokenSource(OpencodeProgram.Deadline);
        return await CliProcess.FinishAsync(process, deadline.Token);
    }
}
