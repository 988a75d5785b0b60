using OpencodeOtel.Pipeline.Aggregating;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Tests.Enriching;

/// <summary>Section 2 of the specification, the table of metrics: name, instrument, unit, when, value, attributes.</summary>
public class MetricTableTests
{
    private static readonly double[] DefaultBounds = [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000];

    public static TheoryData<string, string, bool, string> Definitions => new()
    {
        { "session.count", nameof(InstrumentKind.Counter), true, "{session}" },
        { "token.usage", nameof(InstrumentKind.Counter), true, "tokens" },
        { "cost.usage", nameof(InstrumentKind.Counter), false, "USD" },
        { "cache.count", nameof(InstrumentKind.Counter), true, "{request}" },
        { "message.count", nameof(InstrumentKind.Counter), true, "{message}" },
        { "model.usage", nameof(InstrumentKind.Counter), true, "{request}" },
        { "retry.count", nameof(InstrumentKind.Counter), true, "{retry}" },
        { "lines_of_code.count", nameof(InstrumentKind.Counter), true, "{line}" },
        { "lines_of_code.total", nameof(InstrumentKind.Gauge), true, "{line}" },
        { "commit.count", nameof(InstrumentKind.Counter), true, "{commit}" },
        { "subtask.count", nameof(InstrumentKind.Counter), true, "{subtask}" },
        { "tool.duration", nameof(InstrumentKind.Histogram), false, "ms" },
        { "session.duration", nameof(InstrumentKind.Histogram), false, "ms" },
        { "session.token.total", nameof(InstrumentKind.Histogram), false, "tokens" },
        { "session.cost.total", nameof(InstrumentKind.Histogram), false, "USD" },
    };

    [Theory]
    [MemberData(nameof(Definitions))]
    public void An_instrument_is_defined_as_the_table_says(string suffix, string kind, bool isInteger, string unit)
    {
        Telemetry made = Telemetry.Of([.. Some.Turn(), Some.Retry(), Some.Diff((1, 1)), Some.Command("bash", "git commit"), Some.SubtaskPart()]);

        IReadOnlyList<MadeMeasurement> measurements = [.. made.MeasurementsOf(suffix)];

        Assert.NotEmpty(measurements);
        Assert.Single(measurements.Select(one => one.Instrument).Distinct());
        Instrument instrument = measurements[0].Instrument;
        Assert.Equal(kind, instrument.Kind.ToString());
        Assert.Equal(isInteger, instrument.IsInteger);
        Assert.Equal(unit, instrument.Unit);
        Assert.NotEmpty(instrument.Description);
        Assert.All(measurements, one => Assert.Equal(isInteger, one.Value is long));
        Assert.All(measurements, one => Assert.Equal(Some.Session, one["session.id"]));
        Assert.All(measurements, one => Assert.Equal(Some.Project, one["project.id"]));
    }

    [Theory]
    [InlineData("tool.duration", 15, 0, 10000)]
    [InlineData("session.duration", 12, 1000, 7200000)]
    [InlineData("session.token.total", 11, 100, 10000000)]
    [InlineData("session.cost.total", 14, 0.001, 100)]
    public void A_histogram_has_bounds_that_fit_its_unit(string suffix, int count, double first, double last)
    {
        double[] bounds = Telemetry.Of(Some.Turn()).MeasurementsOf(suffix).First().Instrument.Bounds;

        Assert.Equal(count, bounds.Length);
        Assert.Equal((first, last), (bounds[0], bounds[^1]));
        Assert.Equal(bounds.Order(), bounds);
        Assert.Equal(suffix == "tool.duration", bounds.SequenceEqual(DefaultBounds));
    }

    [Fact]
    public void A_created_session_counts_one_and_tells_whether_it_is_a_subagents()
    {
        Telemetry made = Telemetry.Of(Some.SessionCreated(), Some.SessionCreated("ses_2", parent: Some.Session));

        Assert.Equal([(1L, false), (1L, true)], made.MeasurementsOf("session.count").Select(one => ((long)one.Value, (bool)one["is_subagent"])));
    }

