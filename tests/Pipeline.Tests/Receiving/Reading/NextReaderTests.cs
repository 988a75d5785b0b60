using System.Text;
using System.Text.Json;
using OpencodeOtel.Pipeline.Receiving;
using OpencodeOtel.Pipeline.Receiving.Reading;
using OpencodeOtel.Pipeline.Tests.Support;

namespace OpencodeOtel.Pipeline.Tests.Receiving.Reading;

public sealed class NextReaderTests
{
    private const string Step = "\"assistantMessageID\":\"m1\",\"callID\":\"c1\"";

    public static TheoryData<string> SecondInterface => [.. Recordings.SecondInterface];

    public static TheoryData<string, string, string[]> Events => new()
    {
        {
            "prompted",
            """{"timestamp":5,"sessionID":"s1","messageID":"u1","prompt":{"text":"a\nb"}}""",
            ["MessageUpdated session=s1 id=u1 role=User created=5 at=5", "PartUpdated session=s1 type=Text id=u1 message=u1 text='a\nb' at=5"]
        },
        {
            "prompted",
            """{"timestamp":5,"sessionID":"s1","messageID":"u1","prompt":{"files":[{"uri":"file:///a","name":"a\n"},{"uri":"b"},7],"text":"t","agents":[{"name":"plan"}]}}""",
            [
                "MessageUpdated session=s1 id=u1 role=User created=5 at=5",
                "PartUpdated session=s1 type=Text id=u1 message=u1 text='t' at=5",
                "PartUpdated session=s1 type=File id=f0 message=u1 label='a\n' at=5",
                "PartUpdated session=s1 type=File id=f1 message=u1 label='b' at=5",
                "PartUpdated session=s1 type=File id=f2 message=u1 at=5",
                "PartUpdated session=s1 type=Agent id=a0 message=u1 label='plan' at=5",
            ]
        },
        { "prompted", """{"timestamp":5,"sessionID":"s1","messageID":"u1","prompt":{"files":7,"agents":null}}""", ["MessageUpdated session=s1 id=u1 role=User created=5 at=5", "PartUpdated session=s1 type=Text id=u1 message=u1 at=5"] },
        {
            "prompted",
            """{"timestamp":5,"sessionID":"s1","messageID":"u1","prompt":{"files":[{"name":"","uri":"f"}]}}""",
            [
                "MessageUpdated session=s1 id=u1 role=User created=5 at=5",
                "PartUpdated session=s1 type=Text id=u1 message=u1 at=5",
                "PartUpdated session=s1 type=File id=f0 message=u1 label='f' at=5",
            ]
        },
        {
            "step.ended",
            """{"timestamp":5,"sessionID":"s1","assistantMessageID":"m1","cost":"1","tokens":"x"}""",
            ["MessageUpdated session=s1 id=m1 role=Assistant completed=5 at=5"]
        },
        {
            "step.started",
            """{"timestamp":"1970-01-01T00:00:00.005Z","sessionID":"s1","assistantMessageID":"m1","agent":"build","model":{"id":"m","providerID":"p"}}""",
            ["MessageUpdated session=s1 id=m1 role=Assistant agent=build provider=p model=m created=5 at=5"]
        },
        {
            "step.ended",
            """{"timestamp":5,"sessionID":"s1","assistantMessageID":"m1","finish":"stop","cost":0.5,"tokens":{"input":1,"output":2,"reasoning":3,"cache":{"read":4,"write":5}}}""",
            ["MessageUpdated session=s1 id=m1 role=Assistant completed=5 cost=0.5 tokens=1/2/3/4/5 finish=stop at=5"]
        },
        {
            "step.failed",
            """{"timestamp":5,"sessionID":"s1","assistantMessageID":"m1","error":{"type":"unknown","message":"no"}}""",
            ["MessageUpdated session=s1 id=m1 role=Assistant completed=5 failed=yes errorName=unknown errorMessage='no' at=5"]
        },
        { "tool.input.started", $$"""{"timestamp":5,"sessionID":"s1",{{Step}},"name":"read"}""", ["PartUpdated session=s1 type=Tool id=c1 message=m1 tool=read call=c1 status=Pending at=5"] },
        {
            "tool.called",
            $$"""{"timestamp":5,"sessionID":"s1",{{Step}},"tool":"bash","input":{"command":"ls"} }""",
            ["PartUpdated session=s1 type=Tool id=c1 message=m1 tool=bash call=c1 status=Running input={\"command\":\"ls\"} command='ls' start=5 at=5"]
        },
        {
            "tool.success",
            $$"""{"timestamp":5,"sessionID":"s1",{{Step}},"structured":{"exit":3},"content":[{"type":"file"},{"type":"text","text":"out"},{"type":"text","text":"more"}]}""",
            ["PartUpdated session=s1 type=Tool id=c1 message=m1 call=c1 status=Completed output='out\nmore' exit=3 end=5 at=5"]
        },
        {
            "tool.success",
            $$"""{"timestamp":5,"sessionID":"s1",{{Step}},"structured":{"content":"file","filediff":{"additions":2,"deletions":1} },"content":[]}""",
            ["PartUpdated session=s1 type=Tool id=c1 message=m1 call=c1 status=Completed output='file' lines=1:+2-1 end=5 at=5"]
        },
        { "tool.failed", $$"""{"timestamp":5,"sessionID":"s1",{{Step}},"error":{"message":"no"} }""", ["PartUpdated session=s1 type=Tool id=c1 message=m1 call=c1 status=Error error='no' end=5 at=5"] },
        { "tool.failed", $$"""{"timestamp":5,"sessionID":"s1",{{Step}},"error":"no"}""", ["PartUpdated session=s1 type=Tool id=c1 message=m1 call=c1 status=Error error='no' end=5 at=5"] },
        { "text.ended", """{"timestamp":5,"sessionID":"s1","assistantMessageID":"m1","textID":"t1","text":"hi"}""", ["PartUpdated session=s1 type=Text id=t1 message=m1 text='hi' end=5 at=5"] },
        { "retried", """{"timestamp":5,"sessionID":"s1","attempt":2,"error":{}}""", ["SessionStatus session=s1 type=Retry attempt=2 at=5"] },
        { "retry.scheduled", """{"timestamp":5,"sessionID":"s1","attempt":2}""", ["SessionStatus session=s1 type=Retry attempt=2 at=5"] },
        {
            "shell.started",
            """{"timestamp":5,"sessionID":"s1","callID":"c1","command":"echo \"a\""}""",
            ["PartUpdated session=s1 type=Tool id=c1 tool=bash call=c1 status=Running input={\"command\":\"echo \\\"a\\\"\"} command='echo \"a\"' start=5 at=5"]
        },
        { "shell.ended", """{"timestamp":5,"sessionID":"s1","callID":"c1","output":"a"}""", ["PartUpdated session=s1 type=Tool id=c1 tool=bash call=c1 status=Completed output='a' end=5 at=5"] },
        { "execution.succeeded", """{"timestamp":5,"sessionID":"s1"}""", ["SessionIdle session=s1 at=5"] },
        {
            "execution.failed",
            """{"timestamp":5,"sessionID":"s1","error":{"type":"api","message":"no"}}""",
            ["SessionError session=s1 failed=yes errorName=api errorMessage='no' at=5", "SessionIdle session=s1 at=5"]
        },
        { "execution.interrupted", """{"timestamp":5,"sessionID":"s1"}""", ["SessionError session=s1 failed=yes at=5", "SessionIdle session=s1 at=5"] },
    };

