using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Tests.Enriching;

/// <summary>What becomes of the events of the second interface, under both of their names.</summary>
public class SecondInterfaceTests
{
    private const string Step = "\"assistantMessageID\":\"msg_a\"";

    public static TheoryData<string> Names => ["session.next.", "session."];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_turn_is_a_run_that_its_execution_ends(string name)
    {
        Telemetry made = JsonStream.Read([.. Turn(name), Said(name, "execution.succeeded", 900, ""), JsonStream.Idle()]);

        MadeSpan session = Assert.Single(made.SessionSpans);
        Assert.Equal((Some.T0, Some.T0 + 900, StatusCode.Ok), (session.Start, session.End, session.Status));
        MadeSpan llm = Assert.Single(made.LlmSpans);
        Assert.Equal((Some.T0 + 200, Some.T0 + 800, StatusCode.Ok, session.SpanId), (llm.Start, llm.End, llm.Status, llm.ParentId));
        MadeSpan tool = Assert.Single(made.ToolSpans);
        Assert.Equal(("opencode.tool.bash", Some.T0 + 300, Some.T0 + 500, session.SpanId), (tool.Name, tool.Start, tool.End, tool.ParentId));
        Assert.Equal((1.0, 15.0, 0.5, 200.0, 1.0), (made.Sum("message.count"), made.Sum("token.usage"), made.Sum("cost.usage"), made.Sum("tool.duration"), made.Sum("commit.count")));
        Assert.Equal(("acme-1", "acme", "build"), (made.LogsOf("api_request").Single()["model"], made.LogsOf("api_request").Single()["provider"], made.LogsOf("api_request").Single()["agent"]));
        Assert.Equal(1L, Assert.Single(made.LogsOf("session.idle"))["total_messages"]);
        MadeLog prompt = Assert.Single(made.LogsOf("user_prompt"));
        Assert.Equal(((long)"Say hello\na.txt\nplan".Length, "build", "acme/acme-1"), (prompt["prompt_length"], prompt["agent"], prompt["model"]));
        Assert.Equal("build", session["agent.name"]);
    }

    [Fact]
    public void A_prompt_that_no_step_answers_asks_nobody_that_is_known()
    {
        MadeLog prompt = Assert.Single(JsonStream.Read(JsonStream.Created(), Said("session.", "prompted", 100, ",\"messageID\":\"msg_u\",\"prompt\":{\"text\":\"Say hello\"}")).LogsOf("user_prompt"));

        Assert.Equal(("unknown", "unknown"), (prompt["agent"], prompt["model"]));
    }

    [Fact]
    public void A_step_that_overlaps_another_has_its_prompt_as_input()
    {
        const string Other = "\"assistantMessageID\":\"msg_b\"";
        Telemetry made = JsonStream.Read(
            new TelemetryOptions { CaptureContent = true },
            JsonStream.Created(),
            Said("session.", "prompted", 100, ",\"messageID\":\"msg_u\",\"prompt\":{\"text\":\"Say hello\"}"),
            Said("session.", "step.started", 200, $",{Step}"),
            Said("session.", "step.started", 300, $",{Other}"),
            Said("session.", "step.ended", 400, $",{Step}"),
            Said("session.", "step.ended", 500, $",{Other}"));

        Assert.Equal(["Say hello", "Say hello"], made.LlmSpans.Select(span => span["input.value"]));
    }

    [Fact]
    public void A_long_command_may_commit()
    {
        Telemetry made = JsonStream.Read(
            JsonStream.Created(),
            Said("session.", "tool.called", 300, $",{Step},\"callID\":\"call_1\",\"tool\":\"bash\",\"input\":{{\"command\":\"git commit -m '{new string('x', 60_000)}'\"}}"),
            Said("session.", "tool.success", 500, $",{Step},\"callID\":\"call_1\",\"structured\":{{\"exit\":0}}"));

        Assert.Equal(1.0, made.Sum("commit.count"));
    }

