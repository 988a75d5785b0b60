using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Enriching;
using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Tests.Enriching;

/// <summary>A session of which nothing is heard for the quiet time is let go; heard of again, it goes on where it was.</summary>
public class QuietSessionTests
{
    private const long Hour = 60 * 60 * 1000;

    [Fact]
    public void A_session_is_let_go_when_nothing_was_heard_of_it_for_the_quiet_time()
    {
        Telemetry made = Telemetry.Of([.. Some.Turn(), Other(Some.T0 + 700 + Hour - 1)]);
        Assert.Empty(made.EndedSessions);

        made.Then(Other(Some.T0 + 700 + Hour));

        Assert.Equal([Some.Session], made.EndedSessions);
        Assert.Equal((0, 0), (made.Enricher.Counts.SessionsEnded, made.Enricher.Counts.SessionsForgotten));
    }

    [Fact]
    public void A_session_that_was_heard_of_before_a_replay_had_a_time_is_not_quiet()
    {
        Telemetry made = Telemetry.Of(Some.Error(), Some.Retry("ses_2"), Other(Some.T0), Some.Retry());
        Assert.Empty(made.EndedSessions);

        made.Then(Other(Some.T0 + Hour));

        Assert.Equal([Some.Session, "ses_2", "ses_other"], made.EndedSessions.Order());
    }

    [Fact]
    public void The_quiet_time_can_be_set()
    {
        Telemetry made = Telemetry.With(new TelemetryOptions { SessionQuietTime = TimeSpan.FromSeconds(2) }, [.. Some.Turn(), Other(Some.T0 + 2700)]);

        Assert.Equal([Some.Session], made.EndedSessions);
    }

    [Fact]
    public void In_silence_the_quiet_time_passes_by_the_clock()
    {
        var time = new ManualTime(Some.T0 + 1000);
        Telemetry made = new Telemetry(new TelemetryOptions(), time: time).Then(Some.Turn());
        time.Milliseconds += Hour - 1;
        made.Enricher.Tick();
        Assert.Empty(made.EndedSessions);

        time.Milliseconds += 1;
        made.Enricher.Tick();

        Assert.Equal([Some.Session], made.EndedSessions);
    }

    [Fact]
    public void A_run_that_never_ends_ends_where_its_session_was_heard_of_last_and_has_no_totals()
    {
        Telemetry made = Telemetry.Of(
            Some.SessionCreated(), Some.UserMessage(), Some.AssistantMessage(), Some.ToolRunning(), Other(Some.T0 + (2 * Hour)));

        MadeSpan session = Assert.Single(made.SessionSpans);
        Assert.Equal((Some.T0 + 300, StatusCode.Unset, "session_quiet"), (session.End, session.Status, session["session.end_reason"]));
        Assert.All(made.ToolSpans.Concat(made.LlmSpans), span => Assert.Equal((Some.T0 + 300, StatusCode.Error), (span.End, span.Status)));
        Assert.Equal(3, made.Spans.Count);
        Assert.Empty(made.LogsOf("session.idle"));
        Assert.Empty(made.MeasurementsOf("session.duration"));
    }

    [Fact]
    public void What_completes_after_the_quiet_time_still_counts_and_makes_no_second_span()
    {
        const long Late = Some.T0 + (2 * Hour);
        Telemetry made = Telemetry.Of(
            Some.SessionCreated(),
            Some.UserMessage(),
            Some.AssistantMessage(),
            Some.ToolRunning(),
            Other(Late),
            Some.ToolCompleted(end: Late + 1),
            Some.AssistantMessage(completed: Late + 2),
            Some.Idle());

        Assert.Single(made.LlmSpans);
        Assert.Single(made.ToolSpans);
        Assert.Single(made.SessionSpans, span => span.SessionId == Some.Session);
        Assert.Equal((1.0, 1), (made.Sum("message.count"), made.MeasurementsOf("tool.duration").Count()));
    }