    [Fact]
    public void A_completed_message_records_its_tokens_by_type_zeros_too()
    {
        Telemetry made = Telemetry.Of(Some.AssistantMessage(completed: Some.T0 + 700, tokens: new TokenCounts(1, 0, 3, 0, 5)));

        Assert.Equal(
            [("input", 1L), ("output", 0L), ("reasoning", 3L), ("cacheRead", 0L), ("cacheCreation", 5L)],
            made.MeasurementsOf("token.usage").Select(one => ((string)one["type"], (long)one.Value)));
        Assert.All(made.MeasurementsOf("token.usage"), one => Assert.Equal(("acme-1", "build"), (one["model"], one["agent"])));
    }

    [Theory]
    [InlineData(0, 0, "")]
    [InlineData(7, 0, "cacheRead")]
    [InlineData(0, 7, "cacheCreation")]
    [InlineData(7, 7, "cacheRead cacheCreation")]
    public void The_cache_counts_requests_that_read_and_requests_that_wrote(long read, long written, string types)
    {
        Telemetry made = Telemetry.Of(Some.AssistantMessage(completed: Some.T0 + 700, tokens: new TokenCounts(1, 1, 1, read, written)));

        Assert.Equal(types, string.Join(' ', made.MeasurementsOf("cache.count").Select(one => one["type"])));
        Assert.All(made.MeasurementsOf("cache.count"), one => Assert.Equal((1L, "acme-1", "build"), (one.Value, one["model"], one["agent"])));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("APIError")]
    public void A_completed_message_counts_whether_or_not_it_failed(string? error)
    {
        Telemetry made = Telemetry.Of(Some.AssistantMessage(completed: Some.T0 + 700, error: error));

        MadeMeasurement count = Assert.Single(made.MeasurementsOf("message.count"));
        Assert.Equal((1L, "acme-1", "build"), (count.Value, count["model"], count["agent"]));
        Assert.Equal(["agent", "model", "session.id"], count.Attributes.Keys.Order());
        MadeMeasurement usage = Assert.Single(made.MeasurementsOf("model.usage"));
        Assert.Equal((1L, "acme-1", "acme", "build"), (usage.Value, usage["model"], usage["provider"], usage["agent"]));
        MadeMeasurement cost = Assert.Single(made.MeasurementsOf("cost.usage"));
        Assert.Equal((0.25, "acme-1", "build"), (cost.Value, cost["model"], cost["agent"]));
        Assert.Equal(5, made.MeasurementsOf("token.usage").Count());
    }

    [Fact]
    public void A_cost_of_zero_is_recorded()
    {
        Telemetry made = Telemetry.Of(Some.AssistantMessage(completed: Some.T0 + 700, cost: 0));

        Assert.Equal(0.0, Assert.Single(made.MeasurementsOf("cost.usage")).Value);
    }

