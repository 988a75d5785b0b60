using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Enriching;

namespace OpencodeOtel.Pipeline.Tests.Enriching;

/// <summary>Section 4 of the specification, bounds: what is beyond a bound is ended or forgotten, and counted.</summary>
public class BoundTests
{
    [Fact]
    public void The_oldest_session_with_an_open_run_is_ended()
    {
        var made = new Telemetry(limits: new EnrichingLimits { Sessions = 2 });

        made.Then(Some.SessionCreated("ses_1"), Some.SessionCreated("ses_2"), Some.UserMessage(session: "ses_1"), Some.SessionCreated("ses_3"));

        MadeSpan ended = Assert.Single(made.SessionSpans);
        Assert.Equal(("ses_2", "stream_end"), (ended.SessionId, ended["session.end_reason"]));
        Assert.Equal((1, 0), (made.Enricher.Counts.SessionsEnded, made.Enricher.Counts.SessionsForgotten));
    }

    [Fact]
    public void A_session_that_was_ended_for_want_of_room_makes_no_second_span_of_its_run()
    {
        var made = new Telemetry(limits: new EnrichingLimits { Sessions = 1 });

        made.Then(
            Some.SessionCreated("ses_1"),
            Some.UserMessage("msg_u", "ses_1"),
            Some.AssistantMessage("msg_a", "ses_1", "msg_u"),
            Some.SessionCreated("ses_2"),
            Some.AssistantMessage("msg_a", "ses_1", "msg_u", completed: Some.T0 + 700),
            Some.CompletedMessage("msg_a2", "ses_1", "msg_u"),
            Some.Idle("ses_1"));

        Assert.Single(made.SessionSpans, span => span.SessionId == "ses_1");
        Assert.Single(made.LlmSpans, span => span.Status == StatusCode.Error);
        Assert.Equal(made.Spans.Count, made.Spans.Select(span => span.SpanId).Distinct().Count());
        Assert.Equal(2.0, made.Sum("message.count"));
    }

    [Fact]
    public void Sessions_between_runs_are_forgotten_one_by_one()
    {
        var made = new Telemetry(limits: new EnrichingLimits { Sessions = 10 });

        for (int number = 0; number < 1000; number++)
        {
            made.Then(Some.Turn($"ses_{number}", $"msg_u{number}", $"msg_a{number}"));
        }

        Assert.Equal((0, 990), (made.Enricher.Counts.SessionsEnded, made.Enricher.Counts.SessionsForgotten));
        Assert.Equal(1000, made.SessionSpans.Count(span => span.Status == StatusCode.Ok));
    }

    [Fact]
    public void The_oldest_message_is_ended_and_still_counts_when_it_completes()
    {
        var made = new Telemetry(limits: new EnrichingLimits { Messages = 1 });

        made.Then(Some.SessionCreated(), Some.UserMessage(), Some.AssistantMessage("msg_a1"), Some.AssistantMessage("msg_a2"));
        MadeSpan ended = Assert.Single(made.LlmSpans);
        Assert.Equal((StatusCode.Error, "stream ended before message completed"), (ended.Status, ended.StatusMessage));
        Assert.Equal(1, made.Enricher.Counts.MessagesEnded);

        made.Then(Some.CompletedMessage("msg_a2"), Some.CompletedMessage("msg_a1"), Some.Idle());
        Assert.Equal(2.0, made.Sum("message.count"));
        Assert.Equal(2, made.LlmSpans.Count());
        Assert.Equal(2L, Assert.Single(made.SessionSpans)["session.total_messages"]);
    }

    [Fact]
    public void The_oldest_call_is_ended_and_still_counts_when_it_completes()
    {
        var made = new Telemetry(limits: new EnrichingLimits { Calls = 1 });

        made.Then(Some.SessionCreated(), Some.UserMessage(), Some.ToolRunning("call_1"), Some.ToolRunning("call_2"));
        Assert.Equal("stream ended before tool completed", Assert.Single(made.ToolSpans).StatusMessage);
        Assert.Equal(1, made.Enricher.Counts.CallsEnded);

        made.Then(Some.ToolCompleted("call_2"), Some.ToolCompleted("call_1"), Some.Idle());
        Assert.Equal(2, made.MeasurementsOf("tool.duration").Count());
        Assert.Equal(2, made.ToolSpans.Count());
        Assert.Single(made.SessionSpans);
    }

