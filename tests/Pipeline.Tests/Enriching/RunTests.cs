using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Tests.Enriching;

/// <summary>Section 1 of the specification, words: when runs start and end, and what belongs to them.</summary>
public class RunTests
{
    [Fact]
    public void Each_turn_of_a_session_is_a_run_with_its_own_totals()
    {
        Telemetry made = Telemetry.Of(
            Some.SessionCreated(),
            Some.UserMessage("msg_u1"),
            Some.CompletedMessage("msg_a1", parent: "msg_u1"),
            Some.Idle(),
            Some.UserMessage("msg_u2", at: Some.T0 + 1000),
            Some.CompletedMessage("msg_a2", parent: "msg_u2", at: Some.T0 + 1100),
            Some.CompletedMessage("msg_a3", parent: "msg_u2", at: Some.T0 + 1700),
            Some.Idle());

        Assert.Equal([1L, 2L], made.SessionSpans.Select(span => span["session.total_messages"]));
        Assert.Equal([150L, 300L], made.LogsOf("session.idle").Select(log => log["total_tokens"]));
        Assert.Equal([Some.T0, Some.T0 + 1000], made.SessionSpans.Select(span => span.Start));
        Assert.Equal([700.0, 1200.0], made.MeasurementsOf("session.duration").Select(one => one.Value));
    }

    [Fact]
    public void An_idle_after_the_end_with_nothing_since_says_nothing()
    {
        Telemetry made = Telemetry.Of([.. Some.Turn(), Some.Idle(), Some.UserMessage(), Some.Idle()]);

        Assert.Single(made.LogsOf("session.idle"));
        Assert.Single(made.SessionSpans);
        Assert.Single(made.MeasurementsOf("session.duration"));
    }

    [Fact]
    public void An_idle_of_a_session_never_seen_before_is_logged_with_zeros_once()
    {
        Telemetry made = Telemetry.Of(Some.Idle(), Some.Idle());

        MadeLog log = Assert.Single(made.LogsOf("session.idle"));
        Assert.Equal((0L, 0.0, 0L), (log["total_tokens"], log["total_cost_usd"], log["total_messages"]));
        Assert.Empty(made.Spans);
        Assert.Empty(made.Measurements);
    }

    [Fact]
    public void An_idle_before_created_does_not_end_the_run_that_created_starts()
    {
        Telemetry made = Telemetry.Of(Some.Idle(), Some.SessionCreated(), Some.UserMessage(), Some.CompletedMessage(), Some.Idle());

        Assert.Equal([0L, 150L], made.LogsOf("session.idle").Select(log => log["total_tokens"]));
        Assert.Single(made.SessionSpans);
    }

    [Fact]
    public void A_run_waits_for_what_is_open_at_its_idle_and_ends_with_the_last_of_it()
    {
        Telemetry made = Telemetry.Of(
            Some.SessionCreated(),
            Some.UserMessage(),
            Some.AssistantMessage(),
            Some.ToolRunning(),
            Some.Error(name: "MessageAbortedError", message: "Aborted"),
            Some.Idle(at: Some.T0 + 400));
        Assert.Empty(made.LogsOf("session.idle"));

        made.Then(Some.ToolCompleted(end: Some.T0 + 900));
        Assert.Empty(made.LogsOf("session.idle"));

        made.Then(Some.AssistantMessage(completed: Some.T0 + 1000, error: "MessageAbortedError"), Some.Idle());

        MadeSpan session = Assert.Single(made.SessionSpans);
        Assert.Equal((Some.T0 + 1000, StatusCode.Error, "MessageAbortedError: Aborted"), (session.End, session.Status, session.StatusMessage));
        Assert.Equal(150L, Assert.Single(made.LogsOf("session.idle"))["total_tokens"]);
        Assert.Equal(StatusCode.Ok, Assert.Single(made.ToolSpans).Status);
        Assert.Single(made.LogsOf("api_error"));
    }

    [Fact]
    public void The_wait_ends_after_five_seconds_by_event_time()
    {
        Telemetry made = Telemetry.Of(
            Some.SessionCreated(),
            Some.UserMessage(),
            Some.AssistantMessage(),
            Some.ToolRunning(),
            Some.Idle(at: Some.T0 + 1000),
            Some.SessionCreated("ses_other", at: Some.T0 + 5999));
        Assert.Empty(made.SessionSpans);

        made.Then(Some.SessionCreated("ses_another", at: Some.T0 + 6000));

        Assert.Equal((Some.T0 + 6000, StatusCode.Ok), (Assert.Single(made.SessionSpans).End, made.SessionSpans.Single().Status));
        MadeSpan llm = Assert.Single(made.LlmSpans);
        Assert.Equal((Some.T0 + 6000, StatusCode.Error, "session ended before message completed"), (llm.End, llm.Status, llm.StatusMessage));
        MadeSpan tool = Assert.Single(made.ToolSpans);
        Assert.Equal((Some.T0 + 6000, StatusCode.Error, "session ended before tool completed"), (tool.End, tool.Status, tool.StatusMessage));
    }

