using System.Text;
using OpencodeOtel.EndToEnd.Support;
using OpenTelemetry.Proto.Trace.V1;

namespace OpencodeOtel.EndToEnd.Attaching;

public sealed class AttachTests
{
    private const string A = "ses_a";
    private static readonly long Now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    [Fact]
    public async Task What_is_followed_is_what_a_replay_of_the_same_bytes_gives()
    {
        byte[] recording = Recordings.Read("04-subagent.global.sse");
        await using FakeOpencode server = await FakeOpencode.StartAsync();
        await using AttachedCli attached = await AttachedCli.StartAsync([server.Address.ToString()]);
        FakeStream stream = await server.NextStreamAsync();

        await stream.SendBytesAsync(recording);
        ComparableTelemetry replayed = await ComparableTelemetry.ReplayAsync(recording);
        await attached.WaitForLogAsync("session.idle", replayed.Count("log session.idle"));
        CliResult result = await attached.StopAsync();

        Assert.Equal(130, result.ExitCode);
        ComparableTelemetry.Of(attached.Collector).AssertSame(replayed);
        Assert.Equal(result.Account.Records("spans"), result.Account.Fate("spans", "delivered"));
    }

    [Fact]
    public async Task One_directory_is_followed_by_its_own_stream()
    {
        await using FakeOpencode server = await FakeOpencode.StartAsync();
        await using AttachedCli attached = await AttachedCli.StartAsync([server.Address.ToString(), "--directory", "/a b/ü"]);
        FakeStream stream = await server.NextStreamAsync();

        await stream.SendAllAsync(Turn(A, 1, Now + 10_000));
        await attached.WaitForLogAsync("session.idle");

        Assert.Contains("/event?directory=%2Fa%20b%2F%C3%BC", server.Asked);
        Assert.DoesNotContain("/global/event", server.Asked);
    }

    [Fact]
    public async Task A_cut_connection_is_made_again_and_what_was_missed_is_read_and_counted_once()
    {
        await using FakeOpencode server = await FakeOpencode.StartAsync();
        await using AttachedCli attached = await AttachedCli.StartAsync([server.Address.ToString()]);
        FakeStream stream = await server.NextStreamAsync();
        long begin = Now + 1000;
        List<string> seen =
        [
            Said.Created(Said.Session(A, begin, begin)),
            Said.Updated(Said.User(A, "msg_1", begin)),
            Said.Part(Said.Text(A, "msg_1", "prt_1", "hello")),
            Said.Updated(Said.Assistant(A, "msg_2", "msg_1", begin + 1)),
            Said.Part(Said.Bash(A, "msg_2", "call_1", begin + 2, begin + 3)),
            Said.Updated(Said.Assistant(A, "msg_2", "msg_1", begin + 1, begin + 4)),
            Said.Updated(Said.Assistant(A, "msg_3", "msg_1", begin + 5)),
            Said.Part(Said.Bash(A, "msg_3", "call_2", begin + 6)),
        ];
        await stream.SendAllAsync(seen);
        await attached.WaitForLogAsync("api_request");

        long late = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() + 5000;
        server.Documents["/session"] = Said.List(Said.Session(A, begin, late + 10), Said.Session("ses_b", late, late + 10));
        server.Documents["/session/ses_a/message"] = Said.List(
            Said.Message(Said.User(A, "msg_1", begin), Said.Text(A, "msg_1", "prt_1", "hello")),
            Said.Message(Said.Assistant(A, "msg_2", "msg_1", begin + 1, begin + 4), Said.Bash(A, "msg_2", "call_1", begin + 2, begin + 3)),
            Said.Message(Said.Assistant(A, "msg_3", "msg_1", begin + 5, late + 2), Said.Bash(A, "msg_3", "call_2", begin + 6, late + 1)),
            Said.Message(Said.User(A, "msg_4", late + 3), Said.Text(A, "msg_4", "prt_4", "more")),
            Said.Message(Said.Assistant(A, "msg_5", "msg_4", late + 4, late + 5)));
        server.Documents["/session/ses_b/message"] = Said.List(
            Said.Message(Said.User("ses_b", "msg_6", late), Said.Text("ses_b", "msg_6", "prt_6", "other")),
            Said.Message(Said.Assistant("ses_b", "msg_7", "msg_6", late + 1, late + 2)));
        stream.Cut();
        stream = await server.NextStreamAsync();
        await attached.WaitForLogAsync("session.idle", 3);

        // The server may say some of it again.
        await stream.SendAllAsync(seen);
        await stream.SendAsync(Said.Idle(A));
        await stream.SendAllAsync(Turn(A, 2, late + 100));
        await attached.WaitForLogAsync("session.idle", 4);
        await attached.StopAsync();

        var sums = new MetricSums(attached.Collector.Metrics);
        Assert.Equal(5, sums.Sum("opencode.message.count"));
        Assert.Equal(500, sums.Sum("opencode.token.usage", ("type", "input")));
        Assert.Equal(2, sums.Sum("opencode.tool.duration"));
        Assert.Equal(2, sums.Sum("opencode.session.count"));
        List<Span> spans = [.. attached.Collector.Spans.Select(span => span.Item)];
        Assert.Equal(spans.Count, spans.DistinctBy(span => span.SpanId).Count());
        Assert.Equal(4, spans.Count(span => span.Name == "opencode.session"));
        Assert.Equal(5, spans.Count(span => span.Name == "opencode.llm"));
        Assert.DoesNotContain(spans, span => span.Status?.Code == Status.Types.StatusCode.Error);
        Assert.Equal(4, attached.Collector.LogRecords.Count(record => record.Item.EventName == "user_prompt"));
        Assert.Equal(4, attached.Collector.LogRecords.Count(record => record.Item.EventName == "session.idle"));
    }

