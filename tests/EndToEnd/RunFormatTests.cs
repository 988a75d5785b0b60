using System.Text;
using System.Text.Json;
using OpencodeOtel.EndToEnd.Support;
using OpencodeOtel.TestCollector;
using OpenTelemetry.Proto.Common.V1;
using OpenTelemetry.Proto.Trace.V1;

namespace OpencodeOtel.EndToEnd;

/// <summary>The output of <c>opencode run --format json</c>, which names neither model nor agent.</summary>
public sealed class RunFormatTests
{
    public static TheoryData<string> Runs => [.. Recordings.Run];

    [Theory]
    [MemberData(nameof(Runs))]
    public async Task A_run_is_shipped_under_the_model_and_the_agent_that_a_person_says(string recording)
    {
        byte[] stream = Recordings.Read(recording);
        JsonElement[] steps = Steps(stream);
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();

        CliResult result = await CliProcess.RunAsync(
            ["pipe", "--enable", "--model", "acme/atlas-large", "--agent", "build", "--endpoint", server.GrpcEndpoint.ToString(), "--verbose"], stream);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("model is acme/atlas-large (--model)", result.Error, StringComparison.Ordinal);
        Assert.Contains("agent is build (--agent)", result.Error, StringComparison.Ordinal);
        Span[] messages = [.. server.Spans.Select(span => span.Item).Where(span => span.Name == "opencode.llm")];
        Assert.Equal(steps.Length, messages.Length);
        Assert.All(messages, span =>
        {
            Assert.Equal("atlas-large", Text(span.Attributes, "llm.model_name"));
            Assert.Equal("acme", Text(span.Attributes, "llm.provider"));
            Assert.Equal("build", Text(span.Attributes, "agent.name"));
        });
        Assert.Equal("build", Text(Assert.Single(server.Spans, span => span.Item.Name == "opencode.session").Item.Attributes, "agent.name"));
        var sums = new MetricSums(server.Metrics);
        Assert.Equal(steps.Length, sums.Sum("opencode.model.usage", ("model", "atlas-large"), ("provider", "acme"), ("agent", "build")));
        Assert.Equal(
            steps.Sum(part => part.GetProperty("tokens").GetProperty("total").GetInt64()),
            sums.Sum("opencode.token.usage", ("model", "atlas-large"), ("agent", "build")));
        Assert.Equal(steps.Sum(part => part.GetProperty("cost").GetDouble()), sums.Sum("opencode.cost.usage"), 9);
        Assert.Equal("session.idle", server.LogRecords[^1].Item.EventName);
    }

    [Fact]
    public async Task What_nobody_says_is_unknown()
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();

        CliResult result = await CliProcess.RunAsync(
            ["replay", Recordings.PathOf("20-run-chat.run.ndjson"), "--protocol", "http/json", "--endpoint", server.HttpEndpoint.ToString()]);

        Assert.Equal(0, result.ExitCode);
        Span message = Assert.Single(server.Spans, span => span.Item.Name == "opencode.llm").Item;
        Assert.All(["llm.model_name", "llm.provider", "agent.name"], key => Assert.Equal("unknown", Text(message.Attributes, key)));
    }

    [Fact]
    public async Task Half_a_model_is_one_sentence_and_exit_code_2()
    {
        CliResult result = await CliProcess.RunAsync(["replay", Recordings.PathOf("20-run-chat.run.ndjson"), "--exporter", "none", "--model", "acme/"]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--model is 'acme/'; it must be PROVIDER/MODEL", Assert.Single(result.Error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    private static JsonElement[] Steps(byte[] stream) =>
    [
        .. Encoding.UTF8.GetString(stream).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Where(line => line.GetProperty("type").GetString() == "step_finish")
            .Select(line => line.GetProperty("part")),
    ];

    private static string? Text(IEnumerable<KeyValue> attributes, string key) => attributes.FirstOrDefault(pair => pair.Key == key)?.Value.StringValue;
}
