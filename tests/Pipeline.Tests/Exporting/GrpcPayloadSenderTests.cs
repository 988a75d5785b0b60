using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Exporting;
using OpencodeOtel.TestCollector;
using GrpcCode = Grpc.Core.StatusCode;
using RpcStatusMessage = Google.Rpc.Status;

namespace OpencodeOtel.Pipeline.Tests.Exporting;

public class GrpcPayloadSenderTests
{
    [Theory]
    [InlineData(GrpcCode.Cancelled, "Retryable")]
    [InlineData(GrpcCode.Unknown, "Refused")]
    [InlineData(GrpcCode.InvalidArgument, "Refused")]
    [InlineData(GrpcCode.DeadlineExceeded, "Retryable")]
    [InlineData(GrpcCode.NotFound, "Refused")]
    [InlineData(GrpcCode.AlreadyExists, "Refused")]
    [InlineData(GrpcCode.PermissionDenied, "Unauthenticated")]
    [InlineData(GrpcCode.ResourceExhausted, "Refused")]
    [InlineData(GrpcCode.FailedPrecondition, "Refused")]
    [InlineData(GrpcCode.Aborted, "Retryable")]
    [InlineData(GrpcCode.OutOfRange, "Retryable")]
    [InlineData(GrpcCode.Unimplemented, "Refused")]
    [InlineData(GrpcCode.Internal, "Refused")]
    [InlineData(GrpcCode.Unavailable, "Retryable")]
    [InlineData(GrpcCode.DataLoss, "Retryable")]
    [InlineData(GrpcCode.Unauthenticated, "Unauthenticated")]
    public async Task Items_005_006_008_A_status_decides(GrpcCode status, string outcome)
    {
        SendResult result = await SendAsync(new ScriptedGrpc(status, "because"));
        Assert.Equal(outcome, result.Outcome.ToString());
        Assert.Matches($@"^http://127\.0\.0\.1:\d+ answered {status}: because$", result.Message);
        Assert.Null(result.RetryDelay);
    }

