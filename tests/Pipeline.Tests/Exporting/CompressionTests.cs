using OpencodeOtel.Otlp;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Exporting;
using OpencodeOtel.TestCollector;

namespace OpencodeOtel.Pipeline.Tests.Exporting;

public sealed class CompressionTests
{
    public static TheoryData<OtlpProtocol, OtlpCompression, string?> Kinds => new()
    {
        { OtlpProtocol.Grpc, OtlpCompression.None, null },
        { OtlpProtocol.Grpc, OtlpCompression.Gzip, "gzip" },
        { OtlpProtocol.Grpc, OtlpCompression.Zstd, "zstd" },
        { OtlpProtocol.HttpProtobuf, OtlpCompression.None, null },
        { OtlpProtocol.HttpProtobuf, OtlpCompression.Gzip, "gzip" },
        { OtlpProtocol.HttpProtobuf, OtlpCompression.Zstd, "zstd" },
        { OtlpProtocol.HttpJson, OtlpCompression.None, null },
        { OtlpProtocol.HttpJson, OtlpCompression.Gzip, "gzip" },
        { OtlpProtocol.HttpJson, OtlpCompression.Zstd, "zstd" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Items_021_031_A_compressed_body_is_named_and_reads_as_what_was_encoded(OtlpProtocol protocol, OtlpCompression compression, string? name)
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();
        Uri address = protocol == OtlpProtocol.Grpc ? server.GrpcEndpoint : new Uri(server.HttpEndpoint, "v1/logs");
        await using IPayloadSender sender = Destination.Sender(Destination.Of(protocol, address) with { Compression = compression });
        ExportRequest request = Payload.Of(Signal.Logs, sender.Form, items: 50, padding: 200);
        SendResult result = await sender.SendAsync(request, CancellationToken.None);

        Assert.True(result.Outcome == SendOutcome.Accepted, result.Message);
        ReceivedRequest received = Assert.Single(server.Accepted);
        Assert.Equal(request.Body.ToArray(), received.Body);
        Assert.Equal(name, received.Headers.GetValueOrDefault(protocol == OtlpProtocol.Grpc ? "grpc-encoding" : "content-encoding"));
        Assert.Equal(name is null, result.BytesOnWire is null);
        Assert.True(name is null || result.BytesOnWire < request.Body.Length / 2);
    }

    [Theory]
    [InlineData(OtlpCompression.None)]
    [InlineData(OtlpCompression.Gzip)]
    [InlineData(OtlpCompression.Zstd)]
    public void Item_072_Every_attempt_compresses_to_the_same_bytes(OtlpCompression compression)
    {
        ExportRequest request = Payload.Of(Signal.Logs, WireForm.Protobuf, items: 500, padding: 300);
        using RequestBody first = RequestBody.Of(request, compression);
        using RequestBody second = RequestBody.Of(request, compression);
        Assert.Equal(first.Bytes.ToArray(), second.Bytes.ToArray());
    }

    [Theory]
    [MemberData(nameof(HttpProtocols))]
    public async Task Item_097_A_unix_socket_reaches_an_http_server(OtlpProtocol protocol)
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();
        string path = Path.Combine(Path.GetTempPath(), $"otel-{Guid.NewGuid():N}.sock");
        try
        {
            await using Relay relay = Relay.OfUnixSocket(path, server.HttpEndpoint.Port);
            Endpoint endpoint = EndpointReader.Read($"unix://{path}", "--endpoint", EndpointScope.Product, protocol, Signal.Logs, insecure: false);
            SendResult result = await Destination.SendOnceAsync(Destination.Of(protocol, endpoint.Address) with { UnixSocket = endpoint.UnixSocket });
            Assert.Equal(SendOutcome.Accepted, result.Outcome);
            Assert.Single(server.Accepted);
        }
        finally
        {
            File.Delete(path);
        }
    }

    public static TheoryData<OtlpProtocol> HttpProtocols => [OtlpProtocol.HttpProtobuf, OtlpProtocol.HttpJson];
}
