using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Enriching;

namespace OpencodeOtel.Pipeline.Tests.Enriching;

/// <summary>Section 5 of the specification, channels of attributes: which signal has them, and what they win against.</summary>
public class AttributeChannelTests
{
    [Fact]
    public void Item_105_Span_attributes_go_on_spans_only_over_the_start_attributes_under_what_is_set_later()
    {
        var options = new TelemetryOptions
        {
            SpanAttributes = [new("team", "tools"), new("agent.name", "mine"), new("cost_usd", "mine"), new("tool.success", "mine"), new("session.total_tokens", "mine")],
        };

        Telemetry made = Telemetry.With(options, Some.Turn());

        Assert.All(made.Spans, span => Assert.Equal("tools", span["team"]));
        Assert.Equal("mine", Assert.Single(made.LlmSpans)["agent.name"]);
        Assert.Equal(0.25, Assert.Single(made.LlmSpans)["cost_usd"]);
        Assert.Equal(true, Assert.Single(made.ToolSpans)["tool.success"]);
        Assert.Equal(150L, Assert.Single(made.SessionSpans)["session.total_tokens"]);
        Assert.DoesNotContain(made.Logs, log => log.Attributes.ContainsKey("team"));
        Assert.DoesNotContain(made.Measurements, one => one.Attributes.ContainsKey("team"));
    }

    [Fact]
    public void Metric_attributes_go_on_measurements_only_over_our_own()
    {
        var options = new TelemetryOptions { MetricAttributes = [new("team", "tools"), new("session.id", "all"), new("type", "mine")] };

        Telemetry made = Telemetry.With(options, Some.Turn());

        Assert.All(made.Measurements, one => Assert.Equal(("tools", "all", "mine"), (one["team"], one["session.id"], one["type"])));
        Assert.DoesNotContain(made.Logs, log => log.Attributes.ContainsKey("team"));
        Assert.DoesNotContain(made.Spans, span => span.Attributes.ContainsKey("team"));
        Assert.All(made.Logs, log => Assert.Equal(Some.Session, log["session.id"]));
    }

    [Fact]
    public void Attributes_beyond_the_limit_of_a_span_are_dropped_and_counted()
    {
        var options = new TelemetryOptions { SpanAttributes = [.. Enumerable.Range(0, 130).Select(number => new KeyValuePair<string, string>($"key{number}", "value"))] };

        Telemetry made = Telemetry.With(options, Some.Turn());

        Assert.All(made.Spans, span => Assert.Equal(128, span.Attributes.Count));
        Assert.Equal(17 + 130 - 128, (int)Assert.Single(made.LlmSpans).Dropped);
        Assert.Equal(made.Spans.Sum(span => span.Dropped), made.Enricher.Counts.AttributesDropped);
        Assert.Contains(made.Enricher.Counts.ToList(), bound => bound.Key == "span attributes dropped");
    }

    [Fact]
    public void No_bound_is_hit_by_a_usual_session() => Assert.Empty(Telemetry.Of(Some.Turn()).Enricher.Counts.ToList());

    [Fact]
    public void The_usual_bounds_are_these()
    {
        var limits = new EnrichingLimits();

        Assert.Equal((10_000, 10_000, 10_000), (limits.Sessions, limits.Messages, limits.Calls));
    }
}
