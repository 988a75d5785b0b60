using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Tests.Enriching;

/// <summary>Section 4 of the specification, places: traces, parents, links and flags.</summary>
public class SpanPlaceTests
{
    private const SpanFlags Local = SpanFlags.Sampled | SpanFlags.ContextHasIsRemote;

    private static readonly RemoteParent Remote = new(
        new TraceId(Convert.FromHexString("0af7651916cd43dd8448eb211c80319c")), new SpanId(Convert.FromHexString("b7ad6b7169203331")), 1, "a=1,b=2");

    private static Happening[] WithSubagent =>
    [
        Some.SessionCreated(),
        Some.UserMessage(),
        Some.AssistantMessage(),
        Some.ToolRunning(tool: "task"),
        Some.SessionCreated("ses_child", at: Some.T0 + 310, parent: Some.Session),
        Some.UserMessage("msg_child_u", "ses_child", at: Some.T0 + 320),
        Some.CompletedMessage("msg_child_a", "ses_child", "msg_child_u", at: Some.T0 + 330),
        Some.ToolCompleted("call_child", "ses_child", message: "msg_child_a", start: Some.T0 + 340, end: Some.T0 + 350),
        Some.Idle("ses_child"),
        Some.ToolCompleted(tool: "task", end: Some.T0 + 900),
        Some.AssistantMessage(completed: Some.T0 + 1000),
        Some.Idle(),
    ];

    [Fact]
    public void A_turn_is_one_trace_with_the_session_at_its_root()
    {
        Telemetry made = Telemetry.Of(Some.Turn());

        MadeSpan session = Assert.Single(made.SessionSpans);
        Assert.Equal(MadeSpan.NoSpan, session.ParentId);
        Assert.All(made.Spans, span => Assert.Equal((session.TraceId, Local), (span.TraceId, span.Flags)));
        Assert.All(made.LlmSpans.Concat(made.ToolSpans), span => Assert.Equal(session.SpanId, span.ParentId));
    }

    [Fact]
    public void A_subagents_session_is_below_its_parents_in_one_trace()
    {
        Telemetry made = Telemetry.Of(WithSubagent);

        MadeSpan parent = Assert.Single(made.SessionSpans, span => span.SessionId == Some.Session);
        MadeSpan child = Assert.Single(made.SessionSpans, span => span.SessionId == "ses_child");
        Assert.Equal((parent.SpanId, true), (child.ParentId, child["session.is_subagent"]));
        Assert.Single(made.Spans.Select(span => span.TraceId).Distinct());
        Assert.All(made.Spans.Where(span => span.SessionId == "ses_child" && span != child), span => Assert.Equal(child.SpanId, span.ParentId));
    }

    [Fact]
    public void A_grandchild_is_in_the_trace_of_the_root()
    {
        Telemetry made = Telemetry.Of(
            Some.SessionCreated("ses_a"),
            Some.UserMessage("msg_u", "ses_a"),
            Some.SessionCreated("ses_b", parent: "ses_a"),
            Some.SessionCreated("ses_c", parent: "ses_b"),
            Some.CompletedMessage("msg_c", "ses_c", parent: "msg_cu"),
            Some.Idle("ses_c"),
            Some.Idle("ses_b"),
            Some.Idle("ses_a"));

        Assert.Single(made.Spans.Select(span => span.TraceId).Distinct());
        MadeSpan[] sessions = [.. made.SessionSpans.OrderBy(span => span.SessionId, StringComparer.Ordinal)];
        Assert.Equal([MadeSpan.NoSpan, sessions[0].SpanId, sessions[1].SpanId], sessions.Select(span => span.ParentId));
    }

    [Fact]
    public void Siblings_whose_parent_was_never_seen_are_roots_in_one_trace()
    {
        Telemetry made = Telemetry.Of(
            Some.SessionCreated("ses_b", parent: "ses_unseen"), Some.Idle("ses_b"), Some.SessionCreated("ses_c", parent: "ses_unseen"), Some.Idle("ses_c"));

        Assert.Equal(2, made.SessionSpans.Count());
        Assert.Single(made.SessionSpans.Select(span => span.TraceId).Distinct());
        Assert.All(made.SessionSpans, span => Assert.Equal(MadeSpan.NoSpan, span.ParentId));
    }

    [Fact]
    public void A_subagents_session_that_works_while_its_parent_rests_is_a_root()
    {
        Telemetry made = Telemetry.Of([
            .. WithSubagent,
            Some.UserMessage("msg_child_u2", "ses_child", at: Some.T0 + 60_000),
            Some.CompletedMessage("msg_child_a2", "ses_child", "msg_child_u2", at: Some.T0 + 60_100),
            Some.Idle("ses_child"),
        ]);

        MadeSpan[] runs = [.. made.SessionSpans.Where(span => span.SessionId == "ses_child")];
        Assert.Equal(MadeSpan.NoSpan, runs[1].ParentId);
        Assert.NotEqual(runs[0].TraceId, runs[1].TraceId);
    }

    [Fact]
    public void A_child_is_not_touched_by_its_parents_end()
    {
        Telemetry made = Telemetry.Of(
            Some.SessionCreated(),
            Some.UserMessage(),
            Some.SessionCreated("ses_child", parent: Some.Session),
            Some.UserMessage("msg_child_u", "ses_child"),
            Some.AssistantMessage("msg_child_a", "ses_child", "msg_child_u"),
            Some.Idle());

        MadeSpan parent = Assert.Single(made.Spans);
        made.Then(Some.CompletedMessage("msg_child_a", "ses_child", "msg_child_u"), Some.Idle("ses_child"));

        Assert.Equal(parent.SpanId, made.SessionSpans.Last().ParentId);
        Assert.Equal(StatusCode.Ok, made.LlmSpans.Single().Status);
    }

