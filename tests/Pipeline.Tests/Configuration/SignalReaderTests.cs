using OpencodeOtel.Pipeline.Configuration;
using static OpencodeOtel.Pipeline.Tests.Configuration.Resolving;

namespace OpencodeOtel.Pipeline.Tests.Configuration;

public class SignalReaderTests
{
    [Theory]
    [InlineData("session", SpanTypes.Session, 0)]
    [InlineData(" LLM , tool ", SpanTypes.Llm | SpanTypes.Tool, 0)]
    [InlineData("all", SpanTypes.All, 0)]
    [InlineData("*", SpanTypes.All, 0)]
    [InlineData("TRUE", SpanTypes.All, 0)]
    [InlineData("1", SpanTypes.All, 0)]
    [InlineData("llm,model", SpanTypes.Llm, 1)]
    [InlineData(",", SpanTypes.None, 0)]
    public void Disabled_span_types_are_read(string text, SpanTypes types, int warnings)
    {
        ResolvedOptions resolved = From($"OPENCODE_DISABLE_TRACES={text}");
        Assert.Equal(types, resolved.Options.DisabledSpans);
        Assert.Equal(warnings, resolved.Warnings.Count);
    }

    [Fact]
    public void Disabled_metrics_are_read_and_unknown_names_warn()
    {
        ResolvedOptions resolved = From("OPENCODE_DISABLE_METRICS=token.usage, retry.count ,opencode.commit.count");
        Assert.Equal(["retry.count", "token.usage"], resolved.Options.DisabledMetrics.Order());
        Assert.Contains("'opencode.commit.count'", Assert.Single(resolved.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OPENCODE_DISABLE_LOGS=0", true)] // Any text.
    [InlineData("OPENCODE_DISABLE_LOGS=", false)]
    [InlineData("--disable-logs", true)]
    [InlineData("OTEL_LOGS_EXPORTER=none", true)]
    [InlineData("OTEL_LOGS_EXPORTER=otlp", false)]
    public void Logs_are_disabled_by_any_text(string given, bool disabled) => Assert.Equal(disabled, From(given).Options.LogsDisabled);

    [Fact]
    public void An_exporter_none_of_opentelemetry_switches_its_signal_off()
    {
        Assert.Equal(SpanTypes.All, From("OTEL_TRACES_EXPORTER=none").Options.DisabledSpans);
        Assert.Equal(15, From("OTEL_METRICS_EXPORTER=none").Options.DisabledMetrics.Count);
    }

    [Fact]
    public void An_exporter_chosen_on_the_command_line_beats_opentelemetrys_choice() =>
        Assert.Equal(SpanTypes.None, From("OTEL_TRACES_EXPORTER=none", "--exporter console").Options.DisabledSpans);

    [Fact]
    public void An_exporter_of_opentelemetry_that_is_not_understood_warns() =>
        Assert.StartsWith("OTEL_LOGS_EXPORTER is 'console'", Assert.Single(From("OTEL_LOGS_EXPORTER=console").Warnings), StringComparison.Ordinal);
}