    [Fact]
    public void The_wait_ends_after_five_seconds_by_the_clock_in_silence()
    {
        var time = new ManualTime(Some.T0 + 1000);
        Telemetry made = new Telemetry(new TelemetryOptions(), time: time)
            .Then(Some.SessionCreated(), Some.UserMessage(), Some.AssistantMessage(), Some.Idle());
        Assert.Equal(Some.T0 + 6000, made.Enricher.NextDeadline);

        time.Milliseconds = Some.T0 + 5999;
        made.Enricher.Tick();
        Assert.Empty(made.SessionSpans);

        time.Milliseconds = Some.T0 + 6000;
        made.Enricher.Tick();
        Assert.Equal(Some.T0 + 6000, Assert.Single(made.SessionSpans).End);
        Assert.Equal(long.MaxValue, made.Enricher.NextDeadline);
    }

    [Fact]
    public void What_completes_after_the_limit_still_counts_and_makes_no_second_span()
    {
        Telemetry made = Telemetry.Of(
            Some.SessionCreated(),
            Some.UserMessage(),
            Some.AssistantMessage(),
            Some.ToolRunning(),
            Some.Idle(at: Some.T0 + 1000),
            Some.ToolCompleted(end: Some.T0 + 9000),
            Some.AssistantMessage(completed: Some.T0 + 9100),
            Some.Idle());

        Assert.Single(made.LlmSpans);
        Assert.Single(made.ToolSpans);
        Assert.Single(made.SessionSpans);
        Assert.Equal(1.0, made.Sum("message.count"));
        Assert.Equal(8700.0, made.Sum("tool.duration"));
        Assert.Equal(Assert.Single(made.LlmSpans).SpanId, Assert.Single(made.LogsOf("api_request")).SpanId);
        Assert.Equal(Assert.Single(made.ToolSpans).SpanId, Assert.Single(made.LogsOf("tool_result")).SpanId);
        Assert.Single(made.LogsOf("session.idle"));
    }

    [Fact]
    public void A_new_prompt_after_an_idle_that_waits_ends_that_run_and_starts_the_next()
    {
        Telemetry made = Telemetry.Of(
            Some.SessionCreated(),
            Some.UserMessage("msg_u1"),
            Some.AssistantMessage("msg_a1", parent: "msg_u1"),
            Some.Idle(at: Some.T0 + 1000),
            Some.UserMessage("msg_u2", at: Some.T0 + 2000),
            Some.AssistantMessage("msg_a1", parent: "msg_u1", completed: Some.T0 + 2100),
            Some.CompletedMessage("msg_a2", parent: "msg_u2", at: Some.T0 + 2200),
            Some.Idle());

        MadeSpan[] runs = [.. made.SessionSpans];
        Assert.Equal([(Some.T0, Some.T0 + 2000), (Some.T0 + 2000, Some.T0 + 2700)], runs.Select(span => (span.Start, span.End)));
        Assert.Equal([0L, 1L], runs.Select(span => span["session.total_messages"]));
        Assert.Equal([runs[0].SpanId, runs[1].SpanId], made.LlmSpans.Select(span => span.ParentId));
        Assert.Equal(2.0, made.Sum("message.count"));
    }

    [Fact]
    public void A_repeated_prompt_after_an_idle_that_waits_does_not_end_the_run()
    {
        Telemetry made = Telemetry.Of(
            Some.SessionCreated(), Some.UserMessage(), Some.AssistantMessage(), Some.Idle(at: Some.T0 + 1000), Some.UserMessage(), Some.UserMessage());

        Assert.Empty(made.SessionSpans);
    }

