using OpencodeOtel.EndToEnd.Support;
using OpencodeOtel.TestCollector;

namespace OpencodeOtel.EndToEnd;

public sealed class TransportsTests
{
    private const string Recording = "06-errors-retry.event.sse";

    [Fact]
    public async Task Every_transport_and_the_files_carry_equal_trees()
    {
        IReadOnlyList<string> grpc = await ReplayAsync("grpc");
        IReadOnlyList<string> protobuf = await ReplayAsync("http/protobuf");
        IReadOnlyList<string> json = await ReplayAsync("http/json");
        IReadOnlyList<string> files = await ReplayToFilesAsync();

        Assert.NotEmpty(grpc);
        Assert.Equal(grpc, protobuf);
        Assert.Equal(grpc, json);
        Assert.Equal(grpc, files);
    }

    [Fact]
    public async Task Several_exporters_each_get_everything_and_have_their_own_account()
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();
        using var directory = new TemporaryDirectory();

        CliResult result = await CliProcess.RunAsync(
        [
            "replay", Recordings.PathOf(Recording), "--exporter", "otlp", "--exporter", $"file:{directory.Path}", "--exporter", "none",
            "--endpoint", server.GrpcEndpoint.ToString(), "--report", "json",
        ]);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(TelemetryTree.Of(server.Accepted), TelemetryTree.Of(await OtlpFile.ReadAsync(directory.Path)));
        Account account = result.Account;
        var names = account.Root.GetProperty("fate").EnumerateArray().Select(fate => fate.GetProperty("name").GetString()).ToList();
        Assert.Equal(["otlp", $"file:{directory.Path}", "none"], names);
        Assert.All(account.Root.GetProperty("fate").EnumerateArray(), fate =>
            Assert.Equal(account.Records("spans"), fate.GetProperty("spans").GetProperty("delivered").GetInt64()));
    }

    private static async Task<IReadOnlyList<string>> ReplayAsync(string protocol)
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();
        Uri endpoint = protocol == "grpc" ? server.GrpcEndpoint : server.HttpEndpoint;
        CliResult result = await CliProcess.RunAsync(
            ["replay", Recordings.PathOf(Recording), "--protocol", protocol, "--endpoint", endpoint.ToString()]);
        Assert.Equal(0, result.ExitCode);
        Assert.Empty(server.Refused);
        return TelemetryTree.Of(server.Accepted);
    }

    private static async Task<IReadOnlyList<string>> ReplayToFilesAsync()
    {
        using var directory = new TemporaryDirectory();
        CliResult result = await CliProcess.RunAsync(["replay", Recordings.PathOf(Recording), "--exporter", $"file:{directory.Path}"]);
        Assert.Equal(0, result.ExitCode);
        return TelemetryTree.Of(await OtlpFile.ReadAsync(directory.Path));
    }
}
