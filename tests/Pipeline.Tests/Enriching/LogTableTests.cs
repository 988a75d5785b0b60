using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Tests.Enriching;

/// <summary>Section 3 of the specification, the table of log records: body, severity, time, attributes.</summary>
public class LogTableTests
{
    [Theory]
    [InlineData("session.created", Some.T0)]
    [InlineData("session.idle", Some.T0 + 700)]
    [InlineData("user_prompt", Some.T0 + 100)]
    [InlineData("api_request", Some.T0 + 200)]
    [InlineData("tool_result", Some.T0 + 300)]
    public void A_record_of_success_has_its_name_severity_and_time(string name, long time)
    {
        MadeLog log = Assert.Single(Telemetry.Of(Some.Turn()).LogsOf(name));

        Assert.Equal((name, name), (log.EventName, log["event.name"]));
        Assert.Equal((SeverityNumber.Info, "INFO"), (log.Severity, log.SeverityText));
        Assert.Equal(time, log.Time);
        Assert.NotEqual(0, log.Observed);
        Assert.Equal((Some.Session, Some.Project), (log["session.id"], log["project.id"]));
    }

    [Fact]
    public void Session_created_tells_whether_it_is_a_subagents_and_belongs_to_no_span()
    {
        Telemetry made = Telemetry.Of(Some.SessionCreated(), Some.SessionCreated("ses_2", parent: Some.Session));

        Assert.Equal([false, true], made.LogsOf("session.created").Select(log => log["is_subagent"]));
        Assert.All(made.LogsOf("session.created"), log => Assert.Equal((MadeSpan.NoSpan, (byte)0), (log.SpanId, log.Flags)));
    }

    [Fact]
    public void Session_idle_has_the_totals_of_the_run()
    {
        MadeLog log = Assert.Single(Telemetry.Of(Some.Turn()).LogsOf("session.idle"));

        Assert.Equal((150L, 0.25, 1L), (log["total_tokens"], log["total_cost_usd"], log["total_messages"]));
    }

    [Theory]
    [InlineData("APIError", "no key", "APIError: no key")]
    [InlineData("MessageAbortedError", null, "MessageAbortedError")]
    [InlineData(null, null, "unknown")]
    [InlineData("", "no key", "unknown: no key")]
    public void Session_error_has_the_text_of_the_error(string? name, string? message, string text)
    {
        var time = new ManualTime(Some.T0 + 5);
        Telemetry made = new Telemetry(new TelemetryOptions(), time: time).Then(Some.SessionCreated(), Some.Error(name: name, message: message));

        MadeLog log = Assert.Single(made.LogsOf("session.error"));

        Assert.Equal((SeverityNumber.Error, "ERROR", Some.T0 + 5), (log.Severity, log.SeverityText, log.Time));
        Assert.Equal((text, Some.Session), (log["error"], log["session.id"]));
    }

    [Fact]
    public void An_error_of_no_session_is_logged_with_an_unknown_one()
    {
        MadeLog log = Assert.Single(Telemetry.Of(Some.Error(session: "")).LogsOf("session.error"));

        Assert.Equal("unknown", log["session.id"]);
        Assert.DoesNotContain("project.id", log.Attributes.Keys);
    }

    [Theory]
    [InlineData("build", "acme", "acme/1", "build", "acme/acme/1")]
    [InlineData("", "", "", "unknown", "unknown")]
    [InlineData("", "acme", "", "unknown", "acme/unknown")]
    [InlineData("", "", "acme-1", "unknown", "unknown/acme-1")]
    public void User_prompt_names_agent_and_model(string agent, string provider, string model, string expectedAgent, string expectedModel)
    {
        Telemetry made = Telemetry.Of(Some.SessionCreated(), Some.UserMessage(agent: agent, provider: provider, model: model), Some.AssistantMessage());

        MadeLog log = Assert.Single(made.LogsOf("user_prompt"));
        Assert.Equal((expectedAgent, expectedModel), (log["agent"], log["model"]));
    }

    public static TheoryData<string, long> Prompts => new()
    {
        { "", 0 },
        { "hello", 5 },
        { "grüß", 4 },
        { "😀", 2 },
    };

    [Theory]
    [MemberData(nameof(Prompts))]
    public void The_length_of_a_prompt_is_in_utf_16_units(string text, long length)
    {
        Telemetry made = Telemetry.Of(Some.SessionCreated(), Some.UserMessage(), Some.TextPart(text), Some.AssistantMessage());

        Assert.Equal(length, Assert.Single(made.LogsOf("user_prompt"))["prompt_length"]);
    }

    [Fact]
    public void A_prompt_is_its_parts_joined_by_line_feeds_without_synthetic_ones_each_at_its_last_snapshot()
    {
        Telemetry made = Telemetry.Of(
            Some.SessionCreated(),
            Some.UserMessage(),
            Some.TextPart("Say", id: "prt_1"),
            Some.TextPart("Say hello", id: "prt_1"),
            Some.TextPart("added by opencode itself", id: "prt_2", synthetic: true),
            Some.LabelPart(PartType.File, "a.txt", "prt_3"),
            Some.LabelPart(PartType.Agent, "reviewer", "prt_4"),
            Some.LabelPart(PartType.Subtask, "look at it", "prt_5"),
            Some.AssistantMessage());

        Assert.Equal((long)"Say hello\na.txt\nreviewer\nlook at it".Length, Assert.Single(made.LogsOf("user_prompt"))["prompt_length"]);
    }

