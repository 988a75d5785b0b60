using OpencodeOtel.Pipeline.Receiving;

namespace OpencodeOtel.Pipeline.Tests.Enriching;

/// <summary>Real streams of opencode against what they hold, read the simple way.</summary>
public class RecordingTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Recordings");

    public static TheoryData<string> Streams =>
        [.. Directory.EnumerateFiles(Folder, "*.sse").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Runs =>
        [.. Directory.EnumerateFiles(Folder, "*.global.sse").Select(path => Path.GetFileName(path)[..^".global.sse".Length]).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Streams))]
    public void The_telemetry_holds_what_the_recording_holds(string name)
    {
        RecordedFacts facts = RecordedFacts.Of(Path.Combine(Folder, name));
        Telemetry made = Replay(name);

        Assert.Equal(facts.CompletedMessages, made.LlmSpans.Count(span => span.Attributes.ContainsKey("llm.finish_reason")));
        Assert.Equal(facts.CompletedMessages, made.Sum("message.count"));
        Assert.Equal(facts.CompletedMessages, made.LogsOf("api_request").Count() + made.LogsOf("api_error").Count());
        Assert.Equal(facts.Tokens, made.Sum("token.usage"));
        Assert.Equal(facts.Cost, made.Sum("cost.usage"), 1e-9);
        Assert.Equal(facts.FinishedCalls, made.ToolSpans.Count(span => span.Attributes.ContainsKey("tool.success")));
        Assert.Equal(facts.FinishedCalls, made.MeasurementsOf("tool.duration").Count());
        Assert.Equal(facts.FinishedCalls, made.LogsOf("tool_result").Count());
        Assert.Equal(facts.CallMilliseconds, made.Sum("tool.duration"));
        Assert.Equal(facts.Sessions, made.Sum("session.count"));
        Assert.Equal(facts.Retries, made.Sum("retry.count"));
        Assert.Equal(facts.Replies, made.LogsOf("tool_decision").Count());
        Assert.Equal(facts.Commits, made.Sum("commit.count"));
        Assert.Equal(facts.Commits, made.LogsOf("commit").Count());
        Assert.Equal(facts.Added, LastTotals(made).Sum());
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public void Every_span_is_below_one_that_was_exported_in_the_same_trace_and_none_twice(string name)
    {
        Telemetry made = Replay(name);

        Assert.Equal(made.Spans.Count, made.Spans.Select(span => span.SpanId).Distinct().Count());
        Dictionary<string, MadeSpan> byId = made.Spans.ToDictionary(span => span.SpanId);
        foreach (MadeSpan span in made.Spans)
        {
            Assert.True(span.End >= span.Start);
            if (span.ParentId != MadeSpan.NoSpan)
            {
                Assert.Equal(span.TraceId, byId[span.ParentId].TraceId);
            }

            Assert.Equal(span.Name != "opencode.session" || span.Attributes["session.is_subagent"].Equals(true), span.ParentId != MadeSpan.NoSpan);
        }

        Assert.All(made.Logs.Where(log => log.SpanId != MadeSpan.NoSpan), log => Assert.Equal(byId[log.SpanId].TraceId, log.TraceId));
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public void The_runs_of_a_stream_that_ends_in_peace_have_all_of_its_tokens(string name)
    {
        Telemetry made = Replay(name);

        Assert.Equal(made.Sum("token.usage"), made.SessionSpans.Sum(span => (long)span["session.total_tokens"]));
        Assert.Equal(made.Sum("cost.usage"), made.SessionSpans.Sum(span => (double)span["session.total_cost_usd"]), 1e-9);
        Assert.Equal(made.MeasurementsOf("session.duration").Count(), made.LogsOf("session.idle").Count());
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void Bus_and_global_stream_of_one_run_give_the_same_telemetry(string run)
    {
        Telemetry bus = Replay($"{run}.event.sse");
        Telemetry global = Replay($"{run}.global.sse");
        var sessions = bus.Spans.Select(span => span.SessionId).ToHashSet();

        // The bus is one directory's, the global stream has all of them.
        bool IsShared(string line) => sessions.Any(id => line.Contains(id, StringComparison.Ordinal));
        Assert.Equal(bus.Lines().Order(StringComparer.Ordinal), global.Lines().Where(IsShared).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public void A_replay_gives_the_same_telemetry_again(string name) => Assert.Equal(Replay(name).Lines(), Replay(name).Lines());

    [Theory]
    [InlineData("05-abort.event.sse")]
    [InlineData("08-command-todo-compact.event.sse")]
    [InlineData("10-question-fork-delete.event.sse")]
    public void A_prefix_never_throws_and_its_totals_never_exceed_the_wholes(string name)
    {
        byte[] stream = File.ReadAllBytes(Path.Combine(Folder, name));
        Telemetry whole = Replay(stream);
        string[] suffixes = [.. whole.Measurements.Select(one => one.Name["opencode.".Length..]).Distinct()];

        for (int length = 0; length < stream.Length; length += 997)
        {
            Telemetry part = Replay(stream.AsSpan(0, length));

            Assert.All(suffixes, suffix => Assert.InRange(part.Sum(suffix), 0, whole.Sum(suffix) + 1e-9));
            Assert.All(suffixes, suffix => Assert.InRange(part.MeasurementsOf(suffix).Count(), 0, whole.MeasurementsOf(suffix).Count()));
        }
    }

    private static IEnumerable<double> LastTotals(Telemetry made) => made.MeasurementsOf("lines_of_code.total")
        .Where(one => one["type"].Equals("added"))
        .GroupBy(one => one["session.id"])
        .Select(totals => totals.Last().Number);

    private static Telemetry Replay(string name) => Replay(File.ReadAllBytes(Path.Combine(Folder, name)));

    private static Telemetry Replay(ReadOnlySpan<byte> stream)
    {
        var made = new Telemetry();
        var receiver = new EventReceiver(made.Enricher, lineLimitBytes: 1 << 26);
        receiver.Push(stream);
        receiver.Complete();
        return made.Complete();
    }
}
