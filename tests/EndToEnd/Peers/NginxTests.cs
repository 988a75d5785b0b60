using OpencodeOtel.EndToEnd.Support;
using OpencodeOtel.Pipeline.Tests.Exporting;
using OpencodeOtel.TestCollector;

namespace OpencodeOtel.EndToEnd.Peers;

/// <summary>Against a server that nobody here has written: nginx with TLS, client certificates and <c>grpc_pass</c>.</summary>
public sealed class NginxTests : IDisposable
{
    private const string Recording = "06-errors-retry.event.sse";

    private static readonly string[] Signals = ["spans", "logs", "metrics"];

    private readonly TestAuthority _authority = new();

    public NginxTests() => _authority.WriteClient();

    public void Dispose() => _authority.Dispose();

    [NginxTheory]
    [InlineData("grpc", "none")]
    [InlineData("grpc", "gzip")]
    [InlineData("http/protobuf", "gzip")]
    [InlineData("http/json", "none")]
    public async Task Everything_arrives_through_a_proxy_that_asks_for_a_certificate(string protocol, string compression)
    {
        await using OtlpTestServer direct = await OtlpTestServer.StartAsync();
        await using OtlpTestServer collector = await OtlpTestServer.StartAsync();
        await using Nginx nginx = await Nginx.StartAsync(_authority, collector);
        await CliProcess.RunAsync(["replay", Recordings.PathOf(Recording), "--endpoint", direct.GrpcEndpoint.ToString()]);

        CliResult result = await CliProcess.RunAsync(
        [
            .. Words(nginx, protocol), "--compression", compression,
            "--client-certificate", _authority.ClientCertificateFile, "--client-key", _authority.ClientKeyFile,
        ]);

        Assert.Equal(0, result.ExitCode);
        Assert.Empty(collector.Refused);
        Assert.Equal(TelemetryTree.Of(direct.Accepted), TelemetryTree.Of(collector.Accepted));
        Assert.All(Signals, signal => Assert.Equal(result.Account.Records(signal), result.Account.Fate(signal, "delivered")));
    }

    [NginxTheory]
    [InlineData("grpc")]
    [InlineData("http/protobuf")]
    public async Task Without_the_certificate_nothing_arrives_and_the_report_says_so(string protocol)
    {
        await using OtlpTestServer collector = await OtlpTestServer.StartAsync();
        await using Nginx nginx = await Nginx.StartAsync(_authority, collector);

        CliResult result = await CliProcess.RunAsync(Words(nginx, protocol));

        Assert.Equal(0, result.ExitCode);
        Assert.Empty(collector.Requests);
        Assert.All(Signals, signal => Assert.Equal(result.Account.Records(signal), result.Account.Fate(signal, "refused")));
    }

    private string[] Words(Nginx nginx, string protocol) =>
    [
        "replay", Recordings.PathOf(Recording), "--protocol", protocol, "--endpoint", nginx.Address.ToString(),
        "--certificate", _authority.CertificateFile, "--report", "json",
    ];
}
