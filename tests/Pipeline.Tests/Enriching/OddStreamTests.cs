using System.Text;
using System.Text.Unicode;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Enriching;

namespace OpencodeOtel.Pipeline.Tests.Enriching;

/// <summary>Streams that no sane opencode sends, case by case: nothing is counted twice, nothing sound is lost, nothing throws.</summary>
public class OddStreamTests
{
    private const long T = Some.T0;
    private const long Year = 365L * 24 * 60 * 60 * 1000;
    private const string Running = """{"status":"running","input":{},"time":{"start":1795000000300}}""";
    private const string Done = """{"status":"completed","input":{},"output":"ok","time":{"start":1795000000300,"end":1795000000420}}""";
    private const string Failed = """{"status":"error","input":{},"error":"no","time":{"start":1795000000300,"end":1795000000420}}""";

    public static TheoryData<string, string[], double, int, int> Calls => new()
    {
        // case, states of one call, sum of tool.duration, its points, records of result
        { "as it should be", [Running, Done], 120, 1, 1 },
        { "running twice", [Running, """{"status":"running","input":{},"time":{"start":1795000000350}}""", Done], 120, 1, 1 },
        { "completed without running", [Done], 120, 1, 1 },
        { "completed twice", [Running, Done, Done], 120, 1, 1 },
        { "completed, then running again", [Done, Running], 120, 1, 1 },
        { "completed, then failed", [Done, Failed], 120, 1, 1 },
        { "failed", [Running, Failed], 120, 1, 1 },
        { "pending only", ["""{"status":"pending","input":{}}"""], 0, 0, 0 },
        { "without an end time", [Running, """{"status":"completed","output":"ok","time":{"start":1795000000300}}"""], 0, 0, 1 },
        { "without any time", ["""{"status":"completed","output":"ok"}"""], 0, 0, 1 },
        { "without output", ["""{"status":"completed","time":{"start":1795000000300,"end":1795000000420}}"""], 120, 1, 1 },
        { "with an end before its start", ["""{"status":"completed","time":{"start":1795000000420,"end":1795000000300}}"""], 0, 1, 1 },
        { "of a status of tomorrow", [Running, """{"status":"paused"}""", Done], 120, 1, 1 },
        { "only of a status of tomorrow", ["""{"status":"paused"}"""], 0, 0, 0 },
        { "with a state of another kind", ["7", "null", "\"completed\"", Done], 120, 1, 1 },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public void A_call_is_counted_once_whatever_its_states(string what, string[] states, double duration, int points, int results)
    {
        Telemetry made = JsonStream.Read([JsonStream.Created(), JsonStream.Prompt(), .. states.Select(state => JsonStream.Tool(state)), JsonStream.Idle()]);

        Assert.True(duration == made.Sum("tool.duration"), what);
        Assert.Equal((points, results), (made.MeasurementsOf("tool.duration").Count(), made.LogsOf("tool_result").Count()));
        Assert.Equal(results, made.ToolSpans.Count());
        Assert.Single(made.LogsOf("session.idle"));
    }

    public static TheoryData<string, double, double> Numbers => new()
    {
        // members of the message, sum of tokens, cost
        { "", 15, 0.25 },
        { ",\"cost\":null,\"tokens\":null", 0, 0 },
        { ",\"cost\":\"NaN\",\"tokens\":\"NaN\"", 0, 0 },
        { ",\"cost\":\"0.25\",\"tokens\":[1,2]", 0, 0 },
        { ",\"cost\":-1,\"tokens\":{\"input\":-5,\"output\":-1e9}", 0, 0 },
        { ",\"cost\":1e999,\"tokens\":{\"input\":1e999}", 0, 0 },
        { ",\"cost\":true,\"tokens\":{\"input\":{},\"output\":\"7\",\"cache\":7}", 0, 0 },
        { ",\"cost\":1e308,\"tokens\":{\"input\":1e300}", 9007199254740991, 1e308 },
        { ",\"cost\":0.027135000000000003,\"tokens\":{\"output\":2.9}", 2, 0.027135000000000003 },
        { ",\"cost\":5e-324,\"tokens\":{\"cache\":{\"read\":3}}", 3, 5e-324 },
    };

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_message_counts_whatever_its_numbers(string members, double tokens, double cost)
    {
        Telemetry made = JsonStream.Read(JsonStream.Created(), JsonStream.Prompt(), JsonStream.Message(members), JsonStream.Idle());

        Assert.Equal((1.0, tokens, cost), (made.Sum("message.count"), made.Sum("token.usage"), made.Sum("cost.usage")));
        Assert.Equal(tokens, Assert.Single(made.MeasurementsOf("session.token.total")).Number);
        Assert.Equal(cost, Assert.Single(made.LogsOf("api_request"))["cost_usd"]);
        Assert.All(made.Measurements, one => Assert.True(double.IsFinite(one.Number) && one.Number >= 0));
    }

    [Fact]
    public void A_message_without_tokens_and_cost_counts_with_zeros()
    {
        string message = JsonStream.Event("message.updated", """{"info":{"id":"msg_a","sessionID":"ses_1","role":"assistant","time":{"created":1,"completed":2}}}""");

        Telemetry made = JsonStream.Read(message);

        Assert.Equal((1.0, 0.0, 5), (made.Sum("message.count"), made.Sum("token.usage"), made.MeasurementsOf("token.usage").Count()));
        Assert.Equal(("unknown", "unknown", "unknown"), (made.LogsOf("api_request").Single()["model"], made.LogsOf("api_request").Single()["provider"], made.LogsOf("api_request").Single()["agent"]));
    }

    [Fact]
    public void Huge_numbers_add_up_to_what_is_finite()
    {
        string[] messages = [.. Enumerable.Range(0, 2000).Select(number => JsonStream.Message(",\"cost\":1.7e308,\"tokens\":{\"input\":9e18,\"output\":9e18}", id: $"msg_{number}"))];

        Telemetry made = JsonStream.Read([JsonStream.Created(), JsonStream.Prompt(), .. messages, JsonStream.Idle()]);

        MadeSpan session = Assert.Single(made.SessionSpans);
        Assert.Equal(double.MaxValue, session["session.total_cost_usd"]);
        Assert.True((long)session["session.total_tokens"] > 0);
    }

    [Fact]
    public void An_event_that_comes_twice_is_one()
    {
        string[] stream = [.. Stream().Select((line, number) => line.Replace("{\"type\"", $"{{\"id\":\"evt_{number}\",\"type\"", StringComparison.Ordinal))];

        Assert.Equal(JsonStream.Read(stream).Lines(), JsonStream.Read(stream.SelectMany(line => (string[])[line, line])).Lines());
        Assert.Equal(JsonStream.Read(stream).Lines(), JsonStream.Read([.. stream, .. stream]).Lines());
    }

    [Fact]
    public void An_event_without_an_id_that_comes_twice_counts_once()
    {
        Assert.Equal(JsonStream.Read(Stream()).Lines(), JsonStream.Read(Stream().SelectMany(line => (string[])[line, line])).Lines());
    }

    [Fact]
    public void Parts_in_any_order_give_the_same_totals()
    {
        string[] stream = [.. Stream()];
        string[] totals = ["message.count", "token.usage", "cost.usage", "tool.duration", "model.usage", "cache.count"];
        Telemetry usual = JsonStream.Read(stream);

        for (int turned = 1; turned < stream.Length; turned++)
        {
            Telemetry made = JsonStream.Read([.. stream[turned..], .. stream[..turned]]);
            Assert.All(totals, total => Assert.Equal(usual.Sum(total), made.Sum(total)));
            Assert.Equal(usual.ToolSpans.Concat(usual.LlmSpans).Select(span => span.SpanId).Order(), made.ToolSpans.Concat(made.LlmSpans).Select(span => span.SpanId).Order());
        }
    }

    [Theory]
    [InlineData("\"filename\":\"a.txt\",\"url\":\"file:///a\"", 5)]
    [InlineData("\"filename\":\"\",\"url\":\"file:///a\"", 9)]
    [InlineData("\"url\":\"file:///a\"", 9)]
    [InlineData("\"filename\":\"\"", 0)]
    public void A_file_counts_with_its_name_else_with_its_address(string members, long length) =>
        Assert.Equal(length, Assert.Single(JsonStream.Read(JsonStream.Created(), JsonStream.Prompt(), JsonStream.Part("file", members, Some.Prompt), JsonStream.Idle()).LogsOf("user_prompt"))["prompt_length"]);

    [Theory]
    [InlineData(500, 1)]
    [InlineData(600, 0)]
    public void What_is_skipped_in_an_event_may_be_nested(int depth, int results)
    {
        string state = $$$"""{"status":"completed","input":{},"output":"ok","metadata":{"x":{{{new string('[', depth)}}}{{{new string(']', depth)}}}},"time":{"start":1795000000300,"end":1795000000420}}""";

        Assert.Equal(results, JsonStream.Read(JsonStream.Created(), JsonStream.Tool(state)).LogsOf("tool_result").Count());
    }

    [Fact]
    public void A_session_id_that_is_the_beginning_of_another_is_another_session()
    {
        Telemetry made = JsonStream.Read(
            JsonStream.Created("ses_1"), JsonStream.Created("ses_12"), JsonStream.Created("ses_"),
            JsonStream.Message(session: "ses_1"), JsonStream.Message(session: "ses_12"),
            JsonStream.Tool(Done, "ses_1"), JsonStream.Tool(Done, "ses_12"),
            JsonStream.Idle("ses_1"), JsonStream.Idle("ses_12"), JsonStream.Idle("ses_"));

        Assert.Equal(["ses_", "ses_1", "ses_12"], made.SessionSpans.Select(span => span.SessionId).Order());
        Assert.Equal([0L, 1L, 1L], made.SessionSpans.OrderBy(span => span.SessionId, StringComparer.Ordinal).Select(span => span["session.total_messages"]));
        Assert.Equal(made.Spans.Count, made.Spans.Select(span => span.SpanId).Distinct().Count());
        Assert.Equal(7, made.Spans.Count);
    }

    [Theory]
    [InlineData("message.updated", """{"info":{"id":"m","sessionID":"ses_1","role":"system","time":{"created":1,"completed":2}}}""")]
    [InlineData("message.updated", """{"info":{"id":"m","sessionID":"ses_1","role":"Assistant","time":{"created":1,"completed":2}}}""")]
    [InlineData("message.part.updated", """{"part":{"id":"p","messageID":"m","sessionID":"ses_1","type":"hologram","text":"x"}}""")]
    [InlineData("message.part.updated", """{"part":{"id":"p","messageID":"m","sessionID":"ses_1","type":"tool","tool":"t","callID":"c","state":{"status":"dreaming"}}}""")]
    [InlineData("session.status", """{"sessionID":"ses_1","status":{"type":"sleepy"}}""")]
    [InlineData("session.exploded", """{"sessionID":"ses_1"}""")]
    [InlineData("permission.replied", """{"sessionID":"ses_1","requestID":"r"}""")]
    [InlineData("message.removed", """{"sessionID":"ses_1","messageID":"never seen"}""")]
    [InlineData("session.deleted", """{"sessionID":"never seen"}""")]
    public void What_is_not_known_makes_nothing_and_harms_nothing(string type, string properties)
    {
        Telemetry alone = JsonStream.Read(JsonStream.Event(type, properties));
        Assert.Equal((0, 0, 0), (alone.Spans.Count, alone.Logs.Count, alone.Measurements.Count));

        Assert.Equal(JsonStream.Read(Stream()).Lines(), JsonStream.Read([JsonStream.Event(type, properties), .. Stream()]).Lines());
    }

    [Fact]
    public void Lone_surrogates_anywhere_become_replacement_characters()
    {
        const string Odd = "x\\ud800y\\udc00";
        string[] stream =
        [
            .. Stream(session: Odd).Select(line => line.Replace("acme", Odd, StringComparison.Ordinal).Replace("build", Odd, StringComparison.Ordinal).Replace("bash", Odd, StringComparison.Ordinal)),
            JsonStream.Event("session.error", $$"""{"error":{"name":"{{Odd}}","data":{"message":"{{Odd}}"} } }"""),
            JsonStream.Part("text", $"\"text\":\"{Odd}\"", Some.Prompt, Odd),
        ];

        Telemetry made = JsonStream.Read(new TelemetryOptions { CaptureContent = true }, stream);

        Assert.Equal("x\uFFFDy\uFFFD", Assert.Single(made.SessionSpans).SessionId);
        Assert.Equal("x\uFFFDy\uFFFD: x\uFFFDy\uFFFD", Assert.Single(made.LogsOf("session.error"))["error"]);
        IEnumerable<string> texts = made.Lines();
        Assert.All(texts, text => Assert.DoesNotContain(text, char.IsSurrogate));
        Assert.All(texts, text => Assert.True(Utf8.IsValid(Encoding.UTF8.GetBytes(text))));
    }

    [Fact]
    public void A_hundred_thousand_sessions_stay_within_the_bounds_and_are_counted()
    {
        var made = new Telemetry();
        for (int number = 0; number < 100_000; number++)
        {
            string session = $"ses_{number}";
            made.Then(Some.SessionCreated(session, T + number), Some.UserMessage($"msg_u{number}", session, T + number), Some.AssistantMessage($"msg_a{number}", session, $"msg_u{number}", T + number));
        }

        EnrichingCounts counts = made.Enricher.Counts;
        Assert.Equal((90_000, 0, 80_000), (counts.SessionsEnded, counts.SessionsForgotten, counts.PastSessionsForgotten));
        Assert.Equal((90_000, 90_000), (made.SessionSpans.Count(), made.EndedSessions.Count));
        made.Complete();
        Assert.Equal((100_000, 100_000, 100_000), (made.SessionSpans.Count(), made.LlmSpans.Count(), made.EndedSessions.Count));
        Assert.Equal(200_000, made.Spans.Select(span => span.SpanId).Distinct().Count());
    }

    [Fact]
    public void One_event_from_the_far_future_does_not_move_a_replays_clock()
    {
        Telemetry made = Telemetry.Of(
            Some.SessionCreated(),
            Some.UserMessage(),
            Some.ToolRunning("call_mad", start: T + (50 * Year)),
            Some.AssistantMessage(),
            Some.Idle(at: T + 1000),
            Some.ToolFailed("call_mad", start: T + (50 * Year), end: T + (50 * Year)),
            Some.AssistantMessage(completed: T + 2000),
            Some.Error());

        Assert.Equal(T + 2000, made.Enricher.Now);
        Assert.Equal((T, T + 2000), (Assert.Single(made.SessionSpans).Start, made.SessionSpans.Single().End));
        Assert.Equal(T + 2000, Assert.Single(made.LogsOf("session.error")).Time);
        Assert.Equal(2, made.Enricher.Counts.LeapsOfTime);
    }

    [Fact]
    public void A_session_that_claims_to_be_of_the_far_future_does_not_make_its_messages_history()
    {
        Telemetry made = Telemetry.Of(
            Some.SessionCreated("ses_other"), Some.UserMessage("msg_other", "ses_other", T + 1), Some.SessionCreated(at: T + (50 * Year)), Some.UserMessage(), Some.CompletedMessage(), Some.Idle());

        Assert.Equal(1.0, made.Sum("message.count"));
        Assert.Equal((T + 700, T + 700), (made.SessionSpans.Single().Start, made.SessionSpans.Single().End));
    }

    [Fact]
    public void A_fork_after_days_of_silence_does_not_count_its_history()
    {
        Telemetry made = Telemetry.Of(
            Some.SessionCreated("ses_other"),
            Some.UserMessage(session: "ses_other", at: T + 1000),
            Some.SessionCreated(at: T + (Year / 10)),
            Some.SessionUpdated(at: T + (Year / 10)),
            Some.UserMessage(at: T + 50),
            Some.CompletedMessage(at: T + 60));

        Assert.Equal(0.0, made.Sum("message.count"));
    }

    [Fact]
    public void Event_times_that_are_ahead_of_our_clock_do_not_make_a_run_wait_longer()
    {
        var time = new ManualTime(T - (30 * 60 * 1000));
        Telemetry made = new Telemetry(new TelemetryOptions(), time: time)
            .Then(Some.SessionCreated(), Some.UserMessage(), Some.AssistantMessage(), Some.Idle(at: T + 1000));

        time.Milliseconds += 4999;
        made.Enricher.Tick();
        Assert.Empty(made.SessionSpans);

        time.Milliseconds += 1;
        made.Enricher.Tick();
        Assert.Equal(T + 6000, Assert.Single(made.SessionSpans).End);
    }

    [Fact]
    public void Event_times_that_are_behind_our_clock_or_go_back_do_not_make_a_run_wait_shorter()
    {
        var time = new ManualTime(T + Year);
        Telemetry made = new Telemetry(new TelemetryOptions(), time: time)
            .Then(Some.SessionCreated(), Some.UserMessage(), Some.AssistantMessage(), Some.Idle(at: T + 1000))
            .Then(Some.SessionUpdated("ses_other", T + 9000), Some.SessionUpdated("ses_other", T - 9000));
        Assert.Empty(made.SessionSpans);

        time.Milliseconds += 5000;
        made.Enricher.Tick();
        Assert.Single(made.SessionSpans);
    }

    private static IEnumerable<string> Stream(string session = Some.Session) =>
    [
        JsonStream.Created(session),
        JsonStream.Prompt(session: session),
        JsonStream.Part("text", "\"text\":\"Say hello\"", Some.Prompt, session),
        JsonStream.Message(",\"time\":{\"created\":1795000000200}", session: session),
        JsonStream.Tool(Running, session),
        JsonStream.Tool(Done, session),
        JsonStream.Message(session: session),
        JsonStream.Idle(session),
    ];
}
