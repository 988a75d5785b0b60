using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Tests.Enriching;

/// <summary>Section 4 of the specification, the table of spans: name, kind, times, status, attributes.</summary>
public class SpanTableTests
{
    [Theory]
    [InlineData("opencode.session", SpanKind.Internal, Some.T0, Some.T0 + 700)]
    [InlineData("opencode.llm", SpanKind.Client, Some.T0 + 200, Some.T0 + 700)]
    [InlineData("opencode.tool.bash", SpanKind.Internal, Some.T0 + 300, Some.T0 + 420)]
    public void A_span_has_its_kind_and_times(string name, SpanKind kind, long start, long end)
    {
        MadeSpan span = Assert.Single(Telemetry.Of(Some.Turn()).Spans, one => one.Name == name);

        Assert.Equal((kind, start, end, StatusCode.Ok, ""), (span.Kind, span.Start, span.End, span.Status, span.StatusMessage));
        Assert.Equal((Some.Session, Some.Project), (span["session.id"], span["project.id"]));
        Assert.Equal(0u, span.Dropped);
    }

    [Fact]
    public void A_session_span_has_its_attributes()
    {
        MadeSpan span = Assert.Single(Telemetry.Of(Some.Turn()).SessionSpans);

        Assert.Equal(("AGENT", "build", false), (span["openinference.span.kind"], span["agent.name"], span["session.is_subagent"]));
        Assert.Equal((150L, 0.25, 1L), (span["session.total_tokens"], span["session.total_cost_usd"], span["session.total_messages"]));
        Assert.Equal(8, span.Attributes.Count);
    }

    [Fact]
    public void The_agent_of_a_session_is_unknown_until_a_prompt_says_and_then_that_of_the_first()
    {
        Telemetry made = Telemetry.Of(
            Some.SessionCreated(),
            Some.Idle(),
            Some.UserMessage("msg_u1", agent: "plan"),
            Some.UserMessage("msg_u2", agent: "build"),
            Some.Idle());

        Assert.Equal(["unknown", "plan"], made.SessionSpans.Select(span => span["agent.name"]));
    }

    [Fact]
    public void A_failed_run_has_the_text_of_its_first_error()
    {
        Telemetry made = Telemetry.Of(Some.SessionCreated(), Some.UserMessage(), Some.Error(), Some.Error(name: "Other"), Some.Idle());

        MadeSpan span = Assert.Single(made.SessionSpans);
        Assert.Equal((StatusCode.Error, "APIError: no key", "APIError: no key"), (span.Status, span.StatusMessage, span["error"]));
    }

    [Fact]
    public void An_llm_span_has_its_attributes()
    {
        MadeSpan span = Assert.Single(Telemetry.Of(Some.Turn()).LlmSpans);

        Assert.Equal(("LLM", "build"), (span["openinference.span.kind"], span["agent.name"]));
        Assert.Equal(("acme", "acme", "acme-1"), (span["llm.system"], span["llm.provider"], span["llm.model_name"]));
        Assert.Equal((10L, 20L, 150L), (span["llm.token_count.prompt"], span["llm.token_count.completion"], span["llm.token_count.total"]));
        Assert.Equal(
            (30L, 40L, 50L),
            (span["llm.token_count.completion_details.reasoning"], span["llm.token_count.prompt_details.cache_read"], span["llm.token_count.prompt_details.cache_write"]));
        Assert.Equal(("stop", 0.25, 0.25, 500L), (span["llm.finish_reason"], span["llm.cost.total"], span["cost_usd"], span["duration_ms"]));
        Assert.Equal(17, span.Attributes.Count);
    }

    [Theory]
    [InlineData("tool-calls", null, "tool-calls")]
    [InlineData("", null, "stop")]
    [InlineData("stop", "APIError", "error")]
    public void The_finish_reason_is_error_else_what_the_message_says_else_stop(string finish, string? error, string reason)
    {
        Telemetry made = Telemetry.Of(Some.AssistantMessage(completed: Some.T0 + 700, finish: finish, error: error));

        Assert.Equal(reason, Assert.Single(made.LlmSpans)["llm.finish_reason"]);
    }

