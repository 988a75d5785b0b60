using System.Diagnostics;
using System.Globalization;
using Grpc.Core;
using OpencodeOtel.EndToEnd.Support;
using OpencodeOtel.TestCollector;
using OpenTelemetry.Proto.Metrics.V1;

namespace OpencodeOtel.EndToEnd;

/// <summary>Delivery as its user sees it: the exit code and the report of the program.</summary>
public sealed class DeliveryTests
{
    private static readonly ScriptedAnswer Busy = ScriptedAnswer.Failure(503, StatusCode.Unavailable, "come back later");

    [Theory]
    [InlineData("grpc")]
    [InlineData("http/protobuf")]
    [InlineData("http/json")]
    public async Task A_server_that_is_busy_at_first_gets_everything(string protocol)
    {
        int requests = 0;
        await using OtlpTestServer server = await OtlpTestServer.StartAsync(_ => Interlocked.Increment(ref requests) <= 2 ? Busy : null);

        CliResult result = await CliProcess.RunAsync(
        [
            "replay", Recordings.PathOf("01-chat.event.sse"), "--protocol", protocol, "--endpoint", Endpoint(server, protocol), "--report", "json",
        ]);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(result.Account.Records("spans"), result.Account.Fate("spans", "delivered"));
        Assert.Equal(result.Account.Records("logs"), result.Account.Fate("logs", "delivered"));
        Assert.Equal(result.Account.Records("metrics"), result.Account.Fate("metrics", "delivered"));
        Assert.Contains("will be tried again", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Item_073_A_signal_during_a_wait_ends_it_and_the_program_in_time()
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync(_ => new ScriptedAnswer
        {
            Http = new ScriptedHttp(503) { Headers = new Dictionary<string, string> { ["Retry-After"] = "200" } },
        });
        using Process process = CliProcess.Start(
        [
            "pipe", "--enable", "--protocol", "http/protobuf", "--endpoint", server.HttpEndpoint.ToString(), "--logs-interval", "50",
            "--report", "json", "--shutdown-timeout", "60s",
        ]);
        Task<CliResult> finished = CliProcess.FinishAsync(process, new CancellationTokenSource(CliProcess.Deadline).Token);
        await process.StandardInput.BaseStream.WriteAsync(await File.ReadAllBytesAsync(Recordings.PathOf("01-chat.event.sse")));
        await process.StandardInput.BaseStream.FlushAsync();
        await server.WaitForAsync(received => received.Requests.Count > 0, CliProcess.Deadline);

        using Process kill = Process.Start("kill", ["-s", "TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        CliResult result = await finished; // Long before the server wants to be asked again.

        Assert.Equal(143, result.ExitCode);
        Assert.Equal(result.Account.Records("logs"), result.Account.FateTotal("logs"));
        Assert.Equal(0, result.Account.Fate("logs", "delivered"));
        Assert.All(server.Requests.GroupBy(request => request.Signal), signal => Assert.InRange(signal.Count(), 1, 4)); // It was left alone.
    }

    [Fact]
    public async Task Item_063_Without_waiting_the_program_ends_although_the_server_never_answers()
    {
        TaskCompletionSource never = new();
        await using OtlpTestServer server = await OtlpTestServer.StartAsync(_ => ScriptedAnswer.Held(never.Task));

        CliResult result = await CliProcess.RunAsync(
        [
            "replay", Recordings.PathOf("01-chat.event.sse"), "--endpoint", server.GrpcEndpoint.ToString(), "--timeout", "0",
            "--shutdown-timeout", "1h", "--no-wait", "--report", "json",
        ]);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(result.Account.Records("spans"), result.Account.Fate("spans", "dropped"));
        Assert.Equal(result.Account.Records("spans"), server.Requests.Spans().Count); // Written all the same.
        Assert.Equal(result.Account.Records("logs"), server.Requests.LogRecords().Count);
        never.SetResult();
    }

    [Theory]
    [InlineData("grpc")]
    [InlineData("http/protobuf")]
    [InlineData("http/json")]
    public async Task Item_063_Without_waiting_a_healthy_server_gets_everything(string protocol)
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();

        CliResult result = await CliProcess.RunAsync(
        [
            "replay", Recordings.PathOf("01-chat.event.sse"), "--protocol", protocol, "--endpoint", Endpoint(server, protocol), "--no-wait",
            "--shutdown-timeout", "60s", "--report", "json",
        ]);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(result.Account.Records("spans"), server.Spans.Count);
        Assert.Equal(result.Account.Records("logs"), server.LogRecords.Count);
        foreach (string signal in (string[])["spans", "logs", "metrics"])
        {
            Assert.Equal(result.Account.Records(signal), result.Account.Fate(signal, "delivered") + result.Account.Fate(signal, "dropped"));
        }
    }

    [Fact]
    public async Task Items_194_195_What_was_exported_can_be_exported_as_metrics_and_does_not_feed_on_itself()
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync(
            request => request.Signal == OtlpSignal.Traces ? ScriptedAnswer.Failure(400, StatusCode.InvalidArgument, "no spans here") : null);
        using Process process = CliProcess.Start(
            ["pipe", "--enable", "--endpoint", server.GrpcEndpoint.ToString(), "--self-metrics", "--logs-interval", "50", "--metrics-interval", "200", "--report", "json"]);
        Task<CliResult> finished = CliProcess.FinishAsync(process, new CancellationTokenSource(CliProcess.Deadline).Token);
        await process.StandardInput.BaseStream.WriteAsync(await File.ReadAllBytesAsync(Recordings.PathOf("06-errors-retry.event.sse")));
        await process.StandardInput.BaseStream.FlushAsync();
        await server.WaitForAsync(received => received.Requests.Count > 0, CliProcess.Deadline);

        // Everything but the metrics themselves comes to rest, and then what is told of it is exact.
        await server.WaitForAsync(
            received => Told(received, "exporter.sent", "logs") is var logs and > 0 && logs == received.LogRecords.Count
                && Told(received, "exporter.failed", "traces") is var spans and > 0 && spans == received.Requests.Spans().Count,
            CliProcess.Deadline);
        int quiet = server.Requests.Count;
        await server.WaitForAsync(received => received.Requests.Count >= quiet + 5, CliProcess.Deadline);
        Assert.All(server.Requests.Skip(quiet), request => Assert.Equal(OtlpSignal.Metrics, request.Signal)); // Nothing else comes of exporting them.
        process.StandardInput.Close();
        CliResult result = await finished;

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(result.Account.Records("metrics"), result.Account.Fate("metrics", "delivered"));
        Assert.Equal(result.Account.Records("logs"), result.Account.Fate("logs", "delivered"));
        Assert.Equal(result.Account.Records("spans"), result.Account.Fate("spans", "refused"));
        Assert.Equal(["refused"], ReasonsOf(server, "traces"));
        Assert.Empty(ReasonsOf(server, "logs"));

        // They are of few series, however often they are sent: what they say of themselves does not make more of them.
        Assert.All(server.Metrics.Where(metric => metric.Item.Name.StartsWith("opencode_otel.", StringComparison.Ordinal)), metric =>
            Assert.InRange((metric.Item.Sum?.DataPoints ?? metric.Item.Gauge.DataPoints).Count, 1, 4));
        string[] names = [.. server.Metrics.Select(metric => metric.Item.Name).Where(name => name.StartsWith("opencode_otel.", StringComparison.Ordinal)).Distinct()];
        Assert.Contains("opencode_otel.exporter.queue.size", names);
        Assert.Contains("opencode_otel.exporter.requests", names);
        Assert.All(server.Requests, request => Assert.DoesNotContain("traceparent", request.Headers.Keys));
        Assert.DoesNotContain(server.Spans, span => span.Item.Name.Contains("Export", StringComparison.Ordinal));
    }

    /// <summary>What the program last told of one of its own counters, summed over the reasons; 0 before it has.</summary>
    private static long Told(OtlpTestServer server, string name, string signal) => Points(server, name, signal)
        .GroupBy(point => Attribute(point, "reason"))
        .Sum(series => series.Last().AsInt);

    private static IEnumerable<string> ReasonsOf(OtlpTestServer server, string signal) =>
        Points(server, "exporter.failed", signal).Select(point => Attribute(point, "reason")!).Distinct();

    private static IEnumerable<NumberDataPoint> Points(OtlpTestServer server, string name, string signal) =>
        from metric in server.Metrics
        where metric.Item.Name == $"opencode_otel.{name}"
        from point in metric.Item.Sum.DataPoints
        where Attribute(point, "signal") == signal
        select point;

    private static string? Attribute(NumberDataPoint point, string key) => point.Attributes.FirstOrDefault(attribute => attribute.Key == key)?.Value.StringValue;

    private static string Endpoint(OtlpTestServer server, string protocol) => (protocol == "grpc" ? server.GrpcEndpoint : server.HttpEndpoint).ToString();
}
