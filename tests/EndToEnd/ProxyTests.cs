using OpencodeOtel.EndToEnd.Support;
using OpencodeOtel.Pipeline.Tests.Exporting;
using OpencodeOtel.TestCollector;

namespace OpencodeOtel.EndToEnd;

/// <summary>Proxies that the environment names, as the program uses them; each test has its own process and environment.</summary>
public sealed class ProxyTests
{
    private const string Recording = "01-chat.event.sse";

    // A name that only the proxy can find.
    private const string Host = "collector.invalid";

    private static readonly string[] Signals = ["spans", "logs", "metrics"];

    public static TheoryData<string, string> Plain
    {
        get
        {
            var plain = new TheoryData<string, string>();
            foreach (string protocol in (string[])["grpc", "http/protobuf", "http/json"])
            {
                plain.Add(protocol, "HTTP_PROXY");
                plain.Add(protocol, "http_proxy");
                plain.Add(protocol, "ALL_PROXY");
            }

            return plain;
        }
    }

    public static TheoryData<string> Protocols => ["grpc", "http/protobuf"];

    [Theory]
    [MemberData(nameof(Plain))]
    public async Task Item_096_A_server_is_reached_through_the_proxy_of_the_environment(string protocol, string variable)
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();
        await using RecordingProxy proxy = new();

        CliResult result = await ReplayAsync(protocol, $"http://{Host}:{Port(protocol, server)}", (variable, $"http://{proxy.Authority}"));

        AssertDelivered(result);
        string asked = protocol == "grpc" ? $"CONNECT {Host}:{Port(protocol, server)}" : $"POST http://{Host}:{Port(protocol, server)}/v1/";
        Assert.NotEmpty(proxy.Asked);
        Assert.All(proxy.Asked, line => Assert.StartsWith(asked, line, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Item_096_A_server_with_TLS_is_reached_through_a_tunnel(string protocol)
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();
        using TestAuthority authority = new();
        using System.Security.Cryptography.X509Certificates.X509Certificate2 certificate = authority.Server(Host);
        await using TlsRelay relay = new(Port(protocol, server), () => certificate);
        await using RecordingProxy proxy = new();

        CliResult result = await ReplayAsync(
            protocol,
            $"https://{Host}:{relay.Address.Port}",
            [("HTTPS_PROXY", $"http://{proxy.Authority}"), ("HTTP_PROXY", "http://127.0.0.1:1"), ("OPENCODE_OTLP_CERTIFICATE", authority.CertificateFile)]);

        AssertDelivered(result);
        Assert.All(proxy.Asked, line => Assert.Equal($"CONNECT {Host}:{relay.Address.Port}", line));
        Assert.NotEmpty(proxy.Asked);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Item_096_A_server_that_NO_PROXY_names_is_reached_without(string protocol)
    {
        await using RecordingProxy proxy = new();

        CliResult result = await ReplayAsync(
            protocol, $"http://{Host}:4", [("HTTP_PROXY", $"http://{proxy.Authority}"), ("ALL_PROXY", $"http://{proxy.Authority}"), ("NO_PROXY", $"other.invalid,{Host}")]);

        Assert.Empty(proxy.Asked);
        Assert.Contains($"the name of http://{Host}:4", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("proxy", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("grpc", "127.0.0.1")]
    [InlineData("grpc", "localhost")]
    [InlineData("http/protobuf", "127.0.0.1")]
    [InlineData("http/protobuf", "localhost")]
    public async Task A_collector_on_this_machine_is_reached_without_a_proxy(string protocol, string host)
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();
        await using RecordingProxy proxy = new();

        CliResult result = await ReplayAsync(
            protocol, $"http://{host}:{Port(protocol, server)}", [("HTTP_PROXY", $"http://{proxy.Authority}"), ("ALL_PROXY", $"http://{proxy.Authority}")]);

        AssertDelivered(result);
        Assert.Empty(proxy.Asked);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Item_096_A_proxy_gets_the_credentials_of_its_URL(string protocol)
    {
        await using OtlpTestServer server = await OtlpTestServer.StartAsync();
        await using RecordingProxy proxy = new("me@home:zq7-Proxy:Password");

        CliResult result = await ReplayAsync(
            protocol, $"http://{Host}:{Port(protocol, server)}", ("HTTP_PROXY", $"http://me%40home:zq7-Proxy%3APassword@{proxy.Authority}"));

        AssertDelivered(result);
        Assert.DoesNotContain("zq7", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_proxy_that_lets_nobody_through_is_named_without_its_credentials(string protocol)
    {
        await using RecordingProxy proxy = new("other:secret");

        CliResult result = await ReplayAsync(protocol, $"http://{Host}:4", ("HTTP_PROXY", $"http://me:zq7-Proxy-Password@{proxy.Authority}"));

        Assert.Contains($"behind the proxy http://{proxy.Authority}", result.Error, StringComparison.Ordinal);
        Assert.Contains("407", result.Error, StringComparison.Ordinal);
        Assert.All(Signals, signal => Assert.Equal(result.Account.Records(signal), result.Account.FateTotal(signal)));
        AssertNoPassword(result);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_proxy_that_is_not_there_is_named_without_its_credentials(string protocol)
    {
        RecordingProxy gone = new();
        await gone.DisposeAsync();

        CliResult result = await ReplayAsync(protocol, $"http://{Host}:4", ("HTTP_PROXY", $"http://me:zq7-Proxy-Password@{gone.Authority}"));

        Assert.Contains($"behind the proxy http://{gone.Authority} refused the connection", result.Error, StringComparison.Ordinal);
        AssertNoPassword(result);
    }

    private static Task<CliResult> ReplayAsync(string protocol, string endpoint, params (string Name, string Value)[] environment) => CliProcess.RunAsync(
        ["replay", Recordings.PathOf(Recording), "--protocol", protocol, "--endpoint", endpoint, "--retry-budget", "0", "--report", "json", "--verbose"],
        environment: environment.ToDictionary());

    private static int Port(string protocol, OtlpTestServer server) => (protocol == "grpc" ? server.GrpcEndpoint : server.HttpEndpoint).Port;

    private static void AssertDelivered(CliResult result) =>
        Assert.All(Signals, signal => Assert.True(result.Account.Records(signal) == result.Account.Fate(signal, "delivered"), result.Error));

    private static void AssertNoPassword(CliResult result)
    {
        Assert.DoesNotContain("zq7", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String("me:zq7-Proxy-Password"u8), result.Error, StringComparison.Ordinal);
    }
}
