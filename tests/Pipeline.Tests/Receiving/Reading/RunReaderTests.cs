using System.Globalization;
using System.Text;
using System.Text.Json;
using OpencodeOtel.Pipeline.Receiving;
using OpencodeOtel.Pipeline.Receiving.Reading;
using OpencodeOtel.Pipeline.Tests.Enriching;
using OpencodeOtel.Pipeline.Tests.Support;

namespace OpencodeOtel.Pipeline.Tests.Receiving.Reading;

public sealed class RunReaderTests
{
    public static TheoryData<string> RunRecordings => [.. Recordings.Run];

    public static TheoryData<string, string> Lines => new()
    {
        {
            """{"type":"step_start","timestamp":5,"sessionID":"s1","part":{"id":"p1","messageID":"m1","sessionID":"s1","type":"step-start"}}""",
            "MessageUpdated session=s1 id=m1 role=Assistant created=5 at=5"
        },
        {
            """{"part":{"cost":0.5,"tokens":{"total":9,"input":1,"output":2,"reasoning":3,"cache":{"write":5,"read":4}},"reason":"stop","messageID":"m1"},"sessionID":"s1","timestamp":5,"type":"step_finish"}""",
            "MessageUpdated session=s1 id=m1 role=Assistant completed=5 cost=0.5 tokens=1/2/3/4/5 finish=stop at=5"
        },
        {
            """{"type":"text","timestamp":9,"sessionID":"s1","part":{"type":"text","id":"p1","messageID":"m1","sessionID":"s1","text":"a\nb","time":{"start":5,"end":7}}}""",
            "PartUpdated session=s1 type=Text id=p1 message=m1 text='a\nb' start=5 end=7 at=9"
        },
        {
            """{"type":"tool_use","timestamp":9,"sessionID":"s1","part":{"type":"tool","id":"p1","messageID":"m1","tool":"edit","callID":"c1","state":{"status":"completed","input":{"x":1},"output":"o","metadata":{"filediff":{"additions":2,"deletions":1}},"time":{"start":5,"end":7}}}}""",
            "PartUpdated session=s1 type=Tool id=p1 message=m1 tool=edit call=c1 status=Completed input={\"x\":1} output='o' lines=1:+2-1 start=5 end=7 at=9"
        },
        {
            """{"type":"error","timestamp":5,"sessionID":"s1","error":{"name":"APIError","data":{"message":"no"}}}""",
            "SessionError session=s1 failed=yes errorName=APIError errorMessage='no' at=5"
        },
    };