    [Fact]
    public async Task Attached_late_nothing_of_before_is_counted_and_what_follows_has_its_place()
    {
        long before = Now - 60_000;
        await using FakeOpencode server = await FakeOpencode.StartAsync();
        server.Documents["/session"] = Said.List(Said.Session(A, before, Now), Said.Session("ses_old", before, before));
        server.Documents["/session/status"] = """{"ses_a":{"type":"busy"}}""";
        server.Documents["/session/ses_a/message"] = Said.List(
            Said.Message(Said.User(A, "msg_1", before), Said.Text(A, "msg_1", "prt_1", "first")),
            Said.Message(Said.Assistant(A, "msg_2", "msg_1", before + 1, before + 2)),
            Said.Message(Said.User(A, "msg_3", before + 10), Said.Text(A, "msg_3", "prt_3", "second")),
            Said.Message(Said.Assistant(A, "msg_4", "msg_3", before + 11, before + 20), Said.Bash(A, "msg_4", "call_1", before + 12, before + 19)),
            Said.Message(Said.Assistant(A, "msg_5", "msg_3", before + 21), Said.Bash(A, "msg_5", "call_2", before + 22)));
        server.Documents["/session/ses_old/message"] = Said.List(
            Said.Message(Said.User("ses_old", "msg_8", before), Said.Text("ses_old", "msg_8", "prt_8", "old")),
            Said.Message(Said.Assistant("ses_old", "msg_9", "msg_8", before + 1, before + 2)));
        await using AttachedCli attached = await AttachedCli.StartAsync([server.Address.ToString()]);
        FakeStream stream = await server.NextStreamAsync();

        long end = Now + 60_000;
        await stream.SendAsync(Said.Updated(Said.Assistant("ses_old", "msg_9", "msg_8", before + 1, before + 2)));
        await stream.SendAsync(Said.Part(Said.Bash(A, "msg_5", "call_2", before + 22, end - 1)));
        await stream.SendAsync(Said.Updated(Said.Assistant(A, "msg_5", "msg_3", before + 21, end)));
        await stream.SendAsync(Said.Idle(A));
        await attached.WaitForLogAsync("session.idle");
        await attached.StopAsync();

        var sums = new MetricSums(attached.Collector.Metrics);
        Assert.Equal(1, sums.Sum("opencode.message.count"));
        Assert.Equal(1, sums.Sum("opencode.tool.duration"));
        Assert.Equal(0, sums.Sum("opencode.session.count"));
        List<Span> spans = [.. attached.Collector.Spans.Select(span => span.Item)];
        Span session = Assert.Single(spans, span => span.Name == "opencode.session");
        Span step = Assert.Single(spans, span => span.Name == "opencode.llm");
        Span tool = Assert.Single(spans, span => span.Name == "opencode.tool.bash");
        Assert.Equal((ulong)(before + 10) * 1_000_000, session.StartTimeUnixNano);
        Assert.Equal((ulong)(before + 22) * 1_000_000, tool.StartTimeUnixNano);
        Assert.Equal(session.SpanId, step.ParentSpanId);
        Assert.Equal(session.SpanId, tool.ParentSpanId);
        Assert.Equal("build", step.Attributes.Single(attribute => attribute.Key == "agent.name").Value.StringValue);
        Assert.Equal("p", step.Attributes.Single(attribute => attribute.Key == "project.id").Value.StringValue);
        Assert.DoesNotContain(attached.Collector.LogRecords, record => record.Item.EventName is "user_prompt" or "session.created");

        // The run is told whole: what it did before is in its totals.
        Assert.Equal(2, session.Attributes.Single(attribute => attribute.Key == "session.total_messages").Value.IntValue);
        Assert.Single(session.Links);
    }