    [Fact]
    public void A_run_may_hold_several_prompts_and_the_first_one_is_its_key()
    {
        Telemetry made = Telemetry.Of(
            Some.SessionCreated(),
            Some.UserMessage("msg_u1"),
            Some.TextPart("one", "msg_u1"),
            Some.AssistantMessage("msg_a1", parent: "msg_u1"),
            Some.UserMessage("msg_u2", at: Some.T0 + 300, agent: "compaction"),
            Some.TextPart("three", "msg_u2"),
            Some.AssistantMessage("msg_a1", parent: "msg_u1", completed: Some.T0 + 400),
            Some.CompletedMessage("msg_a2", parent: "msg_u2"),
            Some.Idle());
        Telemetry single = Telemetry.Of(Some.SessionCreated(), Some.UserMessage("msg_u1"), Some.Idle());

        Assert.Equal(Assert.Single(single.SessionSpans).SpanId, Assert.Single(made.SessionSpans).SpanId);
        Assert.Equal([3L, 5L], made.LogsOf("user_prompt").Select(log => log["prompt_length"]));
        Assert.Equal("build", made.SessionSpans.Single()["agent.name"]);
    }

    [Fact]
    public void A_failed_run_ends_at_the_idle_that_follows()
    {
        Telemetry made = Telemetry.Of(Some.SessionCreated(), Some.UserMessage(), Some.Error());
        Assert.Empty(made.SessionSpans);

        made.Then(Some.Idle(), Some.Idle());

        Assert.Equal(StatusCode.Error, Assert.Single(made.SessionSpans).Status);
        Assert.Single(made.LogsOf("session.idle"));
        Assert.Single(made.MeasurementsOf("session.duration"));
    }

    [Fact]
    public void A_failed_run_without_an_idle_ends_after_the_wait()
    {
        Telemetry made = Telemetry.Of(
            Some.SessionCreated(), Some.UserMessage(), Some.Error(), Some.SessionCreated("ses_other", at: Some.T0 + 6000));

        MadeSpan session = Assert.Single(made.SessionSpans);
        Assert.Equal((StatusCode.Error, Some.T0 + 5100), (session.Status, session.End));
        Assert.Single(made.MeasurementsOf("session.duration"));
    }

    [Fact]
    public void A_failed_run_that_goes_on_working_does_not_end_by_the_wait()
    {
        Telemetry made = Telemetry.Of(
            Some.SessionCreated(),
            Some.UserMessage(),
            Some.Error(),
            Some.AssistantMessage(at: Some.T0 + 1000),
            Some.SessionCreated("ses_other", at: Some.T0 + 9000));
        Assert.Empty(made.SessionSpans);

        made.Then(Some.AssistantMessage(at: Some.T0 + 1000, completed: Some.T0 + 9100), Some.Idle());

        Assert.Equal((StatusCode.Error, 1L), (Assert.Single(made.SessionSpans).Status, made.SessionSpans.Single()["session.total_messages"]));
    }

    [Fact]
    public void An_error_of_a_session_never_seen_before_is_a_failed_run()
    {
        Telemetry made = Telemetry.Of(Some.Error(), Some.Idle());

        Assert.Equal(StatusCode.Error, Assert.Single(made.SessionSpans).Status);
        Assert.Single(made.LogsOf("session.error"));
    }

    [Fact]
    public void An_error_after_the_end_is_logged_with_the_ids_of_the_run_that_ended()
    {
        Telemetry made = Telemetry.Of([.. Some.Turn(), Some.Error(), Some.Idle()]);

        MadeSpan session = Assert.Single(made.SessionSpans);
        Assert.Equal((StatusCode.Ok, session.SpanId), (session.Status, Assert.Single(made.LogsOf("session.error")).SpanId));
        Assert.Single(made.LogsOf("session.idle"));
    }

    [Fact]
    public void A_message_is_counted_once_when_it_is_first_completed()
    {
        Telemetry made = Telemetry.Of(
            Some.SessionCreated(),
            Some.UserMessage(),
            Some.AssistantMessage(tokens: default(TokenCounts)),
            Some.AssistantMessage(),
            Some.AssistantMessage(completed: Some.T0 + 700),
            Some.AssistantMessage(completed: Some.T0 + 700),
            Some.Idle(),
            Some.AssistantMessage(completed: Some.T0 + 800, tokens: new TokenCounts(1000, 0, 0, 0, 0)));

        Assert.Equal(1.0, made.Sum("message.count"));
        Assert.Equal(150.0, made.Sum("token.usage"));
        Assert.Single(made.LlmSpans);
        Assert.Single(made.LogsOf("api_request"));
    }