    [Fact]
    public void A_failed_message_gives_a_span_of_status_error_with_its_text()
    {
        Telemetry made = Telemetry.Of(Some.AssistantMessage(completed: Some.T0 + 700, error: "MessageAbortedError", errorMessage: "Aborted"));

        MadeSpan span = Assert.Single(made.LlmSpans);
        Assert.Equal((StatusCode.Error, "MessageAbortedError: Aborted"), (span.Status, span.StatusMessage));
    }

    [Fact]
    public void A_tool_span_has_its_attributes()
    {
        MadeSpan span = Assert.Single(Telemetry.Of(Some.Turn()).ToolSpans);

        Assert.Equal(("TOOL", Some.Call, "bash"), (span["openinference.span.kind"], span["tool.id"], span["tool.name"]));
        Assert.Equal((true, 4L), (span["tool.success"], span["tool.result_size_bytes"]));
        Assert.Equal(7, span.Attributes.Count);
    }

    [Fact]
    public void A_failed_call_gives_a_span_of_status_error_with_its_text()
    {
        Telemetry made = Telemetry.Of(Some.SessionCreated(), Some.UserMessage(), Some.ToolRunning(), Some.ToolFailed());

        MadeSpan span = Assert.Single(made.ToolSpans);
        Assert.Equal((StatusCode.Error, "no such file"), (span.Status, span.StatusMessage));
        Assert.Equal((false, "no such file"), (span["tool.success"], span["tool.error"]));
        Assert.DoesNotContain("tool.result_size_bytes", span.Attributes.Keys);
    }

    [Fact]
    public void The_first_running_of_a_call_wins()
    {
        Telemetry made = Telemetry.Of(
            Some.SessionCreated(),
            Some.UserMessage(),
            Some.ToolRunning(start: Some.T0 + 300),
            Some.ToolRunning(start: Some.T0 + 350),
            Some.ToolCompleted(start: Some.T0 + 350, end: Some.T0 + 420));

        MadeSpan span = Assert.Single(made.ToolSpans);
        Assert.Equal((Some.T0 + 300, Some.T0 + 420), (span.Start, span.End));
        Assert.Equal(120.0, made.Sum("tool.duration"));
    }

    [Fact]
    public void A_completed_without_running_uses_its_own_start()
    {
        Telemetry made = Telemetry.Of(Some.SessionCreated(), Some.UserMessage(), Some.ToolCompleted());

        MadeSpan span = Assert.Single(made.ToolSpans);
        Assert.Equal((Some.T0 + 300, Some.T0 + 420), (span.Start, span.End));
    }

    [Fact]
    public void An_end_before_the_start_makes_the_length_zero()
    {
        Telemetry made = Telemetry.Of(
            Some.SessionCreated(),
            Some.UserMessage(),
            Some.ToolCompleted(start: Some.T0 + 300, end: Some.T0 + 250),
            Some.AssistantMessage(at: Some.T0 + 200, completed: Some.T0 + 150),
            Some.Idle(at: Some.T0 - 50));

        Assert.All(made.ToolSpans.Concat(made.LlmSpans), span => Assert.Equal(span.Start, span.End));
        Assert.Equal(0.0, made.Sum("tool.duration"));
        Assert.Equal(0L, Assert.Single(made.LogsOf("api_request"))["duration_ms"]);
        Assert.True(Assert.Single(made.SessionSpans).End >= Some.T0);
    }

    [Theory]
    [InlineData(SpanTypes.Session)]
    [InlineData(SpanTypes.Llm)]
    [InlineData(SpanTypes.Tool)]
    [InlineData(SpanTypes.All)]
    public void A_disabled_type_makes_no_span_and_nothing_else_goes(SpanTypes disabled)
    {
        Telemetry made = Telemetry.With(new TelemetryOptions { DisabledSpans = disabled }, Some.Turn());
        Telemetry usual = Telemetry.Of(Some.Turn());

        Assert.Equal(!disabled.HasFlag(SpanTypes.Session), made.SessionSpans.Any());
        Assert.Equal(!disabled.HasFlag(SpanTypes.Llm), made.LlmSpans.Any());
        Assert.Equal(!disabled.HasFlag(SpanTypes.Tool), made.ToolSpans.Any());
        Assert.Equal(usual.Logs.Count, made.Logs.Count);
        Assert.Equal(usual.Measurements.Count, made.Measurements.Count);
    }
}