    public static TheoryData<string> Bad =>
    [
        """{"type":"step_start"}""",
        """{"type":"step_start","timestamp":5,"sessionID":"s1"}""",
        """{"type":"step_start","timestamp":5,"sessionID":7,"part":{"messageID":"m1"}}""",
        """{"type":"step_start","timestamp":5,"part":{"messageID":"m1"}}""",
        """{"type":"step_start","timestamp":"soon","sessionID":"s1","part":{"messageID":"m1"}}""",
        """{"type":"step_start","timestamp":{},"sessionID":"s1","part":{"messageID":"m1"}}""",
        """{"type":"step_start","timestamp":5,"sessionID":"s1","part":[]}""",
        """{"type":"step_finish","sessionID":"s1","part":{"messageID":"m1"}}""",
        """{"type":"text","timestamp":5,"sessionID":"s1","part":{"type":"text","id":"p1"}}""",
        """{"type":"tool_use","timestamp":5,"sessionID":"s1","part":{"type":"tool","id":"p1","messageID":"m1","tool":"t"}}""",
        """{"type":"error","timestamp":5,"sessionID":{}}""",
        """{"payload":{"type":"error","sessionID":"s1"}}""",
    ];

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_line_is_handed_on_between_the_start_of_its_session_and_the_idle_at_the_end_of_the_stream(string line, string expected)
    {
        Sequence read = Sequence.Of(line);
        string last = Sequence.Said(expected, "at");
        Assert.Equal([$"SessionCreated session=s1 created={last} at={last}", expected, $"SessionIdle session=s1 at={last}"], read.Calls);
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_line_without_what_matters_is_bad_and_makes_no_session_known(string line)
    {
        Sequence read = Sequence.Of(line);
        Assert.Empty(read.Calls);
        Assert.Equal(1, read.Receiver.Counts[EventOutcome.BadShape]);
    }

    [Theory]
    [InlineData("""{"type":"reasoning","timestamp":5,"sessionID":"s1","part":{"type":"reasoning"}}""", "Skipped")]
    [InlineData("""{"type":"text","timestamp":5,"sessionID":"s1","part":{"type":"patch"}}""", "Skipped")]
    [InlineData("""{"type":"text","timestamp":5,"sessionID":"s1",""", "BadJson")]
    [InlineData("""{"type":"error","timestamp":5,"sessionID":"s1"} 7""", "BadJson")]
    public void Another_line_leads_to_nothing(string line, string expected)
    {
        Sequence read = Sequence.Of(line);
        Assert.Empty(read.Calls);
        Assert.Equal(1, read.Receiver.Counts[Enum.Parse<EventOutcome>(expected)]);
    }

    [Fact]
    public void An_error_without_a_session_is_handed_on_alone() =>
        Assert.Equal(["SessionError failed=yes errorName=E at=5"], Sequence.Of("""{"type":"error","timestamp":5,"error":{"name":"E"}}""").Calls);

    [Fact]
    public void Sessions_end_in_the_order_of_their_first_lines_each_at_its_last_time()
    {
        string Line(string session, int time) => $$"""{"type":"error","timestamp":{{time}},"sessionID":"{{session}}"}""";
        Sequence read = Sequence.Of(Line("b", 3), Line("a", 4), Line("b", 6));
        Assert.Equal(["SessionIdle session=b at=6", "SessionIdle session=a at=4"], read.Calls[^2..]);
        read.Receiver.Complete();
        Assert.Equal(7, read.Calls.Count);
    }

    [Fact]
    public void Of_too_many_sessions_the_first_is_idle_at_once_and_counted()
    {
        Sequence read = Sequence.Of(Enumerable.Range(1, RunReader.MostSessions + 1).Select(time => $$"""{"type":"error","timestamp":{{time}},"sessionID":"s{{time}}"}"""));
        Assert.Equal(1, read.Receiver.Forgotten);
        Assert.Equal("SessionIdle session=s1 at=1", read.Calls[2 * RunReader.MostSessions]);
        Assert.Equal(RunReader.MostSessions + 1, read.Calls.Count(call => call.StartsWith("SessionIdle", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(RunRecordings))]
    public void A_recording_has_the_steps_tokens_costs_and_tools_that_a_document_says(string name)
    {
        List<string> calls = Sequence.Of(Recordings.Read(name)).Calls;
        RunFacts facts = RunFacts.Of(name);
        string[] completed = [.. calls.Where(call => Sequence.Said(call, "completed").Length > 0)];
        Assert.Equal(facts.Steps, completed.Length);
        Assert.Equal(facts.Tokens, completed.Sum(call => Sequence.Said(call, "tokens").Split('/').Sum(count => long.Parse(count, CultureInfo.InvariantCulture))));
        Assert.Equal(facts.Cost, completed.Sum(call => double.Parse(Sequence.Said(call, "cost"), CultureInfo.InvariantCulture)), 1e-12);
        Assert.Equal(facts.Tools, calls.Count(call => Sequence.Said(call, "status") is "Completed" or "Error"));
        Assert.Equal(facts.Errors, calls.Count(call => call.StartsWith("SessionError", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(RunRecordings))]
    public void The_telemetry_of_a_recording_holds_what_it_holds_and_its_run_ends_as_idle(string name)
    {
        RunFacts facts = RunFacts.Of(name);
        Telemetry made = new();
        EventReceiver receiver = new(made.Enricher, 1 << 26);
        receiver.Push(Recordings.Read(name));
        receiver.Complete();
        Assert.Single(made.LogsOf("session.idle"));
        Assert.Single(made.SessionSpans);
        made.Complete();
        Assert.Equal(1, made.Sum("session.count"));
        Assert.Equal(facts.Steps, made.Sum("message.count"));
        Assert.Equal(facts.Tokens, made.Sum("token.usage"));
        Assert.Equal(facts.Cost, made.Sum("cost.usage"), 1e-9);
        Assert.Equal(facts.Tools, made.MeasurementsOf("tool.duration").Count());
        Assert.Equal(facts.Errors, made.LogsOf("session.error").Count());
    }

    private sealed record RunFacts(int Steps, int Tools, int Errors, long Tokens, double Cost)
    {
        public static RunFacts Of(string name)
        {
            JsonElement[] lines = [.. Encoding.UTF8.GetString(Recordings.Read(name)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
            JsonElement[] Of(string type) => [.. lines.Where(line => line.GetProperty("type").GetString() == type)];
            JsonElement[] steps = [.. Of("step_finish").Select(line => line.GetProperty("part"))];
            return new RunFacts(
                steps.Length,
                Of("tool_use").Length,
                Of("error").Length,
                steps.Sum(part => part.GetProperty("tokens").GetProperty("total").GetInt64()),
                steps.Sum(part => part.GetProperty("cost").GetDouble()));
        }
    }
}
