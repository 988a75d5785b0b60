using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Exporting;
using OpencodeOtel.TestCollector;

namespace OpencodeOtel.Pipeline.Tests.Exporting;

public class ExporterFactoryTests
{
    private readonly RecordingLogger _logger = new();

    [Fact]
    public async Task Signals_may_go_by_different_protocols_to_different_places()
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();
        TelemetryOptions options = Configuration.Resolving.From(
            $"OTEL_EXPORTER_OTLP_ENDPOINT={server.HttpEndpoint}",
            "OTEL_EXPORTER_OTLP_LOGS_PROTOCOL=http/json",
            "OTEL_EXPORTER_OTLP_METRICS_PROTOCOL=http/protobuf",
            $"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT={server.GrpcEndpoint}").Options;
        await using ExporterSet set = ExporterFactory.CreateAll(options, null, _logger, TimeProvider.System);
        Assert.Equal([WireForm.Json], set.FormsOf(Signal.Logs));
        Assert.Equal([WireForm.Protobuf], set.FormsOf(Signal.Metrics));
        set.Start();
        foreach (Signal signal in Enum.GetValues<Signal>())
        {
            set.Enqueue(Payload.Of(signal, set.FormsOf(signal)[0]));
        }

        await set.CompleteAsync(TimeSpan.FromMinutes(1), CancellationToken.None);
        Assert.True(set.Report().Single().LostNothing, _logger.All);
        Assert.Equal(
            ["Logs Http application/json", "Metrics Http application/x-protobuf", "Traces Grpc application/grpc"],
            server.Accepted.Select(request => $"{request.Signal} {request.Transport} {request.ContentType}").Order());
    }

    [Fact]
    public async Task Every_kind_of_exporter_is_made()
    {
        string directory = Path.Combine(Path.GetTempPath(), $"otel-{Guid.NewGuid():N}");
        StringWriter console = new();
        TelemetryOptions options = Configuration.Resolving.From("--exporter none", "--exporter console", $"--exporter file:{directory}").Options;
        await using (ExporterSet set = ExporterFactory.CreateAll(options, new ConsoleOutput(console, Colour: false), _logger, TimeProvider.System))
        {
            set.Start();
            set.Enqueue(Payload.Of(Signal.Logs, WireForm.Protobuf));
            set.Enqueue(Payload.Of(Signal.Logs, WireForm.Json));
            await set.CompleteAsync(TimeSpan.FromMinutes(1), CancellationToken.None);
            Assert.Equal(["none", "console", $"file:{directory}"], set.Report().Select(report => report.Name));
            Assert.All(set.Report(), report => Assert.Equal(1, report.Logs.Delivered));
        }

        Assert.NotEmpty(console.ToString());
        Directory.Delete(directory, recursive: true);
    }

    [Theory]
    [InlineData("grpc")]
    [InlineData("http/protobuf")]
    [InlineData("http/json")]
    public async Task No_failure_puts_a_secret_into_the_log(string protocol)
    {
        foreach (int status in new[] { 0, 200, 302, 400, 401, 404, 413, 429, 500, 503 })
        {
            await using OtlpTestServer server = await OtlpTestServer.StartAsync(_ => ScriptedAnswer.Failure(status == 0 ? 500 : status, (global::Grpc.Core.StatusCode)(status % 17), $"you sent {Destination.Secret}"));
            Uri endpoint = status == 0 ? Destination.Unused() : protocol == "grpc" ? server.GrpcEndpoint : server.HttpEndpoint;
            string query = protocol == "grpc" ? "" : $"?key={Destination.Secret}";
            TelemetryOptions options = Configuration.Resolving.From(
                $"--protocol {protocol}", $"--endpoint http://me:{Destination.Secret}@{endpoint.Authority}{query}", $"--header x-key={Destination.Secret}", "--retry-budget 0").Options;
            await using ExporterSet set = ExporterFactory.CreateAll(options, null, _logger, TimeProvider.System);
            set.Start();
            foreach (Signal signal in Enum.GetValues<Signal>())
            {
                set.Enqueue(Payload.Of(signal, set.FormsOf(signal)[0]));
            }

            await set.CompleteAsync(TimeSpan.FromMinutes(1), CancellationToken.None);
        }

        Assert.NotEmpty(_logger.Messages);
        Assert.DoesNotContain(Destination.Secret, _logger.All, StringComparison.Ordinal);
    }
}