    public static TheoryData<string, string> Bad => new()
    {
        { "prompted", """{"timestamp":5,"messageID":"u1"}""" },
        { "prompted", """{"timestamp":5,"sessionID":"s1"}""" },
        { "prompted", """{"timestamp":"soon","sessionID":"s1","messageID":"u1"}""" },
        { "step.started", """{"timestamp":[],"sessionID":"s1","assistantMessageID":"m1"}""" },
        { "step.started", """{"timestamp":5,"sessionID":"s1","assistantMessageID":7}""" },
        { "step.ended", """{"sessionID":"s1","assistantMessageID":"m1"}""" },
        { "step.failed", """{"timestamp":5,"sessionID":"s1"}""" },
        { "tool.called", """{"timestamp":5,"sessionID":"s1","tool":"t"}""" },
        { "tool.success", """{"timestamp":5,"sessionID":"s1","callID":7}""" },
        { "shell.started", """{"timestamp":5,"sessionID":"s1"}""" },
        { "execution.succeeded", """{"timestamp":5}""" },
    };

    [Theory]
    [MemberData(nameof(Events))]
    public void An_event_is_handed_on_with_what_it_says_under_either_name_and_in_either_shape(string name, string body, string[] expected)
    {
        Assert.Equal(expected, Sequence.Of(Bus("session.next." + name, body)).Calls);
        Assert.Equal(expected, Sequence.Of(Bus("session." + name, body)).Calls);
        Assert.Equal(expected, Sequence.Of($$"""{"type":"session.next.{{name}}","durable":{"seq":1},"data":{{body}}}""").Calls);
        Assert.Equal(expected, Sequence.Of($$"""{"data":{{body}},"type":"session.next.{{name}}"}""").Calls);
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void An_event_without_what_matters_is_bad(string name, string body)
    {
        Sequence read = Sequence.Of(Bus("session.next." + name, body));
        Assert.Empty(read.Calls);
        Assert.Equal(1, read.Receiver.Counts[EventOutcome.BadShape]);
    }

    [Theory]
    [InlineData("session.next.prompt.admitted")]
    [InlineData("session.next.text.delta")]
    [InlineData("session.next.idle")]
    [InlineData("session.usage.updated")]
    public void Other_events_are_skipped(string type) =>
        Assert.Equal(1, Sequence.Of(Bus(type, """{"timestamp":5,"sessionID":"s1","messageID":"u1"}""")).Receiver.Counts[EventOutcome.Skipped]);

    [Fact]
    public void A_step_answers_the_prompt_before_it_also_if_another_comes_before_its_end()
    {
        List<string> calls = Sequence.Of(
            Bus("session.next.prompted", """{"timestamp":1,"sessionID":"s1","messageID":"u1","prompt":{}}"""),
            Bus("session.next.step.started", """{"timestamp":2,"sessionID":"s1","assistantMessageID":"m1"}"""),
            Bus("session.next.prompted", """{"timestamp":3,"sessionID":"s1","messageID":"u2","prompt":{}}"""),
            Bus("session.next.step.ended", """{"timestamp":4,"sessionID":"s1","assistantMessageID":"m1"}"""),
            Bus("session.next.step.started", """{"timestamp":5,"sessionID":"s2","assistantMessageID":"m2"}"""),
            Bus("session.next.step.started", """{"timestamp":6,"sessionID":"s1","assistantMessageID":"m3"}""")).Calls;
        Assert.Equal(
            [
                "MessageUpdated session=s1 id=m1 role=Assistant parent=u1 created=2 at=2",
                "MessageUpdated session=s1 id=m1 role=Assistant parent=u1 created=2 completed=4 at=4",
                "MessageUpdated session=s2 id=m2 role=Assistant created=5 at=5",
                "MessageUpdated session=s1 id=m3 role=Assistant parent=u2 created=6 at=6",
            ],
            calls.Where(call => Sequence.Said(call, "role") == "Assistant"));
    }

    [Fact]
    public void The_first_step_that_answers_a_prompt_says_whom_it_asks()
    {
        List<string> calls = Sequence.Of(
            Bus("session.next.step.started", """{"timestamp":1,"sessionID":"s1","assistantMessageID":"m0","agent":"plan"}"""),
            Bus("session.next.prompted", """{"timestamp":2,"sessionID":"s1","messageID":"u1","prompt":{}}"""),
            Bus("session.next.step.started", """{"timestamp":3,"sessionID":"s1","assistantMessageID":"m1","agent":"build","model":{"id":"m","providerID":"p"}}"""),
            Bus("session.next.step.started", """{"timestamp":4,"sessionID":"s1","assistantMessageID":"m2","agent":"plan"}"""),
            Bus("session.next.prompted", """{"timestamp":5,"sessionID":"s1","messageID":"u2","prompt":{}}"""),
            Bus("session.next.step.started", """{"timestamp":6,"sessionID":"s1","assistantMessageID":"m3","agent":"plan"}""")).Calls;
        Assert.Equal(
            [
                "MessageUpdated session=s1 id=u1 role=User created=2 at=2",
                "MessageUpdated session=s1 id=u1 role=User agent=build provider=p model=m created=2 at=3",
                "MessageUpdated session=s1 id=u2 role=User created=5 at=5",
                "MessageUpdated session=s1 id=u2 role=User agent=plan created=5 at=6",
            ],
            calls.Where(call => Sequence.Said(call, "role") == "User"));
    }

    [Theory]
    [InlineData("""[{"type":"text","text":"a"}]""", "a")]
    [InlineData("""[{"type":"text","text":"a"},{"type":"text","text":"b"},{"type":"text","text":"c"}]""", "a\nb\nc")]
    [InlineData("""[{"type":"text","text":"a\n"},{"type":"file"},{"type":"text","text":"\u00e9"}]""", "a\n\né")]
    [InlineData("""[{"type":"text","text":""},{"type":"text","text":"b"}]""", "\nb")]
    [InlineData("""[{"\u0074ext":"a\tb"},{"\u0074ext":"c"}]""", "a\tb\nc")]
    public void The_output_is_all_texts_one_a_line(string content, string output)
    {
        string call = Assert.Single(Sequence.Of(Bus("session.next.tool.success", $$"""{"timestamp":5,"sessionID":"s1","callID":"c1","content":{{content}}}""")).Calls);
        Assert.Contains($" output='{output}' ", call, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_command_is_kept_to_the_end_of_its_call()
    {
        string command = new('x', NextMemory.LongestInput - 14);
        List<string> calls = Sequence.Of(
            Bus("session.next.tool.called", $$$"""{"timestamp":2,"sessionID":"s1","callID":"c1","tool":"bash","input":{"command":"{{{command}}}"}}"""),
            Bus("session.next.tool.success", """{"timestamp":4,"sessionID":"s1","callID":"c1"}"""),
            Bus("session.next.shell.started", $$"""{"timestamp":5,"sessionID":"s1","callID":"c2","command":"{{command}}"}"""),
            Bus("session.next.shell.ended", """{"timestamp":6,"sessionID":"s1","callID":"c2"}""")).Calls;
        Assert.Contains($" command='{command}' ", calls[1], StringComparison.Ordinal);
        Assert.Contains($" command='{command}' ", calls[3], StringComparison.Ordinal);
    }

    [Fact]
    public void Inputs_beyond_their_room_are_not_kept_and_this_is_counted()
    {
        const int Length = NextMemory.LongestInput;
        int fit = NextMemory.MostInput / Length;
        string input = $$"""{"command":"{{new string('x', Length - 14)}}"}""";
        Sequence read = Sequence.Of(
            Enumerable.Range(0, fit + 2).Select(call => Bus("session.next.tool.called", $$"""{"timestamp":1,"sessionID":"s1","callID":"c{{call}}","tool":"t","input":{{input}}}"""))
                .Concat(Enumerable.Range(0, fit + 2).Select(call => Bus("session.next.tool.success", $$"""{"timestamp":2,"sessionID":"s1","callID":"c{{call}}"}""")))
                .Append(Bus("session.next.tool.called", $$"""{"timestamp":1,"sessionID":"s1","callID":"c","tool":"t","input":{{input}}}"""))
                .Append(Bus("session.next.tool.success", """{"timestamp":2,"sessionID":"s1","callID":"c"}""")));
        string[] ends = [.. read.Calls.Where(call => Sequence.Said(call, "status") == "Completed")];
        Assert.Equal(fit, ends[..^1].Count(call => Sequence.Said(call, "input").Length > 0));
        Assert.Equal(2, ends[..^1].Count(call => Sequence.Said(call, "input").Length == 0));
        Assert.InRange(read.Receiver.Forgotten, 2, 3);
    }

    [Fact]
    public void The_end_of_a_call_has_its_tool_input_and_start_once()
    {
        List<string> calls = Sequence.Of(
            Bus("session.next.tool.input.started", """{"timestamp":1,"sessionID":"s1","assistantMessageID":"m1","callID":"c1","name":"bash"}"""),
            Bus("session.next.tool.called", """{"timestamp":2,"sessionID":"s1","assistantMessageID":"m1","callID":"c1","input":{"command":"a\nb"}}"""),
            Bus("session.next.tool.called", """{"timestamp":3,"sessionID":"s2","assistantMessageID":"m1","callID":"c1","tool":"read","input":{}}"""),
            Bus("session.next.tool.success", """{"timestamp":4,"sessionID":"s1","assistantMessageID":"m1","callID":"c1"}"""),
            Bus("session.next.tool.success", """{"timestamp":5,"sessionID":"s1","assistantMessageID":"m1","callID":"c1"}""")).Calls;
        Assert.Equal("PartUpdated session=s1 type=Tool id=c1 message=m1 tool=bash call=c1 status=Completed input={\"command\":\"a\\nb\"} command='a\nb' start=2 end=4 at=4", calls[3]);
        Assert.Equal("PartUpdated session=s1 type=Tool id=c1 message=m1 call=c1 status=Completed end=5 at=5", calls[4]);
    }

    [Fact]
    public void A_shell_command_is_a_call_of_bash_with_an_input_to_its_end()
    {
        List<string> calls = Sequence.Of(
            Bus("session.next.shell.started", """{"timestamp":1,"sessionID":"s1","callID":"c1","command":"git commit"}"""),
            Bus("session.next.shell.ended", """{"timestamp":2,"sessionID":"s1","callID":"c1","output":"ok"}""")).Calls;
        Assert.Equal("PartUpdated session=s1 type=Tool id=c1 tool=bash call=c1 status=Completed input={\"command\":\"git commit\"} command='git commit' output='ok' start=1 end=2 at=2", calls[1]);
    }

    [Fact]
    public void A_long_input_is_handed_on_and_not_kept_and_this_is_counted()
    {
        string input = $$"""{"command":"{{new string('x', NextMemory.LongestInput)}}"}""";
        Sequence read = Sequence.Of(
            Bus("session.next.tool.called", $$"""{"timestamp":2,"sessionID":"s1","callID":"c1","tool":"bash","input":{{input}}}"""),
            Bus("session.next.tool.success", """{"timestamp":4,"sessionID":"s1","callID":"c1"}"""));
        Assert.Contains(input, read.Calls[0], StringComparison.Ordinal);
        Assert.Equal("PartUpdated session=s1 type=Tool id=c1 tool=bash call=c1 status=Completed start=2 end=4 at=4", read.Calls[1]);
        Assert.Equal(1, read.Receiver.Forgotten);
    }

    [Fact]
    public void Of_too_many_open_calls_the_first_is_forgotten_and_counted()
    {
        Sequence read = Sequence.Of(
            Enumerable.Range(0, NextMemory.MostCalls + 1).Select(call => Bus("session.next.tool.called", $$"""{"timestamp":1,"sessionID":"s1","callID":"c{{call}}","tool":"t"}"""))
                .Append(Bus("session.next.tool.success", """{"timestamp":2,"sessionID":"s1","callID":"c0"}""")));
        Assert.Equal("PartUpdated session=s1 type=Tool id=c0 call=c0 status=Completed end=2 at=2", read.Calls[^1]);
        Assert.InRange(read.Receiver.Forgotten, 1, 2);
    }

    [Fact]
    public void A_stream_of_all_shapes_gives_each_event_once()
    {
        string prompt = Bus("session.next.prompted", """{"timestamp":1,"sessionID":"s1","messageID":"u1","prompt":{}}""").Replace("{\"type\"", "{\"id\":\"e1\",\"type\"", StringComparison.Ordinal);
        Sequence read = Sequence.Of(
            prompt,
            $$"""data: {"payload":{{prompt}}}""",
            "",
            """{"type":"text","timestamp":9,"sessionID":"s2","part":{"type":"text","id":"p1","messageID":"m1","text":"t"}}""",
            """{"id":"e1","type":"session.next.prompted","data":{"timestamp":1,"sessionID":"s1","messageID":"u1"}}""",
            """{"hook":"event","event":{"id":"e2","type":"session.idle","properties":{"sessionID":"s3"}}}""");
        Assert.Equal(["MessageUpdated", "PartUpdated", "SessionCreated", "PartUpdated", "SessionIdle", "SessionIdle"], read.Calls.Select(call => call.Split(' ')[0]));
        Assert.Equal(2, read.Receiver.Counts[EventOutcome.Duplicate]);
    }

    [Theory]
    [MemberData(nameof(SecondInterface))]
    public void A_recording_has_the_prompts_steps_texts_and_tools_that_a_document_says(string name)
    {
        List<string> calls = Sequence.Of(Recordings.Read(name)).Calls;
        string[] types = [.. Encoding.UTF8.GetString(Recordings.Read(name)).Split('\n').Where(line => line.StartsWith("data:", StringComparison.Ordinal)).Select(TypeOf)];
        int Count(params string[] ends) => types.Count(type => ends.Any(end => type == "session.next." + end));
        Assert.Equal(4, Count("prompted"));
        string[] prompts = [.. calls.Where(call => Sequence.Said(call, "role") == "User")];
        Assert.Equal(Count("prompted"), prompts.Select(call => Sequence.Said(call, "id")).Distinct().Count());
        Assert.Equal(Count("prompted"), prompts.Count(call => Sequence.Said(call, "agent").Length == 0));
        Assert.Equal(Count("prompted"), prompts.Count(call => Sequence.Said(call, "agent") == "build" && Sequence.Said(call, "model").Length > 0));
        Assert.Equal(Count("step.started", "step.ended", "step.failed"), calls.Count(call => Sequence.Said(call, "role") == "Assistant"));
        Assert.Equal(Count("step.ended", "step.failed"), calls.Count(call => Sequence.Said(call, "completed").Length > 0));
        Assert.Equal(Count("step.failed"), calls.Count(call => call.Contains(" failed=yes", StringComparison.Ordinal)));
        Assert.Equal(Count("tool.success", "tool.failed"), calls.Count(call => Sequence.Said(call, "status") is "Completed" or "Error"));
        Assert.Equal(Count("text.ended") + Count("prompted"), calls.Count(call => Sequence.Said(call, "type") == "Text"));
        Assert.All(
            calls.Where(call => Sequence.Said(call, "status") == "Completed"),
            call => Assert.All(["tool", "input", "start", "end"], member => Assert.NotEmpty(Sequence.Said(call, member))));
        Assert.All(calls.Where(call => Sequence.Said(call, "role") == "Assistant"), call => Assert.All(["parent", "created"], member => Assert.NotEmpty(Sequence.Said(call, member))));
    }

    [Fact]
    public void All_recordings_of_one_session_give_the_same_calls()
    {
        List<string>[] calls = [.. Recordings.SecondInterface.Select(name => Sequence.Of(Recordings.Read(name)).Calls)];
        Assert.Equal(calls[0], calls[1]);
        Assert.Equal(calls[0], calls[2]);

        // The stream of one session does not say that it was created.
        Assert.Equal(calls[0].Where(call => !call.StartsWith("SessionCreated", StringComparison.Ordinal)), calls[3]);
    }

    private static string Bus(string type, string body) => $$"""{"type":"{{type}}","properties":{{body}}}""";

    private static string TypeOf(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line[5..]);
        JsonElement root = document.RootElement;
        return (root.TryGetProperty("payload", out JsonElement payload) ? payload : root).GetProperty("type").GetString()!;
    }
}
