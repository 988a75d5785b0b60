using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Diagnostics;
using OpencodeOtel.Pipeline.Tests.Support;
using OpencodeOtel.TestCollector;
using StatusCode = Grpc.Core.StatusCode;

namespace OpencodeOtel.Pipeline.Tests;

public sealed class FlushTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private static readonly byte[] First = Recordings.Read("01-chat.event.sse");
    private static readonly byte[] Second = Recordings.Read("06-errors-retry.event.sse");

    [Theory]
    [InlineData("grpc")]
    [InlineData("http/protobuf")]
    public async Task Item_064_A_flush_exports_all_that_came_before_it_and_the_pipeline_goes_on(string protocol)
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();
        await using TelemetryPipeline pipeline = Create(server, protocol);
        pipeline.Push(First);
        Assert.Empty(server.Requests);

        Assert.Equal(FlushResult.Delivered, await pipeline.FlushAsync(Deadline));

        SignalCounts made = pipeline.Report().Records;
        Assert.True(made.Spans > 0 && made.Logs > 0 && made.Metrics > 0);
        Assert.Equal((made.Spans, made.Logs), (server.Spans.Count, server.LogRecords.Count));
        Assert.Equal(made.Metrics, pipeline.Report().Exporters.Single().Metrics.Delivered);

        pipeline.Push(Second);
        Assert.Equal(FlushResult.Delivered, await pipeline.FlushAsync(Deadline));
        await pipeline.CompleteAsync(Deadline);

        Assert.Equal(pipeline.Report().Records.Spans, server.Spans.Count);
        Assert.True(server.Spans.Count > made.Spans);
        Assert.Single(server.LogRecords, record => record.Item.EventName == "session.created" && record.Item.Attributes.Any(attribute => attribute.Value.StringValue == SessionOf(First)));
    }

    [Fact]
    public async Task Item_064_A_flush_says_that_something_was_not_delivered_and_the_next_one_does_not_say_it_again()
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();
        server.Script = request => request.Signal == OtlpSignal.Logs ? ScriptedAnswer.Failure(400, StatusCode.InvalidArgument) : null;
        await using TelemetryPipeline pipeline = Create(server, "grpc");
        pipeline.Push(First);

        Assert.Equal(FlushResult.NotDelivered, await pipeline.FlushAsync(Deadline));

        ExporterReport report = pipeline.Report().Exporters.Single();
        Assert.Equal(pipeline.Report().Records.Logs, report.Of(Signal.Logs).Refused);
        Assert.Equal(FlushResult.Delivered, await pipeline.FlushAsync(Deadline));
    }

    [Fact]
    public async Task Item_064_A_flush_that_runs_out_of_time_gives_nothing_up()
    {
        var answer = new TaskCompletionSource();
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();
        server.Script = _ => ScriptedAnswer.Held(answer.Task);
        await using TelemetryPipeline pipeline = Create(server, "grpc");
        pipeline.Push(First);

        Assert.Equal(FlushResult.TimedOut, await pipeline.FlushAsync(TimeSpan.FromMilliseconds(50)));
        answer.SetResult();

        Assert.Equal(FlushResult.Delivered, await pipeline.FlushAsync(Deadline));
        Assert.Equal(pipeline.Report().Records.Spans, server.Spans.Count);
        Assert.True(pipeline.Report().LostNothing);
    }

    [Fact]
    public async Task A_flush_can_be_cancelled_and_is_refused_after_the_end()
    {
        var answer = new TaskCompletionSource();
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();
        server.Script = _ => ScriptedAnswer.Held(answer.Task);
        await using TelemetryPipeline pipeline = Create(server, "grpc");
        pipeline.Push(First);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pipeline.FlushAsync(Deadline, new CancellationToken(canceled: true)));
        answer.SetResult();
        await pipeline.CompleteAsync(Deadline);

        await Assert.ThrowsAsync<ObjectDisposedException>(() => pipeline.FlushAsync(Deadline));
    }

    [Fact]
    public async Task A_pipeline_that_was_given_nothing_has_nothing_to_flush()
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();
        await using TelemetryPipeline pipeline = Create(server, "http/json");

        Assert.Equal(FlushResult.Delivered, await pipeline.FlushAsync(Deadline));

        Assert.Empty(server.Requests);
    }

    private static TelemetryPipeline Create(OtlpTestServer server, string protocol)
    {
        Uri endpoint = protocol == "grpc" ? server.GrpcEndpoint : server.HttpEndpoint;
        ResolvedOptions resolved = OptionsResolver.Resolve(variable => variable switch
        {
            "OPENCODE_OTLP_PROTOCOL" => protocol,
            "OPENCODE_OTLP_ENDPOINT" => endpoint.ToString(),
            _ => null,
        });
        return TelemetryPipeline.Create(resolved.Options with { UseEventClock = true, LogsInterval = Deadline });
    }

    private static string SessionOf(byte[] recording)
    {
        string text = System.Text.Encoding.UTF8.GetString(recording);
        int start = text.IndexOf("ses_", StringComparison.Ordinal);
        return text[start..text.IndexOf('"', start)];
    }
}
