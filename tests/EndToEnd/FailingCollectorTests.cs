using System.Net;
using System.Net.Sockets;
using OpencodeOtel.EndToEnd.Support;
using OpencodeOtel.TestCollector;

namespace OpencodeOtel.EndToEnd;

public sealed class FailingCollectorTests
{
    private const string Secret = "s3cr3t-t0ken-that-nobody-may-see";

    public static TheoryData<string> Protocols => ["grpc", "http/protobuf", "http/json"];

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_collector_that_is_not_there_costs_telemetry_but_not_the_exit_code(string protocol)
    {
        CliResult result = await ReplayAsync(protocol, new Uri($"http://127.0.0.1:{UnusedPort()}"));

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(0, result.Account.Fate("spans", "delivered"));
        Assert.Equal(result.Account.Records("spans"), result.Account.FateTotal("spans"));
        Assert.Contains("warning", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Strict_turns_a_loss_into_exit_code_3()
    {
        CliResult result = await ReplayAsync("grpc", new Uri($"http://127.0.0.1:{UnusedPort()}"), "--strict");

        Assert.Equal(3, result.ExitCode);
    }

    [Fact]
    public async Task Strict_is_content_when_all_is_delivered()
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();

        CliResult result = await ReplayAsync("grpc", server.GrpcEndpoint, "--strict");

        Assert.Equal(0, result.ExitCode);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(500)]
    public async Task A_refusal_is_counted_and_said_with_its_status(int status)
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync(
            _ => new ScriptedAnswer { Http = new ScriptedHttp(status) });

        CliResult result = await ReplayAsync("http/protobuf", server.HttpEndpoint);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(result.Account.Records("logs"), result.Account.Fate("logs", "refused"));
        Assert.Contains(status.ToString(System.Globalization.CultureInfo.InvariantCulture), result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_partial_success_is_counted_and_its_message_said(string protocol)
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync(request =>
            request.Signal == OtlpSignal.Logs ? new ScriptedAnswer { PartialSuccess = new ScriptedPartialSuccess(1, "one record smells") } : null);

        CliResult result = await ReplayAsync(protocol, protocol == "grpc" ? server.GrpcEndpoint : server.HttpEndpoint);

        Assert.Equal(0, result.ExitCode);
        int requests = server.Requests.Count(request => request.Signal == OtlpSignal.Logs);
        Assert.Equal(requests, result.Account.Fate("logs", "rejected"));
        Assert.Equal(result.Account.Records("logs") - requests, result.Account.Fate("logs", "delivered"));
        Assert.Contains("one record smells", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Headers_reach_the_server_and_no_output(string protocol)
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();

        CliResult result = await ReplayAsync(protocol, protocol == "grpc" ? server.GrpcEndpoint : server.HttpEndpoint, "--verbose");

        Assert.All(server.Requests, request => Assert.Equal($"Bearer {Secret}", request.Headers["authorization"]));
        Assert.DoesNotContain(Secret, result.Error + result.OutputText, StringComparison.Ordinal);
    }

    private static Task<CliResult> ReplayAsync(string protocol, Uri endpoint, params string[] more) => CliProcess.RunAsync(
    [
        "replay", Recordings.PathOf("01-chat.event.sse"), "--protocol", protocol, "--endpoint", endpoint.ToString(),
        "--header", $"authorization=Bearer {Secret}", "--report", "json", .. more,
    ]);

    private static int UnusedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