    [Fact]
    public void An_idle_of_a_session_that_was_let_go_says_nothing()
    {
        Telemetry made = Telemetry.Of([.. Some.Turn(), Other(Some.T0 + (2 * Hour)), Some.Idle(), Some.Idle()]);

        Assert.Single(made.LogsOf("session.idle"));
    }

    [Fact]
    public void An_idle_of_a_session_that_was_dropped_for_want_of_room_says_nothing()
    {
        var made = new Telemetry(limits: new EnrichingLimits { Sessions = 1 });
        made.Then([.. Some.Turn(), Some.SessionCreated("ses_2"), Some.Idle(), Some.SessionCreated()]);

        Assert.Single(made.LogsOf("session.idle"), log => log["session.id"].Equals(Some.Session));
        Assert.Equal(2.0, made.Sum("session.count"));
    }

    [Fact]
    public void An_idle_of_a_deleted_session_says_nothing()
    {
        Telemetry made = Telemetry.Of([.. Some.Turn(), Some.SessionDeleted(), Some.Idle()]);

        Assert.Single(made.LogsOf("session.idle"));
    }

    [Fact]
    public void A_session_that_comes_back_goes_on_where_it_was()
    {
        const long Late = Some.T0 + (2 * Hour);
        Telemetry made = Telemetry.Of(
        [
            .. Some.Turn(),
            Some.Diff((5, 1)),
            Other(Late),
            Some.UserMessage("msg_u2", at: Late + 10),
            Some.CompletedMessage("msg_a2", parent: "msg_u2", at: Late + 20),
            Some.Diff((7, 1)),
            Some.UserMessage("msg_old", at: Some.T0 - 10),
            Some.Idle(),
        ]);

        MadeSpan[] runs = [.. made.SessionSpans];
        Assert.Equal(runs[0].SpanId, Assert.Single(runs[1].Links).SpanId);
        Assert.Equal((Some.Project, Late + 10), (runs[1]["project.id"], runs[1].Start));
        Assert.Equal([5L, 1L, 2L], made.MeasurementsOf("lines_of_code.count").Select(one => one.Value));
        Assert.Single(made.LogsOf("user_prompt"), log => log.Time > Late);
        Assert.Equal(2, made.LogsOf("session.idle").Count());
    }

    [Fact]
    public void A_sub_agents_session_that_works_keeps_those_above_it()
    {
        var steps = new List<Happening> { Some.SessionCreated(), Some.UserMessage(), Some.SessionCreated("ses_child", parent: Some.Session), Some.SessionCreated("ses_leaf", parent: "ses_child") };
        for (int minute = 0; minute < 180; minute += 10)
        {
            steps.Add(Some.Tool(ToolStatus.Running, session: "ses_leaf", start: Some.T0 + (minute * 60 * 1000)));
        }

        Assert.Empty(Telemetry.Of(steps).EndedSessions);
    }

    [Fact]
    public void Sessions_that_name_each_other_as_parents_are_survived() =>
        Assert.Empty(Telemetry.Of(
            Some.SessionCreated("ses_1", parent: "ses_2"), Some.SessionCreated("ses_2", parent: "ses_1"), Some.UserMessage(session: "ses_1"), Some.Idle("ses_2")).EndedSessions);

    [Fact]
    public void Of_sessions_that_were_let_go_no_more_is_kept_than_the_bound_says_and_this_is_counted()
    {
        var made = new Telemetry(limits: new EnrichingLimits { Sessions = 1, PastSessions = 1 });
        made.Then(Some.SessionCreated("ses_1"), Some.SessionCreated("ses_2"), Some.SessionCreated("ses_3"), Some.SessionCreated("ses_1"));

        Assert.Equal(2, made.Enricher.Counts.PastSessionsForgotten);
        Assert.Equal(4.0, made.Sum("session.count"));
    }

    private static Happening Other(long at) => Some.SessionUpdated("ses_other", at);
}