    [Fact]
    public void The_size_of_a_result_is_that_of_all_its_texts()
    {
        Telemetry made = JsonStream.Read(
            JsonStream.Created(),
            Said("session.", "tool.called", 300, $",{Step},\"callID\":\"call_1\",\"tool\":\"bash\",\"input\":{{}}"),
            Said("session.", "tool.success", 500, $",{Step},\"callID\":\"call_1\",\"content\":[{{\"type\":\"text\",\"text\":\"grün\"}},{{\"type\":\"text\",\"text\":\"b\"}}]"));

        Assert.Equal(7L, Assert.Single(made.LogsOf("tool_result"))["tool_result_size_bytes"]);
    }

    [Theory]
    [InlineData("execution.failed", ",\"error\":{\"type\":\"api\",\"message\":\"no key\"}", "api: no key")]
    [InlineData("execution.failed", "", "unknown")]
    [InlineData("execution.interrupted", "", "unknown")]
    [InlineData("execution.interrupted", ",\"reason\":\"user\"", "unknown")]
    [InlineData("execution.interrupted", ",\"error\":{\"name\":\"MessageAbortedError\"}", "MessageAbortedError")]
    public void An_execution_that_fails_or_is_interrupted_ends_its_run_with_the_error(string type, string members, string error)
    {
        Telemetry made = JsonStream.Read([.. Turn("session."), Said("session.", type, 900, members), JsonStream.Idle()]);

        MadeSpan session = Assert.Single(made.SessionSpans);
        Assert.Equal((Some.T0 + 900, StatusCode.Error, error), (session.End, session.Status, session.StatusMessage));
        Assert.Equal(error, Assert.Single(made.LogsOf("session.error"))["error"]);
        Assert.Single(made.LogsOf("session.idle"));
        Assert.Single(made.MeasurementsOf("session.duration"));
    }

