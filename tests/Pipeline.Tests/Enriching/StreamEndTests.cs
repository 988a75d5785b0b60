using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Tests.Enriching;

/// <summary>Section 4 of the specification, order: what is open when the stream ends, and what comes late, early, or after nobody was listening.</summary>
public class StreamEndTests
{
    [Fact]
    public void What_is_open_ends_with_the_stream()
    {
        Telemetry made = Telemetry.Of(Some.SessionCreated(), Some.UserMessage(), Some.TextPart("hello"), Some.AssistantMessage(), Some.ToolRunning()).Complete();

        MadeSpan session = Assert.Single(made.SessionSpans);
        Assert.Equal((StatusCode.Unset, "stream_end", Some.T0 + 300), (session.Status, session["session.end_reason"], session.End));
        Assert.Equal((StatusCode.Error, "stream ended before message completed"), (Assert.Single(made.LlmSpans).Status, made.LlmSpans.Single().StatusMessage));
        Assert.Equal((StatusCode.Error, "stream ended before tool completed"), (Assert.Single(made.ToolSpans).Status, made.ToolSpans.Single().StatusMessage));
        Assert.Single(made.LogsOf("user_prompt"));
    }

    [Fact]
    public void A_run_that_the_stream_cut_off_has_no_totals_because_it_has_not_ended()
    {
        Telemetry made = Telemetry.Of(Some.SessionCreated(), Some.UserMessage(), Some.CompletedMessage()).Complete();

        Assert.Empty(made.LogsOf("session.idle"));
        Assert.Empty(made.MeasurementsOf("session.duration"));
        Assert.Equal(150L, Assert.Single(made.SessionSpans)["session.total_tokens"]);
    }

    [Fact]
    public void A_run_that_waits_when_the_stream_ends_has_been_told_its_end()
    {
        Telemetry made = Telemetry.Of(Some.SessionCreated(), Some.UserMessage(), Some.AssistantMessage(), Some.Idle()).Complete();

        MadeSpan session = Assert.Single(made.SessionSpans);
        Assert.Equal(StatusCode.Ok, session.Status);
        Assert.DoesNotContain("session.end_reason", session.Attributes.Keys);
        Assert.Single(made.LogsOf("session.idle"));
        Assert.Equal("stream ended before message completed", Assert.Single(made.LlmSpans).StatusMessage);
    }

    [Fact]
    public void A_failed_run_is_failed_also_when_the_stream_ends_before_its_idle()
    {
        Telemetry made = Telemetry.Of(Some.SessionCreated(), Some.UserMessage(), Some.Error()).Complete();

        Assert.Equal(StatusCode.Error, Assert.Single(made.SessionSpans).Status);
    }

    [Fact]
    public void Completing_twice_says_nothing_more()
    {
        Telemetry made = Telemetry.Of(Some.SessionCreated(), Some.AssistantMessage(), Some.ToolRunning()).Complete();
        int count = made.Spans.Count + made.Logs.Count;

        made.Complete();

        Assert.Equal(count, made.Spans.Count + made.Logs.Count);
    }

    [Fact]
    public void A_message_that_comes_before_its_session_has_the_span_and_parent_that_it_would_have()
    {
        Telemetry late = Telemetry.Of(Some.CompletedMessage(), Some.SessionCreated(), Some.UserMessage(), Some.Idle());
        Telemetry usual = Telemetry.Of(Some.SessionCreated(), Some.UserMessage(), Some.CompletedMessage(), Some.Idle());

        Assert.Equal(Place(usual.LlmSpans.Single()), Place(late.LlmSpans.Single()));
        Assert.Equal(Place(usual.SessionSpans.Single()), Place(late.SessionSpans.Single()));
        Assert.Equal(Some.T0, late.SessionSpans.Single().Start);
        Assert.Equal(1.0, late.Sum("session.count"));
    }

