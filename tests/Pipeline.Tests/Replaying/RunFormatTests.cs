using Google.Protobuf;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Tests.Support;
using OpenTelemetry.Proto.Common.V1;

namespace OpencodeOtel.Pipeline.Tests.Replaying;

/// <summary>What a person says of a run whose stream does not say it, and what can be known without.</summary>
public class RunFormatTests
{
    private static readonly TelemetryOptions Told = Replayed.Options with { UntoldModel = "acme/atlas/large", UntoldAgent = "build" };

    public static TheoryData<string> Runs => [.. Recordings.Run];

    public static TheoryData<string> RunsWithSteps => [.. Recordings.Run.Where(name => Recordings.Read(name).AsSpan().IndexOf("step_start"u8) >= 0)];

    public static TheoryData<string> Bus => [.. Recordings.Bus];

    [Theory]
    [MemberData(nameof(Runs))]
    public void Model_and_agent_that_a_person_says_are_on_every_record_that_has_such_attributes(string name)
    {
        Replayed replayed = Replayed.Of(Recordings.Read(name), Told);
        var expected = new Dictionary<string, string>
        {
            ["model"] = "atlas/large",
            ["llm.model_name"] = "atlas/large",
            ["provider"] = "acme",
            ["llm.provider"] = "acme",
            ["llm.system"] = "acme",
            ["agent"] = "build",
            ["agent.name"] = "build",
        };

        KeyValue[] said = [.. Attributes(replayed).Where(pair => expected.ContainsKey(pair.Key))];
        Assert.NotEmpty(said);
        Assert.All(said, pair => Assert.Equal(expected[pair.Key], pair.Value.StringValue));
        Assert.Equal("build", Assert.Single(replayed.Spans, span => span.Name == "opencode.session").Attributes.Single(pair => pair.Key == "agent.name").Value.StringValue);
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void Model_and_agent_are_all_that_changes(string name)
    {
        byte[] stream = Recordings.Read(name);
        string told = TelemetryText.Of(Replayed.Of(stream, Told));
        string untold = TelemetryText.Of(Replayed.Of(stream, Told with { UntoldModel = "unknown/unknown", UntoldAgent = "unknown" }));
        Assert.Equal(untold, TelemetryText.Of(Replayed.Of(stream)));
        Assert.Equal(untold.Length, told.Replace("atlas/large", "unknown", StringComparison.Ordinal).Replace("=acme", "=unknown", StringComparison.Ordinal).Replace("=build", "=unknown", StringComparison.Ordinal).Length);
    }

    [Theory]
    [MemberData(nameof(Bus))]
    public void A_stream_that_says_them_itself_is_not_touched(string name)
    {
        byte[] stream = Recordings.Read(name);
        Assert.Equal(TelemetryText.Of(Replayed.Of(stream)), TelemetryText.Of(Replayed.Of(stream, Told)));
    }

    /// <summary>No prompt will come that names the run: the first step does, and what happens in it is in the trace already.</summary>
    [Theory]
    [MemberData(nameof(RunsWithSteps))]
    public void Every_record_but_the_sessions_creation_is_in_the_trace(string name)
    {
        Replayed replayed = Replayed.Of(Recordings.Read(name));
        ByteString trace = replayed.Spans.First().TraceId;
        Assert.All(replayed.Spans, span => Assert.Equal(trace, span.TraceId));
        Assert.All(replayed.Logs.Where(log => log.EventName != "session.created"), log => Assert.Equal(trace, log.TraceId));
    }

    private static IEnumerable<KeyValue> Attributes(Replayed replayed) =>
    [
        .. replayed.Spans.SelectMany(span => span.Attributes),
        .. replayed.Logs.SelectMany(log => log.Attributes),
        .. replayed.Metrics.SelectMany(metric => metric.Sum?.DataPoints ?? metric.Gauge?.DataPoints ?? []).SelectMany(point => point.Attributes),
        .. replayed.Metrics.SelectMany(metric => metric.Histogram?.DataPoints ?? []).SelectMany(point => point.Attributes),
    ];
}
