using System.Text;
using OpencodeOtel.EndToEnd.Support;
using OpencodeOtel.TestCollector;
using OpenTelemetry.Proto.Trace.V1;

namespace OpencodeOtel.EndToEnd;

public sealed class ReplayOfRecordingsTests
{
    public static TheoryData<string> AllRecordings => [.. Recordings.BusAndGlobal];

    public static TheoryData<string> PairsOfRecordings => [.. Recordings.Pairs];

    [Theory]
    [MemberData(nameof(AllRecordings))]
    public async Task The_server_receives_what_the_recording_holds(string recording)
    {
        RecordingFacts facts = RecordingFacts.Read(Recordings.Read(recording));
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();

        CliResult result = await CliProcess.RunAsync(
            ["replay", Recordings.PathOf(recording), "--endpoint", server.GrpcEndpoint.ToString(), "--report", "json"]);

        Assert.Equal(0, result.ExitCode);
        Assert.Empty(server.Refused);
        var sums = new MetricSums(server.Metrics);
        IEnumerable<Span> finished = server.Spans.Select(span => span.Item)
            .Where(span => !span.Status?.Message.StartsWith("stream ended before", StringComparison.Ordinal) ?? true);
        Assert.Equal(facts.Messages, finished.Count(span => span.Name == "opencode.llm" && !EndedByWait(span)));
        Assert.Equal(facts.Messages, sums.Sum("opencode.message.count"));
        Assert.Equal(facts.Messages, sums.Sum("opencode.model.usage"));
        Assert.Equal(facts.Messages, server.LogRecords.Count(record => record.Item.EventName is "api_request" or "api_error"));
        Assert.Equal(facts.Tools, finished.Count(span => span.Name.StartsWith("opencode.tool.", StringComparison.Ordinal) && !EndedByWait(span)));
        Assert.Equal(facts.Tools, sums.Sum("opencode.tool.duration"));
        Assert.Equal(facts.Tools, server.LogRecords.Count(record => record.Item.EventName == "tool_result"));
        Assert.Equal(facts.Sessions, sums.Sum("opencode.session.count"));
        Assert.Equal(facts.Sessions, server.LogRecords.Count(record => record.Item.EventName == "session.created"));
        Assert.Equal(facts.Retries, sums.Sum("opencode.retry.count"));
        Assert.Equal(facts.Errors, server.LogRecords.Count(record => record.Item.EventName == "session.error"));
        Assert.Equal(facts.Cost, sums.Sum("opencode.cost.usage"), 9);
        Assert.Equal(facts.Tokens("input"), sums.Sum("opencode.token.usage", ("type", "input")));
        Assert.Equal(facts.Tokens("output"), sums.Sum("opencode.token.usage", ("type", "output")));
        Assert.Equal(facts.Tokens("reasoning"), sums.Sum("opencode.token.usage", ("type", "reasoning")));
        Assert.Equal(facts.Tokens("cache", "read"), sums.Sum("opencode.token.usage", ("type", "cacheRead")));
        Assert.Equal(facts.Tokens("cache", "write"), sums.Sum("opencode.token.usage", ("type", "cacheCreation")));
    }

    [Theory]
    [MemberData(nameof(AllRecordings))]
    public async Task The_report_agrees_with_the_server(string recording)
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();

        CliResult result = await CliProcess.RunAsync(
        [
            "replay", Recordings.PathOf(recording), "--protocol", "http/protobuf",
            "--endpoint", server.HttpEndpoint.ToString(), "--report", "json",
        ]);

        Account account = result.Account;
        Assert.Equal(server.Spans.Count, account.Fate("spans", "delivered"));
        Assert.Equal(server.LogRecords.Count, account.Fate("logs", "delivered"));
        Assert.Equal(server.Requests.Where(request => request.Signal == OtlpSignal.Metrics).Sum(request => request.ItemCount()), account.Fate("metrics", "delivered"));
        foreach (string signal in new[] { "metrics", "logs", "spans" })
        {
            Assert.Equal(account.Records(signal), account.FateTotal(signal));
        }

        Assert.Equal(
            account.Events("read"),
            account.Events("used") + account.Events("skipped") + account.Events("bad") + account.Events("duplicate"));
        Assert.Equal(0, account.Events("bad"));
    }

    [Theory]
    [MemberData(nameof(PairsOfRecordings))]
    public async Task The_bus_and_the_global_recording_of_a_run_give_the_same_telemetry(string run)
    {
        IReadOnlyList<string> bus = await ReplayAsync(Recordings.Read(run + ".event.sse"));
        IReadOnlyList<string> global = await ReplayAsync(OfDirectory("/repo", Recordings.Read(run + ".global.sse")));

        Assert.NotEmpty(bus);
        Assert.Equal(bus, global);
    }

    [Fact]
    public async Task Two_replays_give_the_same_telemetry_ids_and_times_included()
    {
        IReadOnlyList<string> first = await ReplayAsync(Recordings.Read("04-subagent.event.sse"));
        IReadOnlyList<string> second = await ReplayAsync(Recordings.Read("04-subagent.event.sse"));

        Assert.NotEmpty(first);
        Assert.Equal(first, second);
    }

    private static async Task<IReadOnlyList<string>> ReplayAsync(byte[] recording)
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();
        using var directory = new TemporaryDirectory();
        string file = Path.Combine(directory.Path, "recording");
        await File.WriteAllBytesAsync(file, recording);
        CliResult result = await CliProcess.RunAsync(["replay", file, "--endpoint", server.GrpcEndpoint.ToString()]);
        Assert.Equal(0, result.ExitCode);
        Assert.Empty(server.Refused);
        return TelemetryTree.Of(server.Accepted);
    }

    /// <summary>The global stream has every directory of a server, the bus only one: what is of another is left out.</summary>
    private static byte[] OfDirectory(string directory, byte[] global) => Encoding.UTF8.GetBytes(string.Concat(
        Encoding.UTF8.GetString(global).Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .Where(frame => !frame.StartsWith("data: {\"directory\":", StringComparison.Ordinal)
                || frame.StartsWith($"data: {{\"directory\":\"{directory}\"", StringComparison.Ordinal))
            .Select(frame => frame + "\n\n")));

    private static bool EndedByWait(Span span) =>
        span.Status?.Message.StartsWith("session ended before", StringComparison.Ordinal) ?? false;
}
