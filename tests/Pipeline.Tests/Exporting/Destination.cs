using System.Net;
using System.Net.Sockets;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Exporting;
using OpencodeOtel.TestCollector;

namespace OpencodeOtel.Pipeline.Tests.Exporting;

/// <summary>Destinations and senders for a test server.</summary>
internal static class Destination
{
    public const string Secret = "MARKED-SECRET";

    public static readonly OtlpProtocol[] Protocols = [OtlpProtocol.Grpc, OtlpProtocol.HttpProtobuf, OtlpProtocol.HttpJson];

    public static OtlpDestination Of(OtlpProtocol protocol, Uri endpoint) => new()
    {
        Protocol = protocol,
        Endpoint = endpoint,
        Headers = [new("authorization", new Secret($"Bearer {Secret}")), new("X-Tenant", new Secret("one"))],
    };

    public static IPayloadSender Sender(OtlpDestination destination, TimeProvider? time = null) =>
        Sender(destination.Protocol, SignalDestinations.All(destination), time);

    public static IPayloadSender Sender(OtlpProtocol protocol, SignalDestinations destinations, TimeProvider? time = null) =>
        protocol == OtlpProtocol.Grpc ? new GrpcPayloadSender(destinations) : new HttpPayloadSender(FormOf(protocol), destinations, time ?? TimeProvider.System);

    /// <summary>A sender of each signal to a test server.</summary>
    public static IPayloadSender Sender(OtlpProtocol protocol, OtlpTestServer server, TimeSpan? timeout = null)
    {
        TimeSpan time = timeout ?? TimeSpan.FromSeconds(10);
        if (protocol == OtlpProtocol.Grpc)
        {
            return Sender(Of(protocol, server.GrpcEndpoint) with { Timeout = time });
        }

        SignalDestinations destinations = new();
        foreach (Signal signal in Enum.GetValues<Signal>())
        {
            destinations[signal] = Of(protocol, new Uri(server.HttpEndpoint, $"v1/{signal.ToString().ToLowerInvariant()}")) with { Timeout = time };
        }

        return new HttpPayloadSender(FormOf(protocol), destinations, TimeProvider.System);
    }

    public static WireForm FormOf(OtlpProtocol protocol) => protocol == OtlpProtocol.HttpJson ? WireForm.Json : WireForm.Protobuf;

    /// <summary>An address where nobody listens.</summary>
    public static Uri Unused()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }

    /// <summary>Sends one request of log records once.</summary>
    public static async Task<SendResult> SendOnceAsync(OtlpDestination destination, int items = 1)
    {
        await using IPayloadSender sender = Sender(destination);
        return await sender.SendAsync(Payload.Of(Signal.Logs, sender.Form, items), CancellationToken.None);
    }
}