    [Fact]
    public void A_cost_scale_is_in_value_unit_and_description_but_not_in_the_sessions_total()
    {
        Telemetry made = Telemetry.With(new TelemetryOptions { CostScale = 100 }, Some.Turn());

        MadeMeasurement cost = Assert.Single(made.MeasurementsOf("cost.usage"));
        Assert.Equal(25.0, cost.Value);
        Assert.Equal("USD/100", cost.Instrument.Unit);
        Assert.Contains("100", cost.Instrument.Description, StringComparison.Ordinal);
        MadeMeasurement total = Assert.Single(made.MeasurementsOf("session.cost.total"));
        Assert.Equal((0.25, "USD"), (total.Value, total.Instrument.Unit));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_finished_tool_call_records_its_duration(bool success)
    {
        Telemetry made = Telemetry.Of(Some.SessionCreated(), Some.ToolRunning(), success ? Some.ToolCompleted() : Some.ToolFailed());

        MadeMeasurement duration = Assert.Single(made.MeasurementsOf("tool.duration"));
        Assert.Equal((120.0, "bash", success), (duration.Value, duration["tool_name"], duration["success"]));
    }

    [Fact]
    public void A_tool_call_without_an_end_time_has_no_duration_but_a_record_and_a_span()
    {
        Telemetry made = Telemetry.Of(Some.SessionCreated(), Some.UserMessage(), Some.ToolRunning(), Some.ToolCompleted(start: 0, end: 0));

        Assert.Empty(made.MeasurementsOf("tool.duration"));
        Assert.Single(made.LogsOf("tool_result"));
        Assert.Single(made.ToolSpans);
    }

    [Fact]
    public void The_end_of_a_run_records_its_duration_tokens_and_cost()
    {
        Telemetry made = Telemetry.Of(Some.Turn());

        Assert.Equal(700.0, Assert.Single(made.MeasurementsOf("session.duration")).Value);
        Assert.Equal(150.0, Assert.Single(made.MeasurementsOf("session.token.total")).Value);
        Assert.Equal(0.25, Assert.Single(made.MeasurementsOf("session.cost.total")).Value);
    }

    [Fact]
    public void A_retry_counts_and_other_states_do_not()
    {
        Telemetry made = Telemetry.Of(
            Some.SessionCreated(), Some.Status(SessionStatusType.Busy), Some.Retry(), Some.Retry(), Some.Status(SessionStatusType.Idle), Some.Status(SessionStatusType.Unknown));

        Assert.Equal([1L, 1L], made.MeasurementsOf("retry.count").Select(one => one.Value));
    }

    [Fact]
    public void The_project_is_left_out_while_it_is_not_known()
    {
        Telemetry made = Telemetry.Of(Some.CompletedMessage(), Some.SessionUpdated(), Some.CompletedMessage("msg_2"));

        Assert.Equal([false, true], made.MeasurementsOf("message.count").Select(one => one.Attributes.ContainsKey("project.id")));
    }

    [Theory]
    [InlineData("", "reviewer", "reviewer")]
    [InlineData("build", "reviewer", "build")]
    [InlineData("", "", "unknown")]
    public void The_agent_is_the_messages_else_the_prompts_else_unknown(string message, string prompt, string agent)
    {
        Telemetry made = Telemetry.Of(Some.UserMessage(agent: prompt), Some.AssistantMessage(agent: message, completed: Some.T0 + 700));

        Assert.Equal(agent, Assert.Single(made.MeasurementsOf("message.count"))["agent"]);
    }

    [Fact]
    public void Model_and_provider_are_unknown_when_not_said()
    {
        Telemetry made = Telemetry.Of(Some.AssistantMessage(provider: "", model: "", completed: Some.T0 + 700));

        MadeMeasurement usage = Assert.Single(made.MeasurementsOf("model.usage"));
        Assert.Equal(("unknown", "unknown"), (usage["model"], usage["provider"]));
    }

    [Fact]
    public void A_disabled_metric_is_never_recorded_and_the_others_stay()
    {
        var options = new TelemetryOptions { DisabledMetrics = new HashSet<string> { "token.usage", "session.duration" } };

        Telemetry made = Telemetry.With(options, Some.Turn());

        Assert.Empty(made.MeasurementsOf("token.usage"));
        Assert.Empty(made.MeasurementsOf("session.duration"));
        Assert.Single(made.MeasurementsOf("message.count"));
        Assert.Single(made.LlmSpans);
        Assert.NotEmpty(made.Logs);
    }

    [Fact]
    public void The_prefix_stands_before_every_name()
    {
        Telemetry made = Telemetry.With(new TelemetryOptions { MetricPrefix = "" }, Some.Turn());

        Assert.Contains(made.Measurements, one => one.Name == "token.usage");
        Assert.Contains(made.Spans, span => span.Name == "tool.bash");
        Assert.DoesNotContain(made.Measurements, one => one.Name.StartsWith("opencode.", StringComparison.Ordinal));
    }

    [Fact]
    public void Measurements_are_tied_to_the_span_that_they_were_made_in()
    {
        Telemetry made = Telemetry.Of(Some.Turn());

        Assert.Equal(Assert.Single(made.LlmSpans).SpanId, made.MeasurementsOf("cost.usage").Single().SpanId);
        Assert.Equal(Assert.Single(made.ToolSpans).SpanId, made.MeasurementsOf("tool.duration").Single().SpanId);
        Assert.Equal(Assert.Single(made.SessionSpans).SpanId, made.MeasurementsOf("session.duration").Single().SpanId);
        Assert.Equal(made.Spans[0].TraceId, made.MeasurementsOf("session.duration").Single().TraceId);
    }
}