    [Fact]
    public void A_tool_that_comes_before_its_message_waits_for_the_runs_key()
    {
        Telemetry late = Telemetry.Of(Some.ToolRunning(), Some.ToolCompleted());
        Assert.Empty(late.ToolSpans);
        Assert.Single(late.LogsOf("tool_result"));

        late.Then(Some.CompletedMessage(), Some.Idle());

        Telemetry usual = Telemetry.Of(Some.SessionCreated(), Some.UserMessage(), Some.ToolCompleted(), Some.CompletedMessage(), Some.Idle());
        Assert.Equal(Place(usual.ToolSpans.Single()), Place(late.ToolSpans.Single()));
        Assert.Equal(Place(usual.SessionSpans.Single()), Place(late.SessionSpans.Single()));
    }

    [Fact]
    public void A_message_and_a_tool_that_come_after_idle_have_the_span_and_parent_that_they_would_have()
    {
        Telemetry late = Telemetry.Of(Some.SessionCreated(), Some.UserMessage(), Some.Idle(), Some.CompletedMessage(), Some.ToolCompleted());
        Telemetry usual = Telemetry.Of(Some.SessionCreated(), Some.UserMessage(), Some.CompletedMessage(), Some.ToolCompleted(), Some.Idle());

        Assert.Equal(Place(usual.LlmSpans.Single()), Place(late.LlmSpans.Single()));
        Assert.Equal(Place(usual.ToolSpans.Single()), Place(late.ToolSpans.Single()));
        Assert.Single(late.SessionSpans);
        Assert.Equal(1.0, late.Sum("message.count"));
    }

    [Fact]
    public void Listening_from_the_middle_of_a_run_gives_the_ids_that_listening_from_the_start_gives()
    {
        Happening[] turn = Some.Turn();
        Telemetry whole = Telemetry.Of(turn);

        for (int missed = 1; missed < turn.Length - 1; missed++)
        {
            Telemetry part = Telemetry.Of(turn.Skip(missed));

            Assert.Equal(Place(whole.LlmSpans.Single()), Place(part.LlmSpans.Single()));
            Assert.Equal(Place(whole.SessionSpans.Single()), Place(part.SessionSpans.Single()));
        }
    }

    [Fact]
    public void A_repetition_of_a_prompt_that_was_missed_starts_no_run_and_makes_no_record()
    {
        Telemetry made = Telemetry.Of(
            Some.UserMessage("msg_missed", agent: "plan", lines: new(IsPresent: true, Files: 0, Added: 0, Removed: 0)),
            Some.UserMessage("msg_u2", at: Some.T0 + 1000),
            Some.CompletedMessage(parent: "msg_u2", at: Some.T0 + 1100),
            Some.Idle());

        Assert.Equal(Some.T0 + 1000, Assert.Single(made.SessionSpans).Start);
        Assert.Equal(Some.T0 + 1000, Assert.Single(made.LogsOf("user_prompt")).Time);
    }

    [Fact]
    public void A_repetition_of_a_prompt_that_was_missed_names_the_agent_of_the_run_that_is_joined()
    {
        Telemetry made = Telemetry.Of(
            Some.UserMessage(agent: "plan", lines: new(IsPresent: true, Files: 0, Added: 0, Removed: 0)),
            Some.AssistantMessage(agent: "", completed: Some.T0 + 700),
            Some.Idle());

        Assert.Equal("plan", Assert.Single(made.SessionSpans)["agent.name"]);
        Assert.Equal("plan", Assert.Single(made.LlmSpans)["agent.name"]);
        Assert.Empty(made.LogsOf("user_prompt"));
    }

    [Fact]
    public void Work_that_begins_long_after_the_end_without_its_prompt_is_a_run_of_its_own()
    {
        Telemetry made = Telemetry.Of([
            .. Some.Turn(),
            Some.ToolRunning("call_2", start: Some.T0 + 60_000, message: "msg_a2"),
            Some.ToolCompleted("call_2", start: Some.T0 + 60_000, end: Some.T0 + 60_100, message: "msg_a2"),
            Some.CompletedMessage("msg_a2", parent: "msg_missed", at: Some.T0 + 60_000),
            Some.Idle(),
        ]);

        MadeSpan[] runs = [.. made.SessionSpans];
        Assert.Equal(2, runs.Length);
        Assert.NotEqual(runs[0].SpanId, runs[1].SpanId);
        Assert.Equal(runs[1].SpanId, made.ToolSpans.Last().ParentId);
    }