    [Fact]
    public async Task A_directory_that_shows_later_is_learnt_before_its_events()
    {
        long before = Now - 60_000;
        await using FakeOpencode server = await FakeOpencode.StartAsync();
        await using AttachedCli attached = await AttachedCli.StartAsync([server.Address.ToString()]);
        FakeStream stream = await server.NextStreamAsync();
        server.Documents["/session"] = Said.List(Said.Session(A, before, Now, directory: "/other"));
        server.Documents["/session/status"] = """{"ses_a":{"type":"busy"}}""";
        server.Documents["/session/ses_a/message"] = Said.List(
            Said.Message(Said.User(A, "msg_1", before), Said.Text(A, "msg_1", "prt_1", "first")),
            Said.Message(Said.Assistant(A, "msg_2", "msg_1", before + 1)));

        await stream.SendAsync(Said.Updated(Said.Assistant(A, "msg_2", "msg_1", before + 1, Now + 60_000)), directory: "/other");
        await stream.SendAsync(Said.Idle(A), directory: "/other");
        await attached.WaitForLogAsync("session.idle");

        Assert.Contains(server.Asked, asked => asked.StartsWith("/session?", StringComparison.Ordinal) && asked.Contains("directory=%2Fother", StringComparison.Ordinal));
        await attached.Collector.WaitForAsync(received => received.Spans.Any(span => span.Item.Name == "opencode.session"), CliProcess.Deadline);
        Span session = attached.Collector.Spans.Single(span => span.Item.Name == "opencode.session").Item;
        Assert.Equal((ulong)before * 1_000_000, session.StartTimeUnixNano);
    }

    [Fact]
    public async Task Several_servers_are_followed_at_once_however_their_bytes_interleave()
    {
        await using FakeOpencode one = await FakeOpencode.StartAsync();
        await using FakeOpencode two = await FakeOpencode.StartAsync();
        await using AttachedCli attached = await AttachedCli.StartAsync([one.Address.ToString(), two.Address.ToString()]);
        FakeStream first = await one.NextStreamAsync();
        FakeStream second = await two.NextStreamAsync();
        byte[] left = Frames(Turn("ses_left", 1, Now + 10_000));
        byte[] right = Frames(Turn("ses_right", 1, Now + 10_000));

        for (int i = 0; i < Math.Max(left.Length, right.Length); i += 40)
        {
            await first.SendBytesAsync(left.AsMemory(Math.Min(i, left.Length), Math.Min(40, Math.Max(0, left.Length - i))));
            await second.SendBytesAsync(right.AsMemory(Math.Min(i, right.Length), Math.Min(40, Math.Max(0, right.Length - i))));
        }

        await attached.WaitForLogAsync("session.idle", 2);
        CliResult result = await attached.StopAsync();

        Assert.Equal(0, result.Account.Events("bad"));
        Assert.Equal(2, new MetricSums(attached.Collector.Metrics).Sum("opencode.message.count"));
    }

    private static byte[] Frames(IEnumerable<string> events) =>
        Encoding.UTF8.GetBytes(string.Concat(events.Select(json => $$"""data: {"directory":"/repo","payload":{{json}}}""" + "\n\n")));

    private static IEnumerable<string> Turn(string session, int number, long begin) =>
    [
        .. number == 1 ? [Said.Created(Said.Session(session, begin, begin))] : Array.Empty<string>(),
        Said.Updated(Said.User(session, $"msg_{number}u", begin)),
        Said.Part(Said.Text(session, $"msg_{number}u", $"prt_{number}", "go")),
        Said.Updated(Said.Assistant(session, $"msg_{number}a", $"msg_{number}u", begin + 1)),
        Said.Updated(Said.Assistant(session, $"msg_{number}a", $"msg_{number}u", begin + 1, begin + 2)),
        Said.Idle(session),
    ];
}
