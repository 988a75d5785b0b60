using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using OpencodeOtel.Otlp;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Exporting;
using OpencodeOtel.Pipeline.Exporting.Delivering;
using OpencodeOtel.TestCollector;

namespace OpencodeOtel.Benchmarks.Running;

/// <summary>How many requests a second a destination gets, by how many may be under way: the server is on loopback and answers after a while.</summary>
/// <remarks>It shares the processors with us. All rows of a round take turns, and the median of the rounds is shown.</remarks>
internal static class ConcurrencyRun
{
    private const int Rounds = 7;
    private const int WarmingUp = 20;
    private const int Requests = 200;
    private const int RecordsPerRequest = 100;

    private static readonly int[] Concurrencies = [1, 2, 4, 8];
    private static readonly TimeSpan[] Delays = [TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(50)];
    private static readonly OtlpProtocol[] Protocols = [OtlpProtocol.Grpc, OtlpProtocol.HttpProtobuf];

    /// <summary>Measures all, and writes a table.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(TextWriter output)
    {
        Dictionary<(TimeSpan Delay, OtlpProtocol Protocol, int Concurrency), List<double>> rates = [];
        for (int round = 0; round < Rounds; round++)
        {
            foreach (TimeSpan delay in Delays)
            {
                foreach (OtlpProtocol protocol in Protocols)
                {
                    foreach (int concurrency in Concurrencies)
                    {
                        List<double> row = rates.TryGetValue((delay, protocol, concurrency), out List<double>? known) ? known : rates[(delay, protocol, concurrency)] = [];
                        row.Add(await MeasureAsync(delay, protocol, concurrency));
                    }
                }
            }
        }

        output.WriteLine($"| answer after, transport | {string.Join(" | ", Concurrencies)} |");
        output.WriteLine($"|---|{string.Concat(Concurrencies.Select(_ => "---:|"))}");
        foreach (TimeSpan delay in Delays)
        {
            foreach (OtlpProtocol protocol in Protocols)
            {
                IEnumerable<string> cells = Concurrencies.Select(concurrency => Median(rates[(delay, protocol, concurrency)]).ToString("F0", CultureInfo.InvariantCulture));
                string transport = protocol == OtlpProtocol.Grpc ? "gRPC" : "HTTP/protobuf";
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {delay.TotalMilliseconds} ms, {transport} | {string.Join(" | ", cells)} |"));
            }
        }

        return 0;
    }

    private static async Task<double> MeasureAsync(TimeSpan delay, OtlpProtocol protocol, int concurrency)
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync(_ => ScriptedAnswer.Held(Task.Delay(delay, TimeProvider.System)));
        OtlpDestination destination = new()
        {
            Protocol = protocol,
            Endpoint = protocol == OtlpProtocol.Grpc ? server.GrpcEndpoint : new Uri(server.HttpEndpoint, "v1/logs"),
        };
        SignalDestinations all = SignalDestinations.All(destination);
        await SendAsync(WarmingUp);
        long start = Stopwatch.GetTimestamp();
        await SendAsync(Requests);
        return Requests / Stopwatch.GetElapsedTime(start).TotalSeconds;

        async Task SendAsync(int count)
        {
            IPayloadSender sender = protocol == OtlpProtocol.Grpc ? new GrpcPayloadSender(all) : new HttpPayloadSender(WireForm.Protobuf, all, TimeProvider.System);
            DeliveryOptions options = new(long.MaxValue) { Concurrency = concurrency };
            await using Exporter exporter = new("otlp", SignalSenders.All(sender), _ => options, NullLogger.Instance, TimeProvider.System);
            exporter.Start();
            for (int index = 0; index < count; index++)
            {
                exporter.Enqueue(MakeRequest());
            }

            await exporter.CompleteAsync(Timeout.InfiniteTimeSpan, CancellationToken.None);
            if (exporter.Report().Logs.Delivered != (long)count * RecordsPerRequest)
            {
                throw new InvalidOperationException("Not all was delivered: the rate would mean nothing.");
            }
        }
    }

    private static ExportRequest MakeRequest()
    {
        ExportEnvelope envelope = new(Signal.Logs, WireForm.Protobuf, new Resource(), new InstrumentationScope { Name = "benchmark" });
        using ExportRequestBuilder builder = new(envelope, 32 * 1024);
        string text = new('x', 200);
        for (int index = 0; index < RecordsPerRequest; index++)
        {
            builder.TryAppend(new LogRecord { TimeUnixNano = 1, ObservedTimeUnixNano = 1, Body = text, EventName = "e" }, int.MaxValue);
        }

        return builder.Complete();
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