    [Fact]
    public void Each_execution_is_a_run()
    {
        Telemetry made = JsonStream.Read(
        [
            .. Turn("session."),
            Said("session.", "execution.succeeded", 900, ""),
            Said("session.", "prompted", 2000, ",\"messageID\":\"msg_u2\",\"prompt\":{\"text\":\"More\"}"),
            Said("session.", "execution.started", 2001, ""),
            Said("session.", "step.started", 2100, ",\"assistantMessageID\":\"msg_a2\",\"agent\":\"build\",\"model\":{\"id\":\"acme-1\",\"providerID\":\"acme\"}"),
            Said("session.", "step.ended", 2200, ",\"assistantMessageID\":\"msg_a2\",\"finish\":\"stop\",\"cost\":0,\"tokens\":{\"input\":1}"),
            Said("session.", "execution.succeeded", 2300, ""),
        ]);

        Assert.Equal([(Some.T0, Some.T0 + 900), (Some.T0 + 2000, Some.T0 + 2300)], made.SessionSpans.Select(span => (span.Start, span.End)));
        Assert.Equal(2, made.SessionSpans.Select(span => span.TraceId).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_step_that_fails_is_a_failed_request(string name)
    {
        Telemetry made = JsonStream.Read(
            JsonStream.Created(),
            Said(name, "step.started", 200, $",{Step},\"agent\":\"build\",\"model\":{{\"id\":\"acme-1\",\"providerID\":\"acme\"}}"),
            Said(name, "step.failed", 800, $",{Step},\"error\":{{\"type\":\"unknown\",\"message\":\"no model\"}}"));

        MadeSpan llm = Assert.Single(made.LlmSpans);
        Assert.Equal((StatusCode.Error, "unknown: no model", "error"), (llm.Status, llm.StatusMessage, llm["llm.finish_reason"]));
        Assert.Equal(("unknown: no model", 600L), (Assert.Single(made.LogsOf("api_error"))["error"], made.LogsOf("api_error").Single()["duration_ms"]));
        Assert.Equal(1.0, made.Sum("message.count"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_tool_that_fails_is_a_failed_call(string name)
    {
        Telemetry made = JsonStream.Read(
            JsonStream.Created(),
            Said(name, "tool.input.started", 250, $",{Step},\"callID\":\"call_1\",\"name\":\"read\""),
            Said(name, "tool.called", 300, $",{Step},\"callID\":\"call_1\",\"tool\":\"read\",\"input\":{{}}"),
            Said(name, "tool.failed", 500, $",{Step},\"callID\":\"call_1\",\"error\":{{\"type\":\"unknown\",\"message\":\"no file\"}}"));

        MadeSpan tool = Assert.Single(made.ToolSpans);
        Assert.Equal(("opencode.tool.read", StatusCode.Error, "no file"), (tool.Name, tool.Status, tool.StatusMessage));
        MadeMeasurement duration = Assert.Single(made.MeasurementsOf("tool.duration"));
        Assert.Equal((200.0, "read", false), (duration.Value, duration["tool_name"], duration["success"]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_shell_command_of_the_users_is_a_call_of_bash_that_may_commit(string name)
    {
        Telemetry made = JsonStream.Read(
            JsonStream.Created(),
            Said(name, "shell.started", 300, ",\"callID\":\"call_1\",\"command\":\"git commit -m \\\"x\\\"\""),
            Said(name, "shell.ended", 500, ",\"callID\":\"call_1\",\"output\":\"[main 1234] x\""));

        Assert.Equal(("opencode.tool.bash", StatusCode.Ok), (Assert.Single(made.ToolSpans).Name, made.ToolSpans.Single().Status));
        Assert.Equal((200.0, 1.0), (made.Sum("tool.duration"), made.Sum("commit.count")));
        Assert.Equal(13L, Assert.Single(made.LogsOf("tool_result"))["tool_result_size_bytes"]);
        Assert.Equal(Some.T0 + 500, Assert.Single(made.LogsOf("commit")).Time);
    }

    [Theory]
    [InlineData("session.next.retried")]
    [InlineData("session.retried")]
    [InlineData("session.retry.scheduled")]
    public void A_retry_counts(string type) =>
        Assert.Equal(1.0, JsonStream.Read(JsonStream.Created(), Said("", type, 300, ",\"attempt\":1,\"error\":{}")).Sum("retry.count"));

    private static string[] Turn(string name) =>
    [
        JsonStream.Created(),
        Said(name, "prompt.admitted", 99, ",\"messageID\":\"msg_u\",\"prompt\":{\"text\":\"Say hello\"}"),
        Said(name, "prompted", 100, ",\"messageID\":\"msg_u\",\"prompt\":{\"text\":\"Say hello\",\"files\":[{\"uri\":\"file:///a.txt\",\"name\":\"a.txt\"}],\"agents\":[{\"name\":\"plan\"}]}"),
        Said(name, "step.started", 200, $",{Step},\"agent\":\"build\",\"model\":{{\"id\":\"acme-1\",\"providerID\":\"acme\"}}"),
        Said(name, "tool.called", 300, $",{Step},\"callID\":\"call_1\",\"tool\":\"bash\",\"input\":{{\"command\":\"git commit -m x\"}}"),
        Said(name, "tool.success", 500, $",{Step},\"callID\":\"call_1\",\"structured\":{{\"exit\":0}},\"content\":[{{\"type\":\"text\",\"text\":\"ok\"}}]"),
        Said(name, "text.ended", 600, $",{Step},\"textID\":\"t1\",\"text\":\"Done\""),
        Said(name, "step.ended", 800, $",{Step},\"finish\":\"stop\",\"cost\":0.5,\"tokens\":{{\"input\":1,\"output\":2,\"reasoning\":3,\"cache\":{{\"read\":4,\"write\":5}}}}"),
    ];

    private static string Said(string name, string type, long after, string members) =>
        JsonStream.Event(name + type, $"{{\"timestamp\":{Some.T0 + after},\"sessionID\":\"{Some.Session}\"{members}}}");
}