    [Fact]
    public void A_tool_of_the_run_before_that_comes_in_the_next_one_is_within_its_own()
    {
        Telemetry made = Telemetry.Of(
            Some.SessionCreated(),
            Some.UserMessage("msg_u1"),
            Some.CompletedMessage("msg_a1", parent: "msg_u1"),
            Some.Idle(),
            Some.UserMessage("msg_u2", at: Some.T0 + 800),
            Some.AssistantMessage("msg_a2", parent: "msg_u2", at: Some.T0 + 810),
            Some.ToolCompleted(message: "msg_a1", start: Some.T0 + 650, end: Some.T0 + 690),
            Some.ToolRunning("call_2", message: "msg_missed", start: Some.T0 + 660),
            Some.ToolCompleted("call_2", message: "msg_missed", start: Some.T0 + 660, end: Some.T0 + 670),
            Some.AssistantMessage("msg_late", parent: "", at: Some.T0 + 600, completed: Some.T0 + 680),
            Some.ToolCompleted("call_3", message: "msg_a2", start: Some.T0 + 820, end: Some.T0 + 830),
            Some.AssistantMessage("msg_a2", parent: "msg_u2", at: Some.T0 + 810, completed: Some.T0 + 900),
            Some.Idle());

        MadeSpan[] runs = [.. made.SessionSpans];
        Assert.Equal(2, runs.Length);
        (string Trace, string Span) first = (runs[0].TraceId, runs[0].SpanId);
        (string Trace, string Span) second = (runs[1].TraceId, runs[1].SpanId);
        Assert.Equal([first, first, second], made.ToolSpans.Select(span => (span.TraceId, span.ParentId)));
        Assert.Equal([first, first, second], made.LlmSpans.Select(span => (span.TraceId, span.ParentId)));
        Assert.Equal([first.Trace, first.Trace, second.Trace], made.LogsOf("tool_result").Select(log => log.TraceId));
        Assert.Equal([1L, 1L], runs.Select(span => span["session.total_messages"]));
    }

    [Fact]
    public void A_prompt_that_comes_after_its_run_and_the_next_have_ended_belongs_to_its_run()
    {
        Telemetry made = Telemetry.Of(
            Some.SessionCreated(),
            Some.CompletedMessage("msg_a1", parent: "msg_u1"),
            Some.Idle(),
            Some.UserMessage("msg_u2"),
            Some.Idle(),
            Some.UserMessage("msg_u1"),
            Some.CompletedMessage("msg_a1b", parent: "msg_u1"))
            .Complete();

        MadeSpan[] runs = [.. made.SessionSpans];
        Assert.Equal(2, runs.Length);
        Assert.All(made.LlmSpans, span => Assert.Equal(runs[0].SpanId, span.ParentId));
        Assert.Equal([runs[1].SpanId, runs[0].SpanId], made.LogsOf("user_prompt").Select(log => log.SpanId));
    }

    [Fact]
    public void A_deleted_session_ends_with_what_is_open_in_it()
    {
        Telemetry made = Telemetry.Of(Some.SessionCreated(), Some.UserMessage(), Some.AssistantMessage(), Some.SessionDeleted());

        MadeSpan session = Assert.Single(made.SessionSpans);
        Assert.Equal((StatusCode.Unset, "session_deleted"), (session.Status, session["session.end_reason"]));
        Assert.Equal("session ended before message completed", Assert.Single(made.LlmSpans).StatusMessage);
        Assert.Equal([Some.Session], made.EndedSessions);
    }

