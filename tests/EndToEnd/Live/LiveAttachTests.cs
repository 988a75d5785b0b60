using System.Text.Json;
using OpencodeOtel.EndToEnd.Live.Opencode;
using OpencodeOtel.EndToEnd.Support;
using OpenTelemetry.Proto.Trace.V1;

namespace OpencodeOtel.EndToEnd.Live;

// One opencode at a time: it is heavy.
[Collection("opencode")]
public sealed class LiveAttachTests
{
    [LiveFact]
    public async Task A_live_session_gives_the_telemetry_of_its_recording_replayed()
    {
        await using ScriptedModel model = await ScriptedModel.StartAsync();
        using var workspace = new OpencodeWorkspace(model, "webfetch");
        await using OpencodeServer server = await OpencodeServer.StartAsync(workspace);
        await using AttachedCli attached = await AttachedCli.StartAsync([server.Address.ToString()]);
        await using EventRecording recording = await server.RecordAsync();
        await attached.WaitUntilFollowingAsync();

        string session = await server.CreateSessionAsync();
        await EditAndCommitAsync(model, workspace, server, recording, session);
        await DelegateAsync(model, server, recording, session);
        await AskForPermissionAsync(model, server, recording, session);
        await AbortAsync(model, server, recording, session);
        await FailAsync(model, server, recording, session);
        model.Script(OpencodeWorkspace.Large, ModelAnswer.Say("The end."));
        await server.AskAsync(recording, session, "Say the end.");
        await SessionSpansAsync(attached, 8);

        byte[] bytes = await recording.StopAsync();
        CliResult result = await attached.StopAsync();
        ComparableTelemetry replayed = await ComparableTelemetry.ReplayAsync(bytes);

        Assert.Equal(130, result.ExitCode);
        ComparableTelemetry.Of(attached.Collector).AssertSameTimes(replayed);
        Assert.NotEqual(0, replayed.Count("sum opencode.commit.count"));
        Assert.NotEqual(0, replayed.Count("sum opencode.retry.count"));
        Assert.NotEqual(0, replayed.Count("log tool_decision"));
        Assert.NotEqual(0, replayed.Count("log session.error"));
        Assert.NotEqual(0, replayed.Count("span opencode.tool.task"));
    }

    [LiveFact]
    public async Task Attached_in_the_middle_and_cut_off_for_a_while_it_tells_what_its_recording_tells_but_for_what_cannot_be_read()
    {
        await using ScriptedModel model = await ScriptedModel.StartAsync();
        using var workspace = new OpencodeWorkspace(model, "webfetch");
        await using OpencodeServer server = await OpencodeServer.StartAsync(workspace);
        await using CuttableRelay relay = CuttableRelay.To(server.Address);
        await using EventRecording recording = await server.RecordAsync();

        // What happens in a directory before opencode has set it up is not on the global stream.
        await server.GetAsync("/session");
        string session = await server.CreateSessionAsync();
        await recording.WaitForAsync("The creation", 0, (type, _) => type == "session.created");

        // A sub-agent works, and so does who waits for it.
        var hold = new TaskCompletionSource();
        model.Script(OpencodeWorkspace.Medium, ModelAnswer.Say("Let me look.") with { Until = hold.Task });
        model.Script(OpencodeWorkspace.Large, Delegation, ModelAnswer.Say("Reviewed."));
        await server.PromptAsync(session, "Have it reviewed.");
        JsonElement words = await recording.WaitForAsync("The sub-agent's words", 0, (type, properties) =>
            type == "message.part.delta" && properties.GetProperty("sessionID").GetString() != session);
        string child = words.GetProperty("sessionID").GetString()!;
        await using AttachedCli attached = await AttachedCli.StartAsync([relay.Address.ToString()]);
        await attached.WaitUntilFollowingAsync();
        hold.SetResult();
        await recording.WaitForIdleAsync(session, 0);
        await SessionSpansAsync(attached, 2);

        relay.Cut();
        await DelegateAsync(model, server, recording, session);
        await AskForPermissionAsync(model, server, recording, session);
        await FailAsync(model, server, recording, session);
        relay.Restore();
        await SessionSpansAsync(attached, 7);
        await server.AskAsync(recording, session, "Say the end.");
        await SessionSpansAsync(attached, 8);

        byte[] bytes = await recording.StopAsync();
        await attached.StopAsync();
        ComparableTelemetry replayed = await ComparableTelemetry.ReplayAsync(bytes);

        // Before: two sessions and their prompts. In the gap: what leaves nothing in the server's documents.
        bool WasBefore(string text) => text.StartsWith("log session.created", StringComparison.Ordinal)
            || text.StartsWith("log user_prompt", StringComparison.Ordinal)
            || text.StartsWith("sum opencode.session.count", StringComparison.Ordinal);
        bool IsOfFirstTurn(string text) => text.Contains(child, StringComparison.Ordinal)
            || (text.Contains(session, StringComparison.Ordinal) && !text.StartsWith("log user_prompt", StringComparison.Ordinal))
            || text == FirstPrompt(replayed, session);
        ComparableTelemetry.Of(attached.Collector).AssertSameTimes(replayed.Without(text =>
            (WasBefore(text) && IsOfFirstTurn(text))
            || text.StartsWith("log tool_decision", StringComparison.Ordinal)
            || text.StartsWith("sum opencode.retry.count", StringComparison.Ordinal)));
        Assert.Equal(2, replayed.Count("span opencode.tool.task"));
        Assert.Equal(1, replayed.Count("log session.error"));
        Assert.Equal(1, replayed.Count("log tool_decision"));
        Assert.Equal(1, replayed.Count("sum opencode.retry.count"));
    }

