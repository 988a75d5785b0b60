using System.Text;
using CsCheck;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Exporting;
using OpencodeOtel.Pipeline.Exporting.Terminal;

namespace OpencodeOtel.Pipeline.Tests.Exporting.Terminal;

public class ConsolePayloadSenderTests
{
    private const long Second = 1_700_000_000;

    [Fact]
    public async Task A_log_record_is_a_line()
    {
        string output = await PrintAsync(Logs(
            $$"""{"timeUnixNano":"{{Second}}123000000","severityNumber":9,"severityText":"INFO","eventName":"api_request","body":{"stringValue":"api_request"},"attributes":[{{Text("event.name", "api_request")}},{{Text("session.id", "ses_1")}},{{Text("project.id", "p")}},{{Text("model", "opus")}},{"key":"cost_usd","value":{"doubleValue":0.0123} },{"key":"duration_ms","value":{"intValue":"2345"} },{"key":"input_tokens","value":{"intValue":"12345"} },{"key":"ok","value":{"boolValue":true} }]}""",
            $$"""{"observedTimeUnixNano":"{{Second}}000000000","severityNumber":17,"severityText":"ERROR","eventName":"session.error","attributes":[{{Text("error", "two words")}}]}"""));
        Assert.Equal(
            """
            22:13:20.123 INFO  api_request     model=opus cost=$0.012 duration=2.3s input_tokens=12,345 ok=true ses_1
            22:13:20.000 ERROR session.error   error="two words"

            """,
            output);
    }

    [Fact]
    public async Task A_trace_is_a_tree_once_its_root_has_ended()
    {
        StringWriter writer = new();
        await using (ConsolePayloadSender sender = new(new ConsoleOutput(writer, Colour: false), new Utc()))
        {
            Assert.Equal(SendOutcome.Accepted, Write(sender, Signal.Traces, Spans(
                Span("b", "a", 1, 3, "opencode.llm", "LLM", Text("llm.model_name", "opus"), Count("llm.token_count.prompt", 1200), Count("llm.token_count.completion", 34), Count("llm.token_count.total", 1234), """{"key":"llm.cost.total","value":{"doubleValue":0.5}}"""),
                Span("d", "c", 5, 6, "opencode.llm", "LLM"))).Outcome);
            Assert.Equal("", writer.ToString());
            Write(sender, Signal.Traces, Spans(
                Span("c", "a", 4, 8, "opencode.session", "AGENT", Text("agent.name", "explore")),
                Span("e", "a", 3, 4, "opencode.tool.bash", "TOOL", "\"failed\"", Count("tool.result_size_bytes", 2048)),
                Span("a", "", 0, 9, "opencode.session", "AGENT", Text("agent.name", "build"), Text("session.id", "ses_1"), Count("session.total_tokens", 1234))));
            Assert.Equal(
                """
                trace 0af76519 · ses_1 · 2 steps · 1 tool call · 1,234 tokens · $0.500 · 1 failed
                └─ ✓ opencode.session  9.0 s  build  1,234 tokens
                   ├─ ✓ opencode.llm  2.0 s  opus  in 1,200  out 34  $0.500
                   ├─ ✗ opencode.tool.bash  1.0 s  2.0 kB  it failed
                   └─ ✓ opencode.session  4.0 s  explore
                      └─ ✓ opencode.llm  1.0 s

                """,
                writer.ToString());
        }
    }

    [Fact]
    public async Task Spans_without_their_root_are_written_at_the_end()
    {
        string output = await PrintAsync(Signal.Traces, Spans(Span("b", "a", 1, 3, "opencode.llm", "LLM")));
        Assert.Equal("trace (root not seen) 0af76519 · 1 step · 0 tokens · $0\n└─ ✓ opencode.llm  2.0 s\n", output);
    }