    [Fact]
    public void A_call_is_counted_once()
    {
        Telemetry made = Telemetry.Of(
            Some.SessionCreated(), Some.UserMessage(), Some.ToolRunning(), Some.ToolCompleted(), Some.ToolCompleted(), Some.ToolFailed(), Some.ToolRunning());

        Assert.Single(made.ToolSpans);
        Assert.Single(made.MeasurementsOf("tool.duration"));
        Assert.Single(made.LogsOf("tool_result"));
    }

    [Fact]
    public void A_session_is_counted_once()
    {
        Telemetry made = Telemetry.Of(Some.SessionCreated(), Some.SessionCreated(), Some.Idle(), Some.SessionCreated());

        Assert.Equal(1.0, made.Sum("session.count"));
        Assert.Single(made.LogsOf("session.created"));
        Assert.Single(made.SessionSpans);
    }

    [Fact]
    public void History_is_not_news()
    {
        Telemetry made = Telemetry.Of(
            Some.SessionCreated(at: Some.T0 + 10_000),
            Some.UserMessage("msg_old"),
            Some.TextPart("old", "msg_old"),
            Some.AssistantMessage("msg_old_a", parent: "msg_old", completed: Some.T0 + 700),
            Some.AssistantMessage("msg_old_open", parent: "msg_old"),
            Some.ToolCompleted(),
            Some.ToolRunning("call_2"),
            Some.UserMessage("msg_new", at: Some.T0 + 10_100),
            Some.TextPart("new text", "msg_new"),
            Some.CompletedMessage("msg_new_a", parent: "msg_new", at: Some.T0 + 10_200),
            Some.Idle());

        Assert.Equal(1.0, made.Sum("message.count"));
        Assert.Equal(8L, Assert.Single(made.LogsOf("user_prompt"))["prompt_length"]);
        Assert.Empty(made.ToolSpans);
        Assert.Empty(made.LogsOf("tool_result"));
        Assert.Empty(made.MeasurementsOf("tool.duration"));
        Assert.Equal(1L, Assert.Single(made.SessionSpans)["session.total_messages"]);
    }

    [Fact]
    public void A_message_that_began_before_the_session_and_ended_in_it_is_news()
    {
        Telemetry made = Telemetry.Of(Some.SessionCreated(at: Some.T0 + 500), Some.AssistantMessage(at: Some.T0 + 200, completed: Some.T0 + 700));

        Assert.Equal(1.0, made.Sum("message.count"));
    }

    [Theory]
    [InlineData(nameof(ToolStatus.Pending))]
    [InlineData(nameof(ToolStatus.Unknown))]
    public void A_call_that_is_only_announced_is_nothing_to_wait_for(string status)
    {
        Telemetry made = Telemetry.Of(Some.SessionCreated(), Some.UserMessage(), Some.Tool(Enum.Parse<ToolStatus>(status)), Some.Idle());

        Assert.Single(made.SessionSpans);
        Assert.Empty(made.ToolSpans);
    }

    [Fact]
    public void An_unknown_role_and_an_unknown_part_make_nothing()
    {
        Telemetry made = Telemetry.Of(
            handler => handler.MessageUpdated(new MessageEvent { MessageId = "msg_1"u8, SessionId = "ses_1"u8, TimeCompleted = Some.T0 }),
            handler => handler.PartUpdated(new PartEvent { SessionId = "ses_1"u8, PartId = "prt_1"u8 }),
            handler => handler.MessageUpdated(new MessageEvent { Role = MessageRole.Assistant, SessionId = "ses_1"u8, TimeCompleted = Some.T0 }),
            handler => handler.MessageUpdated(new MessageEvent { Role = MessageRole.Assistant, MessageId = "msg_1"u8, TimeCompleted = Some.T0 }),
            Some.SessionCreated(""),
            Some.Idle(""));

        made.Complete();

        Assert.Empty(made.Spans);
        Assert.Empty(made.Logs);
        Assert.Empty(made.Measurements);
    }

    [Fact]
    public void Times_that_are_missing_are_made_up_from_now()
    {
        var time = new ManualTime(Some.T0);
        Telemetry made = new Telemetry(new TelemetryOptions(), time: time).Then(
            Some.SessionCreated(at: 0), Some.UserMessage(at: 0), Some.AssistantMessage(at: 0), Some.ToolRunning(start: 0));
        time.Milliseconds += 50;
        made.Then(Some.ToolCompleted(start: 0, end: 0), Some.AssistantMessage(at: 0, completed: Some.T0 + 40), Some.Idle());

        Assert.Equal([50L, 40L, 50L], made.Spans.Select(span => span.End - span.Start));
        Assert.Equal(0, Assert.Single(made.LogsOf("api_request")).Time);
    }
}