    [Theory]
    [InlineData("Deadline Exceeded")]
    [InlineData("context deadline exceeded")]
    public async Task A_deadline_that_the_server_is_first_to_notice_is_no_answer_in_time(string words)
    {
        SendResult result = await SendAsync(new ScriptedGrpc(GrpcCode.DeadlineExceeded, words));
        Assert.Equal(SendOutcome.Retryable, result.Outcome);
        Assert.StartsWith("no answer from http://127.0.0.1:", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(GrpcCode.ResourceExhausted, "grpc: received message larger than max (5 vs. 4)", "TooLarge")]
    [InlineData(GrpcCode.ResourceExhausted, "gRPC message exceeds maximum size 4: 5", "TooLarge")]
    [InlineData(GrpcCode.ResourceExhausted, "quota of your plan is used up", "Refused")]
    [InlineData(GrpcCode.ResourceExhausted, "RESOURCE_EXHAUSTED: request too large", "TooLarge")]
    [InlineData(GrpcCode.OutOfRange, "Error, decoded message length too large: found 5 bytes, the limit is: 4 bytes", "TooLarge")]
    public async Task A_server_that_says_too_large_is_understood(GrpcCode status, string message, string outcome) =>
        Assert.Equal(outcome, (await SendAsync(new ScriptedGrpc(status, message))).Outcome.ToString());

    [Theory]
    [InlineData(GrpcCode.ResourceExhausted, 3_000, "Retryable", 3_000)]
    [InlineData(GrpcCode.Unavailable, 1_500, "Retryable", 1_500)]
    [InlineData(GrpcCode.ResourceExhausted, 0, "Retryable", null)]
    [InlineData(GrpcCode.Unavailable, -5_000, "Retryable", null)]
    [InlineData(GrpcCode.InvalidArgument, 3_000, "Refused", null)]
    public async Task Items_007_011_013_Retry_info_is_read_from_the_details(GrpcCode status, int milliseconds, string outcome, int? delay)
    {
        RetryInfo retry = new() { RetryDelay = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(milliseconds)) };
        RpcStatusMessage details = new() { Code = (int)status, Message = "from the details", Details = { Any.Pack(retry) } };
        SendResult result = await SendAsync(new ScriptedGrpc(status) { Trailers = [new Metadata.Entry("grpc-status-details-bin", details.ToByteArray())] });
        Assert.Equal(outcome, result.Outcome.ToString());
        Assert.Equal(delay, (int?)result.RetryDelay?.TotalMilliseconds);
        Assert.EndsWith(": from the details", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Junk_in_the_details_is_no_detail()
    {
        SendResult result = await SendAsync(new ScriptedGrpc(GrpcCode.Unavailable, "x") { Trailers = [new Metadata.Entry("grpc-status-details-bin", [0xff, 0xff, 0x01])] });
        Assert.Equal(SendOutcome.Retryable, result.Outcome);
        Assert.Null(result.RetryDelay);
    }

    [Fact]
    public async Task Item_019_An_answer_beyond_the_limit_is_refused_and_not_read()
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync(_ => ScriptedAnswer.Partial(1, new string('x', 2000)));
        SendResult result = await Destination.SendOnceAsync(Destination.Of(OtlpProtocol.Grpc, server.GrpcEndpoint) with { ResponseLimitBytes = 1000 });
        Assert.Equal(SendOutcome.Refused, result.Outcome);
        Assert.Contains("longer than 1000 bytes", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_of_the_same_library_that_finds_a_large_request_too_large_is_understood()
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync(_ => new ScriptedAnswer { Grpc = new ScriptedGrpc(GrpcCode.ResourceExhausted, "Received message exceeds the maximum configured message size.") });
        await using IPayloadSender sender = Destination.Sender(OtlpProtocol.Grpc, server);
        SendResult result = await sender.SendAsync(Payload.Of(padding: 5 * 1024 * 1024), CancellationToken.None);
        Assert.Equal(SendOutcome.TooLarge, result.Outcome);
    }

    [Fact]
    public async Task Item_097_A_unix_socket_reaches_its_server()
    {
        string path = Path.Combine(Path.GetTempPath(), $"otel-{Guid.NewGuid():N}.sock");
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();
        await using (Relay.OfUnixSocket(path, server.GrpcEndpoint.Port))
        {
            OtlpDestination destination = Configuration.Resolving.Traces($"--endpoint unix://{path}");
            Assert.Equal(SendOutcome.Accepted, (await Destination.SendOnceAsync(destination)).Outcome);
            Assert.Single(server.Accepted);
        }

        File.Delete(path);
    }

    [Fact]
    public async Task A_unix_socket_that_is_not_there_is_retryable_and_named()
    {
        SendResult result = await Destination.SendOnceAsync(Configuration.Resolving.Traces("--endpoint unix:///no/such.sock"));
        Assert.Equal(SendOutcome.Retryable, result.Outcome);
        Assert.StartsWith("the socket /no/such.sock ", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("")]
    public async Task A_server_that_does_not_speak_http_2_is_said_to(string answer)
    {
        await using RawServer server = RawServer.Start(answer);
        Uri endpoint = new($"http://127.0.0.1:{server.Endpoint.Port}");
        SendResult result = await Destination.SendOnceAsync(Destination.Of(OtlpProtocol.Grpc, endpoint) with { Timeout = TimeSpan.FromSeconds(20) });
        Assert.Equal(SendOutcome.Retryable, result.Outcome);
        Assert.Matches("does not answer in HTTP/2|closed the connection without an answer", result.Message); // Which of them the system tells is chance.
        Assert.Contains("http/protobuf", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OtlpCompression.None, "identity,gzip")]
    [InlineData(OtlpCompression.Gzip, "identity,gzip")]
    [InlineData(OtlpCompression.Zstd, "identity,zstd,gzip")]
    public async Task Item_021_The_request_is_grpc_with_a_deadline_and_says_how_an_answer_may_be_packed(OtlpCompression compression, string accepted)
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();
        await Destination.SendOnceAsync(Destination.Of(OtlpProtocol.Grpc, server.GrpcEndpoint) with { Compression = compression });
        ReceivedRequest request = Assert.Single(server.Requests);
        Assert.StartsWith("application/grpc", request.ContentType, StringComparison.Ordinal);
        Assert.Equal("trailers", request.Headers["te"]);
        Assert.Equal(accepted, request.Headers["grpc-accept-encoding"]);
        Assert.Equal(compression == OtlpCompression.None ? null : compression.ToString().ToLowerInvariant(), request.Headers.GetValueOrDefault("grpc-encoding"));
        Assert.Matches(@"^\d+[numS]$", request.Headers["grpc-timeout"]);
    }

    [Fact]
    public async Task Item_058_Without_a_timeout_there_is_no_deadline()
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();
        await Destination.SendOnceAsync(Destination.Of(OtlpProtocol.Grpc, server.GrpcEndpoint) with { Timeout = Timeout.InfiniteTimeSpan });
        Assert.False(Assert.Single(server.Requests).Headers.ContainsKey("grpc-timeout"));
    }

    [Fact]
    public async Task A_user_agent_of_ones_own_is_used()
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();
        OtlpDestination destination = Destination.Of(OtlpProtocol.Grpc, server.GrpcEndpoint) with { Headers = [new("User-Agent", new Secret("mine/1")), new("x-trace-bin", new Secret("raw"))] };
        await Destination.SendOnceAsync(destination);
        ReceivedRequest request = Assert.Single(server.Requests);
        Assert.Equal("mine/1", request.Headers["user-agent"]);
        Assert.Equal("cmF3", request.Headers["x-trace-bin"].TrimEnd('='));
    }

    private static async Task<SendResult> SendAsync(ScriptedGrpc answer)
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync(_ => new ScriptedAnswer { Grpc = answer });
        return await Destination.SendOnceAsync(Destination.Of(OtlpProtocol.Grpc, server.GrpcEndpoint));
    }
}