    [Fact]
    public void What_comes_of_a_deleted_session_makes_no_second_span_of_its_run()
    {
        Telemetry made = Telemetry.Of([.. Some.Turn(), Some.SessionDeleted(), Some.CompletedMessage("msg_late"), Some.Idle()]).Complete();

        Assert.Single(made.SessionSpans);
        Assert.Equal(2, made.LlmSpans.Count());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_message_that_completes_after_its_session_was_deleted_counts_in_no_run(bool isOtherInTheWay)
    {
        Telemetry made = Telemetry.Of(
        [
            .. isOtherInTheWay ? (Happening[])[Some.SessionCreated("ses_other"), Some.UserMessage("msg_ou", "ses_other"), Some.AssistantMessage("msg_oa", "ses_other", "msg_ou")] : [],
            Some.SessionCreated(),
            Some.UserMessage(),
            Some.AssistantMessage(),
            Some.SessionDeleted(),
            Some.AssistantMessage(completed: Some.T0 + 700),
            Some.Idle(),
            Some.Idle(),
        ]);

        MadeSpan session = Assert.Single(made.SessionSpans);
        MadeLog request = Assert.Single(made.LogsOf("api_request"));
        Assert.Equal((session.TraceId, Assert.Single(made.LlmSpans).SpanId, Some.Project), (request.TraceId, request.SpanId, request["project.id"]));
        Assert.Equal((1.0, 150.0, 0.25), (made.Sum("message.count"), made.Sum("token.usage"), made.Sum("cost.usage")));
        Assert.Single(made.LogsOf("session.idle"));
        Assert.Equal((1, 1, 1), (made.MeasurementsOf("session.duration").Count(), made.MeasurementsOf("session.token.total").Count(), made.MeasurementsOf("session.cost.total").Count()));
        Assert.Equal(isOtherInTheWay, made.Enricher.IsAnySessionWorking);
    }

    [Fact]
    public void A_tool_that_completes_after_its_session_was_deleted_counts_in_no_run()
    {
        Telemetry made = Telemetry.Of(
            Some.SessionCreated(),
            Some.UserMessage(),
            Some.AssistantMessage(),
            Some.ToolRunning(),
            Some.AssistantMessage(completed: Some.T0 + 700),
            Some.SessionDeleted(),
            Some.ToolCompleted(end: Some.T0 + 9000),
            Some.ToolCompleted("call_2", start: Some.T0 + 20_000, end: Some.T0 + 20_010),
            Some.Error(),
            Some.Idle())
            .Complete();

        MadeSpan session = Assert.Single(made.SessionSpans);
        Assert.Equal([(session.TraceId, session.SpanId), (session.TraceId, session.SpanId)], made.ToolSpans.Select(span => (span.TraceId, span.ParentId)));
        Assert.Equal([session.TraceId, session.TraceId], made.LogsOf("tool_result").Select(log => log.TraceId));
        Assert.Equal(made.ToolSpans.Select(span => span.SpanId), made.LogsOf("tool_result").Select(log => log.SpanId));
        Assert.Equal(2, made.MeasurementsOf("tool.duration").Count());
        Assert.Single(made.LogsOf("session.idle"));
        Assert.Equal(session.SpanId, Assert.Single(made.LogsOf("session.error")).SpanId);
    }

    [Fact]
    public void What_comes_late_of_a_deleted_session_is_late_also_after_a_quiet_time()
    {
        const long Late = Some.T0 + (3 * 60 * 60 * 1000);
        Telemetry made = Telemetry.Of(
            Some.SessionCreated(),
            Some.UserMessage(),
            Some.AssistantMessage(),
            Some.SessionDeleted(),
            Some.Idle(),
            Some.SessionCreated("ses_other", at: Late),
            Some.AssistantMessage(completed: Late),
            Some.Idle());

        Assert.Single(made.SessionSpans);
        Assert.Equal(1.0, made.Sum("message.count"));
        Assert.Single(made.LogsOf("session.idle"));
    }

    [Fact]
    public void A_prompt_to_a_deleted_session_starts_a_run()
    {
        Telemetry made = Telemetry.Of([.. Some.Turn(), Some.SessionDeleted(), Some.UserMessage("msg_u2"), Some.CompletedMessage("msg_a2", parent: "msg_u2"), Some.Idle()]);

        Assert.Equal(2, made.SessionSpans.Count());
        Assert.Equal(2, made.LogsOf("session.idle").Count());
    }

    private static (string Name, string Trace, string Span, string Parent) Place(MadeSpan span) => (span.Name, span.TraceId, span.SpanId, span.ParentId);
}
