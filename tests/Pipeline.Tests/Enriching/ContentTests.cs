using System.Text;
using System.Text.Json;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Enriching;

namespace OpencodeOtel.Pipeline.Tests.Enriching;

/// <summary>Section 4 of the specification, content: prompts, answers, tool inputs and outputs: only when asked for, and in bounds.</summary>
public class ContentTests
{
    private static readonly TelemetryOptions Capture = new() { CaptureContent = true, UseEventClock = true };

    [Fact]
    public void Without_capture_no_signal_has_content()
    {
        Telemetry made = Telemetry.Of(Talk("SECRET prompt", "SECRET answer", """{"command":"SECRET input"}""", "SECRET output"));

        Assert.DoesNotContain(made.Lines(), line => line.Contains("SECRET", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_capture_nothing_that_a_user_or_a_model_wrote_leaks_from_any_field_but_the_four_that_the_specification_names()
    {
        const string Secret = "SECRET";
        Telemetry made = JsonStream.Read(
            JsonStream.Event("session.created", """{"sessionID":"ses_1","info":{"id":"ses_1","projectID":"prj_1","title":"SECRET","directory":"/SECRET","path":"SECRET","time":{"created":1795000000000}}}"""),
            JsonStream.Prompt(",\"system\":\"SECRET\",\"summary\":{\"title\":\"SECRET\",\"diffs\":[{\"file\":\"SECRET\",\"patch\":\"SECRET\",\"additions\":1,\"deletions\":1}]}"),
            JsonStream.Part("text", "\"text\":\"SECRET\"", Some.Prompt),
            JsonStream.Part("file", "\"filename\":\"SECRET\",\"url\":\"SECRET\"", Some.Prompt),
            JsonStream.Part("agent", "\"name\":\"SECRET\"", Some.Prompt),
            JsonStream.Part("subtask", "\"agent\":\"reviewer\",\"description\":\"told\",\"prompt\":\"SECRET\"", Some.Prompt),
            JsonStream.Message(",\"path\":{\"cwd\":\"SECRET\"},\"time\":{\"created\":1795000000200}"),
            JsonStream.Part("reasoning", "\"text\":\"SECRET\""),
            JsonStream.Part("text", "\"text\":\"SECRET\""),
            JsonStream.Tool("""{"status":"running","input":{"command":"SECRET git commit"},"title":"SECRET","metadata":{"output":"SECRET"},"time":{"start":1795000000300}}"""),
            JsonStream.Event("permission.asked", """{"id":"per_1","sessionID":"ses_1","permission":"bash","patterns":["SECRET"],"metadata":{"command":"SECRET"},"tool":{"callID":"call_1"}}"""),
            JsonStream.Event("permission.replied", """{"sessionID":"ses_1","requestID":"per_1","reply":"once"}"""),
            JsonStream.Tool("""{"status":"completed","input":{"command":"git commit -m SECRET"},"output":"SECRET","title":"SECRET","metadata":{"output":"SECRET","exit":0},"time":{"start":1795000000300,"end":1795000000420}}"""),
            JsonStream.Event("session.diff", """{"sessionID":"ses_1","diff":[{"file":"SECRET","before":"SECRET","after":"SECRET","additions":1,"deletions":1}]}"""),
            JsonStream.Event("command.executed", """{"name":"bash","sessionID":"ses_1","arguments":"git commit -m SECRET"}"""),
            JsonStream.Event("session.status", """{"sessionID":"ses_1","status":{"type":"retry","attempt":1,"message":"SECRET","next":1}}"""),
            JsonStream.Event("session.error", """{"sessionID":"ses_1","error":{"name":"APIError","data":{"message":"told","responseBody":"SECRET","responseHeaders":{"x":"SECRET"}}}}"""),
            JsonStream.Message(),
            JsonStream.Idle());

        Assert.Equal(3, made.Spans.Count);
        Assert.Equal(2.0, made.Sum("commit.count"));
        Assert.Contains(made.LogsOf("user_prompt"), log => (long)log["prompt_length"] > Secret.Length);
        Assert.DoesNotContain(made.Lines(), line => line.Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public void A_message_that_the_stream_cuts_off_shows_its_prompt()
    {
        Telemetry made = Telemetry.With(Capture, Some.SessionCreated(), Some.UserMessage(), Some.TextPart("Say hello"), Some.AssistantMessage()).Complete();

        Assert.Equal("Say hello", Assert.Single(made.LlmSpans)["input.value"]);
    }

    [Fact]
    public void With_capture_content_is_on_spans_and_on_nothing_else()
    {
        Telemetry made = Telemetry.With(Capture, Talk("SECRET prompt", "SECRET answer", """{"command":"SECRET input"}""", "SECRET output"));

        MadeSpan llm = Assert.Single(made.LlmSpans);
        Assert.Equal(("SECRET prompt", "text/plain"), (llm["input.value"], llm["input.mime_type"]));
        Assert.Equal("""[{"role":"user","content":"SECRET prompt"}]""", llm["llm.input_messages"]);
        Assert.Equal(("SECRET answer", "text/plain"), (llm["output.value"], llm["output.mime_type"]));
        Assert.Equal("""[{"role":"assistant","content":"SECRET answer"}]""", llm["llm.output_messages"]);
        MadeSpan tool = Assert.Single(made.ToolSpans);
        Assert.Equal(("""{"command":"SECRET input"}""", """{"command":"SECRET input"}""", "application/json"), (tool["tool.parameters"], tool["input.value"], tool["input.mime_type"]));
        Assert.Equal(("SECRET output", "text/plain"), (tool["output.value"], tool["output.mime_type"]));
        Assert.DoesNotContain(made.Logs, log => log.Attributes.Values.OfType<string>().Any(IsSecret));
        Assert.DoesNotContain(made.Measurements, one => one.Attributes.Values.OfType<string>().Any(IsSecret));
    }

    [Fact]
    public void A_message_whose_end_does_not_say_its_prompt_shows_it_all_the_same()
    {
        Telemetry made = Telemetry.With(
            Capture, Some.SessionCreated(), Some.UserMessage(), Some.TextPart("Say hello"), Some.AssistantMessage(), Some.AssistantMessage(parent: "", completed: Some.T0 + 700));

        Assert.Equal("Say hello", Assert.Single(made.LlmSpans)["input.value"]);
    }

    [Theory]
    [InlineData("""{ "a" : [ 1 , null ] }""", """{"a":[1,null]}""")]
    [InlineData("\"ls  -l \\\"x\\\"\"", "\"ls  -l \\\"x\\\"\"")]
    [InlineData("[ 1 , [ ] , null ]", "[1,[],null]")]
    [InlineData("7.50", "7.50")]
    [InlineData("true", "true")]
    [InlineData("false", "false")]
    [InlineData("\"\"", "\"\"")]
    [InlineData("null", null)]
    public void An_input_of_any_kind_is_exported_as_compact_json(string input, string? exported)
    {
        string state = $$$"""{"input": {{{input}}} ,"status":"completed","output":"ok","time":{"start":1795000000300,"end":1795000000420}}""";
        MadeSpan tool = Assert.Single(JsonStream.Read(Capture, JsonStream.Created(), JsonStream.Prompt(), JsonStream.Tool(state), JsonStream.Message()).ToolSpans);

        Assert.Equal(exported, tool.Attributes.GetValueOrDefault("tool.parameters"));
        Assert.Equal(exported, tool.Attributes.GetValueOrDefault("input.value"));
    }

    [Fact]
    public void Each_part_counts_with_its_last_snapshot()
    {
        Telemetry made = Telemetry.With(
            Capture,
            Some.SessionCreated(),
            Some.UserMessage(),
            Some.TextPart("Say", id: "prt_1"),
            Some.TextPart("Say hello", id: "prt_1"),
            Some.TextPart("now", id: "prt_2"),
            Some.AssistantMessage(),
            Some.TextPart("Hel", Some.Message, "prt_3"),
            Some.TextPart("Hello", Some.Message, "prt_3"),
            Some.TextPart("there", Some.Message, "prt_4"),
            Some.CompletedMessage());

        MadeSpan llm = Assert.Single(made.LlmSpans);
        Assert.Equal(("Say hello\nnow", "Hello\nthere"), (llm["input.value"], llm["output.value"]));
    }

    [Fact]
    public void Messages_are_json_whatever_the_text_and_wherever_it_is_cut()
    {
        string text = "\"quoted\" \\ \n\r\t\u0001\u001f grüß 😀 </script>";
        for (int limit = 40; limit < 200; limit++)
        {
            Telemetry made = Telemetry.With(Capture with { ContentLimitBytes = limit }, Talk(text, text, "{}", text));

            MadeSpan llm = Assert.Single(made.LlmSpans);
            foreach (string key in new[] { "llm.input_messages", "llm.output_messages" })
            {
                Assert.True(Encoding.UTF8.GetByteCount((string)llm[key]) <= limit);
                using JsonDocument json = JsonDocument.Parse((string)llm[key]);
                Assert.StartsWith(json.RootElement[0].GetProperty("content").GetString()!, text, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void A_value_is_cut_at_the_limit_on_a_character_boundary()
    {
        string text = string.Concat(Enumerable.Repeat("a😀", 30));

        Telemetry made = Telemetry.With(Capture with { ContentLimitBytes = 64 }, Talk(text, text, $$"""{"command":"{{text}}"}""", text));

        MadeSpan llm = Assert.Single(made.LlmSpans);
        Assert.Equal((text[..(13 * 3 - 2)], text[..(13 * 3 - 2)]), (llm["input.value"], llm["output.value"]));
        MadeSpan tool = Assert.Single(made.ToolSpans);
        Assert.Equal(text[..(13 * 3 - 2)], tool["output.value"]);
        Assert.InRange(Encoding.UTF8.GetByteCount((string)tool["tool.parameters"]), 61, 64);
        Assert.DoesNotContain('\uFFFD', (string)tool["tool.parameters"]);
    }

    [Fact]
    public void Tool_input_is_compact_json()
    {
        Telemetry made = Telemetry.With(Capture, Talk("p", "a", "{ \"a b\" : [ 1 ,\n\t2 ] , \"c\\\" d\" : \" x \\\\\" }", "o"));

        Assert.Equal("""{"a b":[1,2],"c\" d":" x \\"}""", Assert.Single(made.ToolSpans)["tool.parameters"]);
    }

    [Fact]
    public void A_tool_that_is_not_finished_shows_its_input()
    {
        Telemetry made = Telemetry.With(Capture, Some.SessionCreated(), Some.ToolRunning(input: """{"command":"ls"}""")).Complete();

        Assert.Equal("""{"command":"ls"}""", Assert.Single(made.ToolSpans)["input.value"]);
    }

    [Fact]
    public void Content_beyond_the_room_for_it_is_left_out_and_counted_and_room_comes_back()
    {
        var made = new Telemetry(Capture, new EnrichingLimits { ContentBytes = 60 });

        made.Then(Talk(new string('x', 50), new string('y', 50), "{}", new string('z', 5)));
        Assert.Equal(new string('x', 50), made.LlmSpans.Single()["input.value"]);
        Assert.Equal("", made.LlmSpans.Single()["output.value"]);
        Assert.Equal(1, made.Enricher.Counts.ContentDropped);

        made.Then(Talk(new string('x', 50), "y", "{}", "z", "_2"));
        Assert.Equal("y", made.LlmSpans.Last()["output.value"]);
        Assert.Equal(1, made.Enricher.Counts.ContentDropped);
    }

    private static Happening[] Talk(string prompt, string answer, string input, string output, string suffix = "") =>
    [
        Some.SessionCreated(),
        Some.UserMessage(Some.Prompt + suffix),
        Some.TextPart(prompt, Some.Prompt + suffix),
        Some.AssistantMessage(Some.Message + suffix, parent: Some.Prompt + suffix),
        Some.TextPart(answer, Some.Message + suffix, "prt_2"),
        Some.ToolRunning(Some.Call + suffix, message: Some.Message + suffix, input: input),
        Some.ToolCompleted(Some.Call + suffix, message: Some.Message + suffix, input: input, output: output),
        Some.CompletedMessage(Some.Message + suffix, parent: Some.Prompt + suffix),
        Some.Idle(),
    ];

    private static bool IsSecret(string text) => text.Contains("SECRET", StringComparison.Ordinal);
}
