using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Tests.Enriching;

/// <summary>Sessions of the run format: no prompt, no agent, no model, no idle, and the same session again in the next process.</summary>
public class RunFormatTests
{
    [Fact]
    public void A_session_that_is_continued_by_another_process_has_a_trace_and_a_session_span_of_its_own()
    {
        Telemetry first = JsonStream.Read(Run("msg_1", Some.T0));
        Telemetry second = JsonStream.Read(Run("msg_2", Some.T0 + 9000));

        Assert.Empty(first.Spans.Select(span => span.SpanId).Intersect(second.Spans.Select(span => span.SpanId)));
        Assert.NotEqual(Assert.Single(first.SessionSpans).TraceId, Assert.Single(second.SessionSpans).TraceId);
        Assert.Equal(first.Lines(), JsonStream.Read(Run("msg_1", Some.T0)).Lines());
    }

    [Fact]
    public void A_call_of_the_first_step_is_logged_with_the_ids_of_its_span()
    {
        Telemetry made = JsonStream.Read(Run("msg_1", Some.T0));

        MadeSpan tool = Assert.Single(made.ToolSpans);
        Assert.Equal((tool.TraceId, tool.SpanId), (Assert.Single(made.LogsOf("tool_result")).TraceId, made.LogsOf("tool_result").Single().SpanId));
        Assert.Equal(Assert.Single(made.SessionSpans).SpanId, tool.ParentId);
    }

    [Fact]
    public void The_end_of_the_stream_is_the_idle_of_the_session()
    {
        Telemetry made = JsonStream.Read(Run("msg_1", Some.T0));

        Assert.Equal((Some.T0, Some.T0 + 500), (Assert.Single(made.SessionSpans).Start, made.SessionSpans.Single().End));
        Assert.Equal((7L, 0.5), (Assert.Single(made.LogsOf("session.idle"))["total_tokens"], made.LogsOf("session.idle").Single()["total_cost_usd"]));
        Assert.Equal(500.0, Assert.Single(made.MeasurementsOf("session.duration")).Number);
    }

    [Theory]
    [InlineData("", "", "unknown", "unknown", "unknown")]
    [InlineData("acme/acme-1", "plan", "acme", "acme-1", "plan")]
    [InlineData("acme/vendor/model", "", "acme", "vendor/model", "unknown")]
    [InlineData("acme-1", "plan", "unknown", "acme-1", "plan")]
    [InlineData("/acme-1", "plan", "unknown", "acme-1", "plan")]
    public void The_user_may_say_model_and_agent(string model, string agent, string provider, string name, string expectedAgent)
    {
        Telemetry made = JsonStream.Read(new TelemetryOptions { UntoldModel = model, UntoldAgent = agent }, Run("msg_1", Some.T0));

        MadeMeasurement usage = Assert.Single(made.MeasurementsOf("model.usage"));
        Assert.Equal((provider, name, expectedAgent), (usage["provider"], usage["model"], usage["agent"]));
        Assert.Equal(expectedAgent, Assert.Single(made.SessionSpans)["agent.name"]);
        Assert.Equal((provider, name, expectedAgent), (Assert.Single(made.LlmSpans)["llm.provider"], made.LlmSpans.Single()["llm.model_name"], made.LlmSpans.Single()["agent.name"]));
    }

    [Fact]
    public void What_the_user_says_is_not_put_in_the_place_of_what_other_shapes_leave_out()
    {
        Telemetry made = Telemetry.With(
            new TelemetryOptions { UntoldModel = "acme/acme-1", UntoldAgent = "plan" }, Some.SessionCreated(), Some.AssistantMessage(provider: "", model: "", agent: "", completed: Some.T0 + 700));

        MadeMeasurement usage = Assert.Single(made.MeasurementsOf("model.usage"));
        Assert.Equal(("unknown", "unknown", "unknown"), (usage["provider"], usage["model"], usage["agent"]));
    }

    private static string[] Run(string message, long at) =>
    [
        Line("step_start", at, $$"""{"messageID":"{{message}}","type":"step-start"}"""),
        Line("tool_use", at + 300, $$$$"""{"id":"prt_{{{{message}}}}","messageID":"{{{{message}}}}","type":"tool","tool":"bash","callID":"call_{{{{message}}}}","state":{"status":"completed","input":{},"output":"ok","time":{"start":{{{{at + 100}}}},"end":{{{{at + 200}}}}}}}"""),
        Line("step_finish", at + 500, $$$"""{"messageID":"{{{message}}}","reason":"stop","cost":0.5,"tokens":{"input":3,"output":4}}"""),
    ];

    private static string Line(string type, long at, string part) =>
        $$"""{"type":"{{type}}","timestamp":{{at}},"sessionID":"{{Some.Session}}","part":{{part}}}""";
}