    [LiveFact]
    public async Task A_server_killed_and_started_again_costs_nothing_that_was_finished()
    {
        await using ScriptedModel model = await ScriptedModel.StartAsync();
        using var workspace = new OpencodeWorkspace(model);
        await using OpencodeServer server = await OpencodeServer.StartAsync(workspace);
        string old = await server.CreateSessionAsync();
        await using (EventRecording before = await server.RecordAsync())
        {
            await server.AskAsync(before, old, "Long ago.");
        }

        // Attached late: what the old session did is not counted.
        await using AttachedCli attached = await AttachedCli.StartAsync([server.Address.ToString()]);
        await attached.WaitUntilFollowingAsync();
        string session = await server.CreateSessionAsync();
        await using (EventRecording events = await server.RecordAsync())
        {
            await server.AskAsync(events, session, "First.");
            model.Script(OpencodeWorkspace.Large, ModelAnswer.Say("never said") with { Until = new TaskCompletionSource().Task });
            int from = events.Mark;
            await server.PromptAsync(session, "Second.");
            await events.WaitForAsync("The second step", from, (type, _) => type == "message.part.delta");
        }

        await server.KillAsync();
        await server.StartAsync();
        await using (EventRecording events = await server.RecordAsync())
        {
            await server.AskAsync(events, session, "Third.");
            await server.AskAsync(events, old, "Again.");
        }

        await attached.Collector.WaitForAsync(
            received => received.LogRecords.Count(record => record.Item.EventName == "api_request") >= 3
                && received.Spans.Count(span => span.Item.Name == "opencode.session") >= 4, OpencodeProgram.Deadline);
        await attached.StopAsync();

        // Of the first session three runs, of which one was killed; of the old one the run after it was attached to.
        List<Span> spans = [.. attached.Collector.Spans.Select(span => span.Item)];
        Assert.Equal(spans.Count, spans.DistinctBy(span => span.SpanId).Count());
        Assert.Equal(4, spans.Count(span => span.Name == "opencode.session"));
        Assert.Single(spans, span => span.Name == "opencode.llm" && span.Status?.Code == Status.Types.StatusCode.Error);
        var sums = new MetricSums(attached.Collector.Metrics);
        Assert.Equal(3, sums.Sum("opencode.message.count"));
        Assert.Equal(1, sums.Sum("opencode.session.count"));
        Assert.Equal(4, attached.Collector.LogRecords.Count(record => record.Item.EventName == "user_prompt"));
    }

    private static ModelAnswer Delegation => ModelAnswer.Call(
        "task", ("description", "Review"), ("prompt", "Review it."), ("subagent_type", OpencodeWorkspace.Reviewer));