    [Fact]
    public void The_record_of_a_prompt_is_made_when_it_is_first_answered()
    {
        Telemetry made = Telemetry.Of(Some.SessionCreated(), Some.UserMessage(), Some.TextPart("Say hello"));
        Assert.Empty(made.LogsOf("user_prompt"));

        made.Then(Some.AssistantMessage(), Some.AssistantMessage("msg_a2"), Some.UserMessage());
        Assert.Single(made.LogsOf("user_prompt"));
    }

    [Fact]
    public void The_record_of_a_prompt_that_nobody_answers_is_made_when_its_run_ends()
    {
        Telemetry made = Telemetry.Of(Some.SessionCreated(), Some.UserMessage(), Some.TextPart("Say hello"), Some.Idle());

        MadeLog log = Assert.Single(made.LogsOf("user_prompt"));
        Assert.Equal(9L, log["prompt_length"]);
        Assert.Equal(Assert.Single(made.SessionSpans).SpanId, log.SpanId);
    }

    [Fact]
    public void Api_request_has_the_numbers_of_the_message()
    {
        MadeLog log = Assert.Single(Telemetry.Of(Some.Turn()).LogsOf("api_request"));

        Assert.Equal(("acme-1", "acme", "build"), (log["model"], log["provider"], log["agent"]));
        Assert.Equal((0.25, 500L), (log["cost_usd"], log["duration_ms"]));
        Assert.Equal(
            (10L, 20L, 30L, 40L, 50L),
            (log["input_tokens"], log["output_tokens"], log["reasoning_tokens"], log["cache_read_tokens"], log["cache_creation_tokens"]));
        Assert.Equal(13, log.Attributes.Count);
    }

    [Fact]
    public void Api_error_stands_in_place_of_api_request()
    {
        Telemetry made = Telemetry.Of(Some.AssistantMessage(completed: Some.T0 + 700, error: "APIError", errorMessage: "no key"));

        MadeLog log = Assert.Single(made.LogsOf("api_error"));
        Assert.Equal((SeverityNumber.Error, Some.T0 + 200), (log.Severity, log.Time));
        Assert.Equal(("acme-1", "acme", "build", "APIError: no key", 500L), (log["model"], log["provider"], log["agent"], log["error"], log["duration_ms"]));
        Assert.Empty(made.LogsOf("api_request"));
    }

    [Theory]
    [InlineData("grüß", 6)]
    [InlineData("", 0)]
    [InlineData(null, 0)]
    public void Tool_result_of_success_has_the_size_of_the_output_in_utf_8(string? output, long bytes)
    {
        Telemetry made = Telemetry.Of(Some.SessionCreated(), Some.ToolCompleted(output: output));

        MadeLog log = Assert.Single(made.LogsOf("tool_result"));
        Assert.Equal(("bash", true, 120L, bytes), (log["tool_name"], log["success"], log["duration_ms"], log["tool_result_size_bytes"]));
        Assert.DoesNotContain("error", log.Attributes.Keys);
    }

    [Theory]
    [InlineData("no such file", "no such file")]
    [InlineData(null, "unknown")]
    public void Tool_result_of_failure_has_the_error(string? error, string text)
    {
        Telemetry made = Telemetry.Of(Some.SessionCreated(), Some.ToolFailed(error: error));

        MadeLog log = Assert.Single(made.LogsOf("tool_result"));
        Assert.Equal((SeverityNumber.Error, "bash", false, text), (log.Severity, log["tool_name"], log["success"], log["error"]));
        Assert.DoesNotContain("tool_result_size_bytes", log.Attributes.Keys);
    }

    [Theory]
    [InlineData("session.idle", "opencode.session")]
    [InlineData("user_prompt", "opencode.session")]
    [InlineData("api_request", "opencode.llm")]
    [InlineData("tool_result", "opencode.tool.bash")]
    public void A_record_carries_the_ids_of_its_span(string body, string span)
    {
        Telemetry made = Telemetry.Of(Some.Turn());

        MadeLog log = Assert.Single(made.LogsOf(body));
        MadeSpan expected = Assert.Single(made.Spans, one => one.Name == span);
        Assert.Equal((expected.TraceId, expected.SpanId, (byte)1), (log.TraceId, log.SpanId, log.Flags));
    }

    [Theory]
    [InlineData(SpanTypes.Session, "session.idle user_prompt")]
    [InlineData(SpanTypes.Llm, "api_request")]
    [InlineData(SpanTypes.Tool, "tool_result")]
    public void A_record_of_a_disabled_type_of_span_carries_no_ids(SpanTypes disabled, string bodies)
    {
        Telemetry made = Telemetry.With(new TelemetryOptions { DisabledSpans = disabled }, Some.Turn());

        Assert.Equal(
            bodies.Split(' ').Append("session.created").Order(),
            made.Logs.Where(log => log.SpanId == MadeSpan.NoSpan).Select(log => log.Body).Order());
        Assert.All(made.Logs.Where(log => log.SpanId == MadeSpan.NoSpan), log => Assert.Equal(0, log.Flags));
    }

    [Fact]
    public void Logs_can_be_switched_off_and_nothing_else_goes()
    {
        Telemetry made = Telemetry.With(new TelemetryOptions { LogsDisabled = true }, Some.Turn());
        Telemetry usual = Telemetry.Of(Some.Turn());

        Assert.Empty(made.Logs);
        Assert.Equal(usual.Spans.Count, made.Spans.Count);
        Assert.Equal(usual.Measurements.Count, made.Measurements.Count);
    }

    [Fact]
    public void A_cost_of_zero_is_a_double()
    {
        MadeLog log = Assert.Single(Telemetry.Of(Some.AssistantMessage(completed: Some.T0 + 700, cost: 0)).LogsOf("api_request"));

        Assert.IsType<double>(log["cost_usd"]);
    }
}