    [Fact]
    public void Sessions_that_name_each_other_as_parents_are_survived()
    {
        Telemetry made = Telemetry.Of(
            Some.SessionCreated("ses_a", parent: "ses_b"), Some.SessionCreated("ses_b", parent: "ses_a"), Some.SessionCreated("ses_c", parent: "ses_c"))
            .Complete();

        Assert.Equal(3, made.SessionSpans.Count());
        Assert.All(made.SessionSpans, span => Assert.NotEqual(new string('0', 32), span.TraceId));
        Assert.Contains(made.SessionSpans, span => span.ParentId == MadeSpan.NoSpan);
    }

    [Fact]
    public void A_run_is_a_trace_of_its_own_and_links_to_the_run_before()
    {
        Telemetry made = Telemetry.Of([.. Some.Turn(), Some.UserMessage("msg_u2"), Some.Idle(), Some.UserMessage("msg_u3"), Some.Idle()]);

        MadeSpan[] runs = [.. made.SessionSpans];
        Assert.Equal(3, runs.Select(span => span.TraceId).Distinct().Count());
        Assert.Empty(runs[0].Links);
        Assert.Equal(new MadeLink(runs[0].TraceId, runs[0].SpanId, Local), Assert.Single(runs[1].Links));
        Assert.Equal(new MadeLink(runs[1].TraceId, runs[1].SpanId, Local), Assert.Single(runs[2].Links));
        Assert.All(made.LlmSpans.Concat(made.ToolSpans), span => Assert.Empty(span.Links));
    }

    [Fact]
    public void Spans_without_a_local_parent_nest_under_a_remote_one()
    {
        Telemetry made = Telemetry.With(new TelemetryOptions { RemoteParent = Remote }, WithSubagent);

        Assert.All(made.Spans, span => Assert.Equal((Remote.TraceId.ToString(), "a=1,b=2"), (span.TraceId, span.TraceState)));
        MadeSpan parent = Assert.Single(made.SessionSpans, span => span.SessionId == Some.Session);
        Assert.Equal((Remote.SpanId.ToString(), Local | SpanFlags.ContextIsRemote), (parent.ParentId, parent.Flags));
        Assert.All(made.Spans.Where(span => span != parent), span => Assert.Equal(Local, span.Flags));
        Assert.Contains(made.SessionSpans, span => span.ParentId == parent.SpanId);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Children_of_a_disabled_type_go_to_the_next_enabled_ancestor(bool isRemote)
    {
        var options = new TelemetryOptions { DisabledSpans = SpanTypes.Session, RemoteParent = isRemote ? Remote : null };

        Telemetry made = Telemetry.With(options, WithSubagent);

        Assert.Equal(4, made.Spans.Count);
        Assert.All(made.Spans, span => Assert.Equal(isRemote ? Remote.SpanId.ToString() : MadeSpan.NoSpan, span.ParentId));
        Assert.Single(made.Spans.Select(span => span.TraceId).Distinct());
    }

    [Fact]
    public void A_remote_parent_that_is_not_sampled_suppresses_spans_and_nothing_else()
    {
        Telemetry made = Telemetry.With(new TelemetryOptions { RemoteParent = Remote with { Flags = 0 } }, Some.Turn());
        Telemetry usual = Telemetry.Of(Some.Turn());

        Assert.Empty(made.Spans);
        Assert.Equal(usual.Logs.Count, made.Logs.Count);
        Assert.Equal(usual.Measurements.Count, made.Measurements.Count);
        Assert.All(made.Logs, log => Assert.Equal(MadeSpan.NoSpan, log.SpanId));
    }

    [Fact]
    public void Random_ids_differ_from_replay_to_replay_and_still_fit_together()
    {
        var options = new TelemetryOptions { RandomTraceIds = true };
        Telemetry first = Telemetry.With(options, WithSubagent);
        Telemetry second = Telemetry.With(options, WithSubagent);

        Assert.Empty(first.Spans.Select(span => span.SpanId).Intersect(second.Spans.Select(span => span.SpanId)));
        Assert.Single(first.Spans.Select(span => span.TraceId).Distinct());
        var ids = first.Spans.Select(span => span.SpanId).ToHashSet();
        Assert.Single(first.Spans, span => !ids.Contains(span.ParentId));
        Assert.All(first.Logs.Where(log => log.SpanId != MadeSpan.NoSpan), log => Assert.Contains(log.SpanId, ids));
    }

    [Fact]
    public void Two_tools_with_one_call_id_in_different_sessions_are_two()
    {
        Telemetry made = Telemetry.Of(
            Some.SessionCreated("ses_1"),
            Some.SessionCreated("ses_12"),
            Some.UserMessage("msg_u", "ses_1"),
            Some.UserMessage("msg_u", "ses_12"),
            Some.ToolRunning("call_1", "ses_1", start: Some.T0 + 1),
            Some.ToolRunning("call_1", "ses_12", start: Some.T0 + 2),
            Some.ToolCompleted("call_1", "ses_1", start: Some.T0 + 1, end: Some.T0 + 10),
            Some.ToolCompleted("call_1", "ses_12", start: Some.T0 + 2, end: Some.T0 + 20));

        Assert.Equal([9.0, 18.0], made.MeasurementsOf("tool.duration").Select(one => one.Number));
        Assert.Equal(2, made.ToolSpans.Select(span => span.SpanId).Distinct().Count());
        Assert.Equal(["ses_1", "ses_12"], made.ToolSpans.Select(span => span.SessionId));
    }
}
