using System.Net;
using System.Net.Sockets;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Diagnostics;
using OpencodeOtel.Pipeline.Exporting;
using OpencodeOtel.Pipeline.Exporting.Delivering;
using OpencodeOtel.Pipeline.Tests.Support;
using OpencodeOtel.TestCollector;

namespace OpencodeOtel.Pipeline.Tests.Exporting.Delivering;

/// <summary>Servers that are slow, silent or gone: the account is true, memory has its bound, and nothing hangs.</summary>
public class BadDayTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);
    private readonly RecordingLogger _logger = new();

    public static TheoryData<OtlpProtocol> Protocols => [OtlpProtocol.Grpc, OtlpProtocol.HttpProtobuf, OtlpProtocol.HttpJson];

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_server_that_accepts_connections_and_says_nothing_costs_its_records_only_time(OtlpProtocol protocol)
    {
        using TcpListener silent = new(IPAddress.Loopback, 0);
        silent.Start();
        Uri endpoint = new($"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/v1/logs");
        await using Exporter exporter = Make(Destination.Of(protocol, endpoint) with { Timeout = TimeSpan.FromMilliseconds(100) }, TimeSpan.FromMilliseconds(300));
        exporter.Start();
        for (int count = 0; count < 5; count++)
        {
            exporter.Enqueue(Payload.Of(Signal.Logs, exporter.FormOf(Signal.Logs), items: 2));
        }

        await exporter.CompleteAsync(TimeSpan.FromSeconds(5), CancellationToken.None);
        FateCounts fates = exporter.Report().Logs;
        Assert.Equal(10, fates.Expired + fates.Dropped);
        Assert.Contains("no answer from http://127.0.0.1:", _logger.All, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_slow_server_gets_everything_in_its_own_time(OtlpProtocol protocol)
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync(
            _ => ScriptedAnswer.Held(Task.Delay(TimeSpan.FromMilliseconds(40), TimeProvider.System)));
        await using Exporter exporter = new(
            "test", SignalSenders.All(Destination.Sender(protocol, server, Long)), _ => new DeliveryOptions(1024 * 1024) { Concurrency = 2 }, _logger, TimeProvider.System);
        exporter.Start();
        for (int count = 0; count < 20; count++)
        {
            exporter.Enqueue(Payload.Of(Signal.Logs, exporter.FormOf(Signal.Logs), items: 3));
        }

        await exporter.CompleteAsync(Long, CancellationToken.None);
        Assert.Equal(60, exporter.Report().Logs.Delivered);
        Assert.Equal(60, server.LogRecords.Count);
        Assert.Empty(_logger.Messages);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_flood_into_a_dead_endpoint_holds_no_more_than_the_queue_may(OtlpProtocol protocol)
    {
        const long limit = 4 * 1024 * 1024;
        await using Exporter exporter = Make(Destination.Of(protocol, Destination.Unused()), Long, limit);
        exporter.Start();
        long most = 0;
        const int requests = 2000; // Of 32 KiB: sixteen times what the queue holds.
        for (int count = 0; count < requests; count++)
        {
            exporter.Enqueue(Payload.Of(Signal.Logs, exporter.FormOf(Signal.Logs), items: 1, padding: 20_000));
            most = Math.Max(most, exporter.QueueBytes);
        }

        await exporter.CompleteAsync(Long, CancellationToken.None);
        Assert.InRange(most, limit / 2, limit);
        FateCounts fates = exporter.Report().Logs;
        Assert.Equal(requests, fates.Expired + fates.Dropped);
        Assert.True(fates.Dropped > requests / 2);
        Assert.Contains("refused the connection", _logger.All, StringComparison.Ordinal);
        Assert.InRange(_logger.Messages.Count, 3, 8); // One line a kind, and sums.
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_server_that_comes_back_gets_everything(OtlpProtocol protocol)
    {
        Uri unused = Destination.Unused();
        await using Exporter exporter = Make(Destination.Of(protocol, new Uri(unused, "/v1/logs")), Long);
        exporter.Start();
        for (int count = 0; count < 10; count++)
        {
            exporter.Enqueue(Payload.Of(Signal.Logs, exporter.FormOf(Signal.Logs), items: 2));
        }

        await Eventually.HoldsAsync(() => exporter.Report().Retries >= 2);

        await using OtlpTestServer server = await OtlpTestServer.StartAsync();
        Uri target = protocol == OtlpProtocol.Grpc ? server.GrpcEndpoint : server.HttpEndpoint;
        await using Relay relay = Relay.ToTcp(target.Port, at: unused.Port);
        await Eventually.HoldsAsync(() => exporter.Report().Logs.Delivered >= 20);

        await exporter.CompleteAsync(Long, CancellationToken.None);
        Assert.Equal(20, server.LogRecords.Count);
    }

    private Exporter Make(OtlpDestination destination, TimeSpan budget, long limit = 1024 * 1024)
    {
        DeliveryOptions options = new(limit)
        {
            Concurrency = 2,
            Retry = new RetryPolicy(budget) { Initial = TimeSpan.FromMilliseconds(20), Cap = TimeSpan.FromMilliseconds(50) },
        };
        return new Exporter("test", SignalSenders.All(Destination.Sender(destination)), _ => options, _logger, TimeProvider.System);
    }
}