    [Fact]
    public async Task A_span_under_a_remote_parent_is_a_root()
    {
        StringWriter writer = new();
        await using ConsolePayloadSender sender = new(new ConsoleOutput(writer, Colour: false), new Utc());
        Write(sender, Signal.Traces, Spans(Span("b", "a", 1, 3, "opencode.session", "AGENT").Replace("\"flags\":257", "\"flags\":769", StringComparison.Ordinal)));
        Assert.StartsWith("trace 0af76519", writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parents_in_a_circle_and_equal_ids_are_written_once_each()
    {
        string output = await PrintAsync(Signal.Traces, Spans(Span("a", "b", 1, 2, "one", ""), Span("b", "a", 1, 2, "two", ""), Span("c", "c", 1, 2, "three", ""), Span("a", "", 3, 4, "four", "")));
        Assert.Equal(1, output.Split("one").Length - 1);
        Assert.All(["one", "two", "three", "four"], name => Assert.Contains(name, output, StringComparison.Ordinal));
        Assert.Equal(5, output.TrimEnd('\n').Split('\n').Length);
    }

    [Fact]
    public async Task No_more_than_ten_thousand_spans_are_kept()
    {
        StringWriter writer = new();
        await using ConsolePayloadSender sender = new(new ConsoleOutput(writer, Colour: false), new Utc());
        for (int batch = 0; batch < 11; batch++)
        {
            Write(sender, Signal.Traces, Spans([.. Enumerable.Range(0, 1000).Select(index =>
                Span($"{batch}x{index}", "lost", 1, 2, "s", "").Replace("0af7", $"{batch:x4}", StringComparison.Ordinal))]));
        }

        Assert.Equal(1001, writer.ToString().TrimEnd('\n').Split('\n').Length); // The first trace, to make room.
        Assert.StartsWith("trace (part) 0000", writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_are_a_table_at_the_end_with_sessions_added_up()
    {
        StringWriter writer = new();
        await using (ConsolePayloadSender sender = new(new ConsoleOutput(writer, Colour: false), new Utc()))
        {
            Write(sender, Signal.Metrics, Metrics(Sum("opencode.token.usage", "tokens", 2, Point("1", 100, "s1", "input"), Point("1", 5, "s1", "output"))));
            Write(sender, Signal.Metrics, Metrics(
                Sum("opencode.token.usage", "tokens", 2, Point("1", 1100, "s1", "input"), Point("2", 400, "s2", "input"), Point("9", 7, "s1", "output")),
                """{"name":"opencode.tool.duration","unit":"ms","histogram":{"aggregationTemporality":2,"dataPoints":[{"startTimeUnixNano":"1","count":"4","sum":2000,"min":100,"max":900,"attributes":[{"key":"tool_name","value":{"stringValue":"bash"}}]}]}}""",
                """{"name":"opencode.cost.usage","unit":"USD","sum":{"aggregationTemporality":2,"dataPoints":[{"asDouble":0.25}]}}"""));
            Assert.Equal("", writer.ToString());
        }

        Assert.Equal(
            """
            metrics
              opencode.cost.usage                     $0.250
              opencode.token.usage    type=input       1,500
                                      type=output         12
              opencode.tool.duration  tool_name=bash  4 ×  mean 500 ms  from 100 ms to 900 ms

            """,
            writer.ToString());
    }

    [Fact]
    public async Task Deltas_are_added_up()
    {
        string delta = Metrics(Sum("m", "1", 1, Point("1", 2, "s", "x")));
        Assert.Contains("type=x  6", await PrintAsync(Signal.Metrics, delta, delta, delta), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Colour_is_only_used_where_it_is_understood()
    {
        StringWriter writer = new();
        await using ConsolePayloadSender sender = new(new ConsoleOutput(writer, Colour: true), new Utc());
        Write(sender, Signal.Logs, Logs("""{"severityNumber":17,"severityText":"ERROR","eventName":"e"}"""));
        Assert.Contains("\u001b[31mERROR\u001b[0m", writer.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", await PrintAsync(Logs("""{"severityNumber":17,"severityText":"ERROR","eventName":"e\u001b[31m"}""")), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_makes_it_throw()
    {
        string[] seeds =
        [
            Logs("""{"timeUnixNano":"1","attributes":[{"key":"a","value":{"arrayValue":{"values":[]}}}]}"""),
            Spans(Span("a", "b", 1, 2, "n", "LLM", Count("llm.token_count.total", 3))),
            Metrics(Sum("m", "1", 1, Point("1", 2, "s", "x"))),
        ];
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[0, 600], Gen.Char["{}[]\":,0-9eE.+x\\ud"], Gen.Int[0, 20]).Sample((seed, signal, at, character, cut) =>
        {
            StringBuilder text = new(seeds[seed]);
            text[at % text.Length] = character;
            text.Remove(at * 7 % text.Length, Math.Min(cut, text.Length - (at * 7 % text.Length)));
            ConsolePayloadSender sender = new(new ConsoleOutput(new StringWriter(), Colour: true), new Utc());
            SendResult result = Write(sender, (Signal)signal, text.ToString());
            Assert.True(result.Outcome is SendOutcome.Accepted or SendOutcome.Refused);
            Assert.True(sender.DisposeAsync().AsTask().IsCompletedSuccessfully);
        });
    }

    [Fact]
    public async Task A_console_that_is_gone_is_refused()
    {
        await using ConsolePayloadSender sender = new(new ConsoleOutput(new ClosedPipe(), Colour: false), new Utc());
        Assert.Equal(SendOutcome.Refused, Write(sender, Signal.Logs, Logs("{}")).Outcome);
        Write(sender, Signal.Metrics, Metrics(Sum("m", "1", 1, Point("1", 2, "s", "x")))); // Disposing writes it, and must not throw.
    }

    private static Task<string> PrintAsync(string logs) => PrintAsync(Signal.Logs, logs);

    private static async Task<string> PrintAsync(Signal signal, params string[] payloads)
    {
        StringWriter writer = new();
        await using (ConsolePayloadSender sender = new(new ConsoleOutput(writer, Colour: false), new Utc()))
        {
            Assert.All(payloads, payload => Assert.Equal(SendOutcome.Accepted, Write(sender, signal, payload).Outcome));
        }

        return writer.ToString();
    }

    private static SendResult Write(ConsolePayloadSender sender, Signal signal, string payload) => sender.Write(signal, Encoding.UTF8.GetBytes(payload));

    private static string Logs(params string[] records) => $$"""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{{string.Join(',', records)}}]}]}]}""";

    private static string Spans(params string[] spans) => $$"""{"resourceSpans":[{"scopeSpans":[{"spans":[{{string.Join(',', spans)}}]}]}]}""";

    private static string Metrics(params string[] metrics) => $$"""{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{{string.Join(',', metrics)}}]}]}]}""";

    private static string Text(string key, string value) => $$$"""{"key":"{{{key}}}","value":{"stringValue":"{{{value}}}"}}""";

    private static string Count(string key, int value) => $$$"""{"key":"{{{key}}}","value":{"intValue":"{{{value}}}"}}""";

    private static string Sum(string name, string unit, int temporality, params string[] points) =>
        $$"""{"name":"{{name}}","unit":"{{unit}}","sum":{"aggregationTemporality":{{temporality}},"isMonotonic":true,"dataPoints":[{{string.Join(',', points)}}]} }""";

    private static string Point(string start, int value, string session, string type) =>
        $$"""{"startTimeUnixNano":"{{start}}","timeUnixNano":"9","asInt":"{{value}}","attributes":[{{Text("session.id", session)}},{{Text("type", type)}}]}""";

    private static string Span(string id, string parent, int start, int end, string name, string kind, params string[] attributes)
    {
        bool failed = attributes.Contains("\"failed\"");
        string list = string.Join(',', attributes.Where(attribute => attribute != "\"failed\"").Append(Text("openinference.span.kind", kind)));
        string status = failed ? """{"code":2,"message":"it failed"}""" : """{"code":1}""";
        return $$"""{"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"{{id}}","parentSpanId":"{{parent}}","flags":257,"name":"{{name}}","kind":1,"startTimeUnixNano":"{{Second + start}}000000000","endTimeUnixNano":"{{Second + end}}000000000","attributes":[{{list}}],"status":{{status}} }""";
    }

    private sealed class Utc : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;
    }

    private sealed class ClosedPipe : StringWriter
    {
        public override void WriteLine(string? value) => throw new IOException("broken pipe");
    }
}
