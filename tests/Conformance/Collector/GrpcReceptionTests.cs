using Google.Protobuf;
using Grpc.Core;
using OpencodeOtel.TestCollector;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;
using OpenTelemetry.Proto.Metrics.V1;

namespace OpencodeOtel.Conformance.Collector;

public sealed class GrpcReceptionTests : IAsyncLifetime
{
    private ServerAndClients _loopback = null!;

    private OtlpTestServer Server => _loopback.Server;

    public async Task InitializeAsync() => _loopback = await ServerAndClients.StartAsync();

    public async Task DisposeAsync() => await _loopback.DisposeAsync();

    [Fact]
    public async Task A_call_for_each_signal_is_kept_and_decoded()
    {
        Assert.Equal(
            new ExportTraceServiceResponse(),
            await new TraceService.TraceServiceClient(_loopback.Channel).ExportAsync(Sample.Traces()));
        Assert.Equal(
            new ExportMetricsServiceResponse(),
            await new MetricsService.MetricsServiceClient(_loopback.Channel).ExportAsync(Sample.Metrics()));
        Assert.Equal(
            new ExportLogsServiceResponse(),
            await new LogsService.LogsServiceClient(_loopback.Channel).ExportAsync(Sample.Logs()));

        Assert.Equal([Sample.Traces(), Sample.Metrics(), Sample.Logs()], Server.Accepted.Select(request => request.Message));
        Assert.Equal(
            [OtlpSignal.Traces, OtlpSignal.Metrics, OtlpSignal.Logs], Server.Accepted.Select(request => request.Signal));
        Assert.All(Server.Requests, request =>
        {
            Assert.Equal(OtlpTransport.Grpc, request.Transport);
            Assert.Equal("application/grpc", request.ContentType);
            Assert.Equal("trailers", request.Headers["TE"]);
            Assert.Equal(request.Message.ToByteArray(), request.Body.ToArray());
        });
    }

    [Fact]
    public async Task A_compressed_message_is_kept_uncompressed_with_the_headers_of_the_call()
    {
        var headers = new Metadata { { "grpc-internal-encoding-request", "gzip" }, { "x-api-key", "k" } };
        await new TraceService.TraceServiceClient(_loopback.Channel).ExportAsync(Sample.Traces(), headers);
        ReceivedRequest request = Assert.Single(Server.Requests);
        Assert.Equal("gzip", request.Headers["grpc-encoding"]);
        Assert.Equal("k", request.Headers["X-Api-Key"]);
        Assert.Equal(Sample.Traces().ToByteArray(), request.Body.ToArray());
    }

    [Fact]
    public async Task A_message_far_above_the_defaults_of_the_server_is_taken()
    {
        ExportTraceServiceRequest message = Sample.Traces(new string('x', 32 * 1024 * 1024));
        await new TraceService.TraceServiceClient(_loopback.Channel).ExportAsync(message);
        Assert.Equal(message, Assert.Single(Server.Requests).Message);
    }

    [Fact]
    public async Task What_cannot_be_read_is_an_invalid_argument()
    {
        ExportLogsServiceRequest request = Sample.Logs("short");
        request.ResourceLogs[0].ScopeLogs[0].LogRecords[0].TraceId = ByteString.CopyFrom(1, 2, 3);
        RpcException error = await Assert.ThrowsAsync<RpcException>(
            async () => await new LogsService.LogsServiceClient(_loopback.Channel).ExportAsync(request));
        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Equal("trace_id of log record 'short' has 3 bytes instead of 16.", error.Status.Detail);
        Assert.Equal(OtlpTransport.Grpc, Assert.Single(Server.Refused).Transport);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public async Task An_exemplar_may_have_no_ids_but_not_wrong_ones()
    {
        var client = new MetricsService.MetricsServiceClient(_loopback.Channel);
        ExportMetricsServiceRequest request = Sample.Metrics();
        request.ResourceMetrics[0].ScopeMetrics[0].Metrics[0].Sum.DataPoints[0].Exemplars.Add(new Exemplar());
        await client.ExportAsync(request);
        request.ResourceMetrics[0].ScopeMetrics[0].Metrics[0].Sum.DataPoints[0].Exemplars[0].SpanId =
            ByteString.CopyFrom(new byte[8]);
        RpcException error = await Assert.ThrowsAsync<RpcException>(async () => await client.ExportAsync(request));
        Assert.Equal("span_id of an exemplar of metric 'count' is all zero.", error.Status.Detail);
    }
}
