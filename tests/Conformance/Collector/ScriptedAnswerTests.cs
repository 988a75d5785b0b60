using System.Net;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using OpencodeOtel.TestCollector;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;

namespace OpencodeOtel.Conformance.Collector;

public sealed class ScriptedAnswerTests : IAsyncLifetime
{
    private const string DetailsTrailer = "grpc-status-details-bin";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);
    private ServerAndClients _loopback = null!;

    private OtlpTestServer Server => _loopback.Server;

    public async Task InitializeAsync() => _loopback = await ServerAndClients.StartAsync();

    public async Task DisposeAsync() => await _loopback.DisposeAsync();

    [Fact]
    public async Task A_failure_is_a_status_on_either_transport_and_delivers_nothing()
    {
        Server.Script = request => request.Order < 2
            ? ScriptedAnswer.Failure(503, StatusCode.Unavailable, "come back")
            : null;
        using HttpResponseMessage failed = await PostAsync();
        RpcException error = await Assert.ThrowsAsync<RpcException>(ExportAsync);
        using HttpResponseMessage again = await PostAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, failed.StatusCode);
        Assert.Equal("come back", Google.Rpc.Status.Parser.ParseFrom(await failed.Content.ReadAsByteArrayAsync()).Message);
        Assert.Equal((StatusCode.Unavailable, "come back"), (error.StatusCode, error.Status.Detail));
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(3, Server.Requests.Spans().Count);
        Assert.Equal(2, Assert.Single(Server.Accepted).Order);
        Assert.Single(Server.Spans);
    }

    [Theory]
    [InlineData(ScriptedLoss.Request, 0)]
    [InlineData(ScriptedLoss.Answer, 2)]
    public async Task What_gets_lost_looks_alike_to_the_client_and_counts_or_not(ScriptedLoss loss, int accepted)
    {
        Server.Script = _ => new ScriptedAnswer { Loss = loss };
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => PostAsync());
        RpcException error = await Assert.ThrowsAsync<RpcException>(ExportAsync);

        Assert.Equal(StatusCode.Cancelled, error.StatusCode);
        Assert.Equal(accepted, Server.Accepted.DistinctBy(request => request.Transport).Count());
    }

    [Fact]
    public async Task Http_headers_and_body_are_sent_as_scripted()
    {
        Server.Script = _ => new ScriptedAnswer
        {
            Http = new ScriptedHttp(429)
            {
                Body = Encoding.UTF8.GetBytes("slow down"),
                ContentType = "text/plain",
                Headers = new Dictionary<string, string> { ["Retry-After"] = "7" },
            },
        };
        using HttpResponseMessage response = await PostAsync();
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(7), response.Headers.RetryAfter?.Delta);
        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("slow down", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Grpc_trailers_are_sent_as_scripted()
    {
        var details = new Google.Rpc.Status { Code = (int)StatusCode.ResourceExhausted };
        details.Details.Add(Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(TimeSpan.FromSeconds(3)) }));
        Server.Script = _ => new ScriptedAnswer
        {
            Grpc = new ScriptedGrpc(StatusCode.ResourceExhausted)
            {
                Trailers = new Metadata { { DetailsTrailer, details.ToByteArray() } },
            },
        };
        RpcException error = await Assert.ThrowsAsync<RpcException>(ExportAsync);
        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
        byte[] sent = Assert.Single(error.Trailers, entry => entry.Key == DetailsTrailer).ValueBytes;
        Assert.Equal(details, Google.Rpc.Status.Parser.ParseFrom(sent));
    }

    [Fact]
    public async Task A_partial_success_says_how_many_items_of_the_signal_were_rejected()
    {
        Server.Script = _ => ScriptedAnswer.Partial(2, "too old");
        ExportTraceServiceResponse traces = await ExportAsync();
        ExportMetricsServiceResponse metrics =
            await new MetricsService.MetricsServiceClient(_loopback.Channel).ExportAsync(Sample.Metrics());
        ExportLogsServiceResponse logs =
            await new LogsService.LogsServiceClient(_loopback.Channel).ExportAsync(Sample.Logs());
        Assert.Equal((2, "too old"), (traces.PartialSuccess.RejectedSpans, traces.PartialSuccess.ErrorMessage));
        Assert.Equal(
            (2, "too old"), (metrics.PartialSuccess.RejectedDataPoints, metrics.PartialSuccess.ErrorMessage));
        Assert.Equal((2, "too old"), (logs.PartialSuccess.RejectedLogRecords, logs.PartialSuccess.ErrorMessage));

        using HttpResponseMessage response = await PostAsync();
        Assert.Equal(traces, ExportTraceServiceResponse.Parser.ParseFrom(await response.Content.ReadAsByteArrayAsync()));
        Assert.Equal(4, Server.Accepted.Count);
    }

    [Fact]
    public async Task A_script_that_throws_is_a_failure_of_the_server()
    {
        Server.Script = _ => throw new InvalidOperationException("a mistake in the test");
        using HttpResponseMessage response = await PostAsync();
        RpcException error = await Assert.ThrowsAsync<RpcException>(ExportAsync);
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal(StatusCode.Unknown, error.StatusCode);
        Assert.Contains("a mistake in the test", error.Status.Detail, StringComparison.Ordinal);
        Assert.Empty(Server.Accepted);
    }

    [Fact]
    public async Task A_held_answer_is_given_when_the_test_lets_it_go()
    {
        var gate = new TaskCompletionSource();
        Server.Script = _ => ScriptedAnswer.Held(gate.Task);
        Task<HttpResponseMessage> post = PostAsync();
        Task<ExportTraceServiceResponse> call = ExportAsync();
        await Server.WaitForAsync(server => server.Requests.Count == 2, Deadline);
        Assert.Empty(Server.Accepted);
        Assert.False(post.IsCompleted || call.IsCompleted);

        gate.SetResult();
        using HttpResponseMessage response = await post.WaitAsync(Deadline);
        await call.WaitAsync(Deadline);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(2, Server.Spans.Count);
    }

    [Fact]
    public async Task A_client_that_goes_away_has_delivered_nothing()
    {
        var gate = new TaskCompletionSource();
        Server.Script = request => request.Order == 0 ? ScriptedAnswer.Held(gate.Task) : null;
        using var cancel = new CancellationTokenSource();
        Task<HttpResponseMessage> post = PostAsync(cancel.Token);
        await Server.WaitForAsync(server => server.Requests.Count == 1, Deadline);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => post);

        using HttpResponseMessage next = await PostAsync();
        Assert.Equal(1, Assert.Single(Server.Accepted).Order);
    }

    [Fact]
    public async Task A_server_that_stops_gives_up_the_answers_that_it_holds()
    {
        Server.Script = _ => ScriptedAnswer.Held(new TaskCompletionSource().Task);
        Task<HttpResponseMessage> post = PostAsync();
        Task<ExportTraceServiceResponse> call = ExportAsync();
        await Server.WaitForAsync(server => server.Requests.Count == 2, Deadline);
        await Server.DisposeAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => post.WaitAsync(Deadline));
        await Assert.ThrowsAsync<RpcException>(() => call.WaitAsync(Deadline));
        Assert.Empty(Server.Accepted);
    }

    [Fact]
    public async Task Waiting_for_what_does_not_come_ends_at_the_deadline_and_says_what_came()
    {
        using HttpResponseMessage response = await PostAsync();
        TimeoutException error = await Assert.ThrowsAsync<TimeoutException>(
            () => Server.WaitForAsync(server => server.Spans.Count == 2, TimeSpan.FromMilliseconds(50)));
        Assert.Contains("1 requests, 1 accepted with 1 spans", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_that_come_at_once_each_get_their_place()
    {
        const int each = 40;
        await Task.WhenAll(Enumerable.Range(0, each).SelectMany(_ => new[] { PostAsync(), (Task)ExportAsync() }));
        Assert.Equal(Enumerable.Range(0, 2 * each), Server.Requests.Select(request => request.Order));
        Assert.Equal(2 * each, Server.Spans.Count);
    }

    private Task<HttpResponseMessage> PostAsync(CancellationToken cancellation = default) =>
        _loopback.PostAsync(
            "/v1/traces", "application/x-protobuf", Sample.Traces().ToByteArray(), cancellation: cancellation);

    private async Task<ExportTraceServiceResponse> ExportAsync() =>
        await new TraceService.TraceServiceClient(_loopback.Channel).ExportAsync(Sample.Traces());
}
