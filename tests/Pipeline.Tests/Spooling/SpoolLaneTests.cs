using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Spooling;

namespace OpencodeOtel.Pipeline.Tests.Spooling;

public sealed class SpoolLaneTests
{
    [Theory]
    [InlineData(OtlpProtocol.HttpProtobuf, "http://collector.example:4318/v1/traces", null, "http://collector.example:4318/v1/traces")]
    [InlineData(OtlpProtocol.HttpProtobuf, "https://user:MARKED-SECRET@collector.example/base/v1/traces?key=MARKED-SECRET", null, "https://collector.example/base/v1/traces")]
    [InlineData(OtlpProtocol.HttpJson, "http://[::1]:4318/v1/traces", null, "http://[::1]:4318/v1/traces")]
    [InlineData(OtlpProtocol.Grpc, "http://localhost:4317", null, "http://localhost:4317")]
    [InlineData(OtlpProtocol.Grpc, "http://localhost", "/run/otlp\n.sock", "unix:/run/otlp .sock")]
    public void A_destination_is_its_place_without_anything_secret(OtlpProtocol protocol, string endpoint, string? socket, string expected)
    {
        OtlpDestination destination = new() { Protocol = protocol, Endpoint = new Uri(endpoint), UnixSocket = socket };

        SpoolLane lane = SpoolLane.Of(Signal.Traces, destination);

        Assert.Equal(expected, lane.Destination);
        Assert.Equal(protocol == OtlpProtocol.HttpJson ? WireForm.Json : WireForm.Protobuf, lane.Form);
    }

    [Fact]
    public void Long_destinations_are_cut_and_stay_apart()
    {
        SpoolLane one = Of(new string('é', 400) + "1");
        SpoolLane two = Of(new string('é', 400) + "2");

        Assert.NotEqual(one, two);
        Assert.True(one.DestinationBytes <= SpoolLane.MaxDestinationBytes);

        static SpoolLane Of(string path) => SpoolLane.Of(
            Signal.Logs, new OtlpDestination { Protocol = OtlpProtocol.Grpc, Endpoint = new Uri("http://localhost"), UnixSocket = "/" + path });
    }
}