    private static Task SessionSpansAsync(AttachedCli attached, int count) => attached.Collector.WaitForAsync(
        received => received.Spans.Count(span => span.Item.Name == "opencode.session") >= count, OpencodeProgram.Deadline);

    // The text begins with the time.
    private static string FirstPrompt(ComparableTelemetry telemetry, string session) => telemetry.Records
        .Select(record => record.Text)
        .First(text => text.StartsWith("log user_prompt", StringComparison.Ordinal) && text.Contains(session, StringComparison.Ordinal));

    private static async Task EditAndCommitAsync(
        ScriptedModel model, OpencodeWorkspace workspace, OpencodeServer server, EventRecording recording, string session)
    {
        string file = Path.Combine(workspace.Repository, OpencodeWorkspace.SourceFile);
        model.Script(
            OpencodeWorkspace.Large,
            ModelAnswer.Call("read", ("filePath", file)),
            ModelAnswer.Call("edit", ("filePath", file), ("oldString", OpencodeWorkspace.SourceLine), ("newString", "hello there\nworld")),
            ModelAnswer.Call("bash", ("command", "git commit -qam Greet"), ("description", "Commit")),
            ModelAnswer.Say("Committed.") with { Usage = new ModelUsage(5000, 20, Cached: 4000, Reasoning: 5) });
        await server.AskAsync(recording, session, "Change it and commit.");
    }

    private static async Task DelegateAsync(ScriptedModel model, OpencodeServer server, EventRecording recording, string session)
    {
        model.Script(OpencodeWorkspace.Medium, ModelAnswer.Call("bash", ("command", "git log --oneline"), ("description", "Look")), ModelAnswer.Say("Fine."));
        model.Script(OpencodeWorkspace.Large, Delegation, ModelAnswer.Say("Reviewed."));
        await server.AskAsync(recording, session, "Have it reviewed.");
    }

    private static async Task AskForPermissionAsync(ScriptedModel model, OpencodeServer server, EventRecording recording, string session)
    {
        model.Script(
            OpencodeWorkspace.Large,
            ModelAnswer.Call("webfetch", ("url", model.BaseAddress.ToString()), ("format", "text")),
            ModelAnswer.Say("Not fetched."));
        int from = recording.Mark;
        await server.PromptAsync(session, "Fetch it.");
        JsonElement asked = await recording.WaitForAsync("The request", from, (type, _) => type == "permission.asked");
        await server.ReplyAsync(asked.GetProperty("id").GetString()!, "once");
        await recording.WaitForIdleAsync(session, from);
    }

    private static async Task AbortAsync(ScriptedModel model, OpencodeServer server, EventRecording recording, string session)
    {
        model.Script(OpencodeWorkspace.Large, ModelAnswer.Say("a long story") with { Until = new TaskCompletionSource().Task });
        int from = recording.Mark;
        await server.PromptAsync(session, "Tell a story.");
        await recording.WaitForAsync("The first words", from, (type, _) => type == "message.part.delta");
        await server.AbortAsync(session);
        await recording.WaitForAsync("The aborted message", from, (type, properties) =>
            type == "message.updated" && properties.GetProperty("info").TryGetProperty("error", out _)
            && properties.GetProperty("info").GetProperty("time").TryGetProperty("completed", out _));
        await server.SettleAsync(session);
    }

    private static async Task FailAsync(ScriptedModel model, OpencodeServer server, EventRecording recording, string session)
    {
        model.Script(OpencodeWorkspace.Large, ModelAnswer.Fail(429, retryAfter: 1), ModelAnswer.Say("After all."));
        await server.AskAsync(recording, session, "Answer despite the limit.");
        model.Script(OpencodeWorkspace.Large, ModelAnswer.Fail(401));
        int from = recording.Mark;
        await server.PromptAsync(session, "This fails.");
        await recording.WaitForAsync("The error", from, (type, _) => type == "session.error");
        await recording.WaitForAsync("The failed message", from, (type, properties) =>
            type == "message.updated" && properties.GetProperty("info").TryGetProperty("error", out _)
            && properties.GetProperty("info").GetProperty("time").TryGetProperty("completed", out _));
        await server.SettleAsync(session);
    }
}