    [Fact]
    public void The_oldest_prompt_is_forgotten_with_its_record_made_and_its_repetition_known()
    {
        var made = new Telemetry(limits: new EnrichingLimits { Prompts = 1 });

        made.Then(Some.SessionCreated(), Some.UserMessage("msg_u1"), Some.TextPart("one", "msg_u1"), Some.UserMessage("msg_u2"));
        Assert.Equal(3L, Assert.Single(made.LogsOf("user_prompt"))["prompt_length"]);

        made.Then(Some.UserMessage("msg_u1"), Some.Idle());
        Assert.Equal(2, made.LogsOf("user_prompt").Count());
        Assert.Equal(1, made.Enricher.Counts.PromptsForgotten);
    }

    [Fact]
    public void Finished_ids_are_forgotten_and_counted()
    {
        var made = new Telemetry(limits: new EnrichingLimits { RecentIds = 2 });

        made.Then(Some.SessionCreated(), Some.CompletedMessage("msg_1"), Some.CompletedMessage("msg_2"), Some.CompletedMessage("msg_3"));

        Assert.Equal(1, made.Enricher.Counts.IdsForgotten);
    }

    [Fact]
    public void Parts_that_cannot_be_told_apart_any_more_are_left_out_and_counted()
    {
        var made = new Telemetry(limits: new EnrichingLimits { PartsPerMessage = 2 });

        made.Then(Some.SessionCreated(), Some.UserMessage());
        made.Then(Enumerable.Range(0, 5).Select(number => Some.TextPart("ab", id: $"prt_{number}")));
        made.Then(Some.Idle());

        Assert.Equal(5L, Assert.Single(made.LogsOf("user_prompt"))["prompt_length"]);
        Assert.Equal(3, made.Enricher.Counts.PartsIgnored);
    }

    [Fact]
    public void Calls_that_wait_for_a_key_are_bounded()
    {
        var made = new Telemetry(limits: new EnrichingLimits { HeldCallsPerRun = 3 });

        made.Then(Enumerable.Range(0, 4).Select(number => Some.ToolCompleted($"call_{number}")));

        Assert.Equal(4, made.ToolSpans.Count());
        Assert.Equal(1, made.Enricher.Counts.RunsNamedEarly);
    }

    [Fact]
    public void An_event_with_an_id_that_is_too_long_is_ignored_and_counted()
    {
        string id = new('x', 2000);
        Telemetry made = Telemetry.Of(Some.SessionCreated(id), Some.CompletedMessage(id), Some.ToolRunning(id));

        Assert.Empty(made.Complete().Spans);
        Assert.Equal(3, made.Enricher.Counts.IdsTooLong);
    }

    [Fact]
    public void A_name_that_is_too_long_is_cut_and_counted()
    {
        Telemetry made = Telemetry.Of(Some.AssistantMessage(model: new string('m', 5000), completed: Some.T0 + 700));

        Assert.Equal(new string('m', 1024), made.MeasurementsOf("message.count").Single()["model"]);
        Assert.True(made.Enricher.Counts.TextsCut > 0);
    }

    [Fact]
    public void Recurring_texts_are_bounded_and_stay_right()
    {
        var made = new Telemetry(limits: new EnrichingLimits { Texts = 4 });

        made.Then(Enumerable.Range(0, 20).Select(number => Some.AssistantMessage($"msg_{number}", model: $"model-{number}", completed: Some.T0 + 700)));

        Assert.Equal(Enumerable.Range(0, 20).Select(number => $"model-{number}"), made.MeasurementsOf("message.count").Select(one => one["model"]));
        Assert.True(made.Enricher.Counts.TextsForgotten > 0);
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public void Times_that_no_clock_shows_are_survived_and_do_not_move_the_events_clock(long time)
    {
        Telemetry made = Telemetry.Of(
            Some.SessionCreated(),
            Some.UserMessage(at: time),
            Some.AssistantMessage(at: time),
            Some.Idle(),
            Some.ToolRunning(start: time),
            Some.ToolCompleted(start: time, end: time));
        Assert.Empty(made.SessionSpans);

        made.Then(Some.AssistantMessage(at: time, completed: time)).Complete();

        Assert.Single(made.SessionSpans);
        Assert.All(made.Spans, span => Assert.True(span.End >= span.Start));
    }
}
