using System.Security.Cryptography.X509Certificates;
using OpencodeOtel.Pipeline.Checking;
using OpencodeOtel.Pipeline.Tests.Exporting;
using OpencodeOtel.TestCollector;

namespace OpencodeOtel.Pipeline.Tests.Checking;

public sealed class TlsCheckTests : IAsyncLifetime, IDisposable
{
    private readonly TestAuthority _authority = new();
    private OtlpTestServer _server = null!;

    public static TheoryData<string> Protocols => ["grpc", "http/protobuf"];

    public async Task InitializeAsync() => _server = await OtlpTestServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _authority.Dispose();

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_server_of_the_given_authority_is_shown_with_who_vouches_for_it(string protocol)
    {
        using X509Certificate2 certificate = _authority.Server();
        await using TlsRelay relay = Relay(protocol, certificate);
        IReadOnlyList<CheckResult> results = await CheckAsync(protocol, relay, $"--certificate {_authority.CertificateFile}");
        CheckResult tls = results.Of("TLS");
        Assert.Equal(CheckStatus.Ok, tls.Status);
        Assert.Equal(relay.Address.Authority, tls.Target);
        Assert.Matches(@"^TLS 1\.[23], CN=server, valid until \d{4}-\d\d-\d\d, vouched for by CN=Test authority$", tls.Detail);
        Assert.Equal(CheckStatus.Ok, results.Of("logs accepted").Status);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Nobody_who_is_trusted_vouches_for_a_server_of_another_authority(string protocol)
    {
        using X509Certificate2 certificate = _authority.Server();
        await using TlsRelay relay = Relay(protocol, certificate);
        using TestAuthority other = new();
        foreach (string[] given in new string[][] { [], [$"--certificate {other.CertificateFile}"] })
        {
            IReadOnlyList<CheckResult> results = await CheckAsync(protocol, relay, given);
            CheckResult tls = results.Of("TLS");
            Assert.Equal((CheckStatus.Failed, "nobody who is trusted vouches for CN=server, issued by CN=Test authority"), (tls.Status, tls.Detail));
            Assert.Contains("--certificate", tls.Hint, StringComparison.Ordinal);
            Assert.Equal((CheckStatus.Skipped, "there is no TLS connection"), (results.Of("logs accepted").Status, results.Of("logs accepted").Detail));
        }

        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task A_certificate_for_another_host_is_told_with_the_names_that_it_has()
    {
        using X509Certificate2 certificate = _authority.Server(host: "elsewhere.example");
        await using TlsRelay relay = Relay("grpc", certificate);
        CheckResult tls = (await CheckAsync("grpc", relay, $"--certificate {_authority.CertificateFile}")).Of("TLS");
        Assert.Equal((CheckStatus.Failed, "the certificate is for elsewhere.example, not for 127.0.0.1"), (tls.Status, tls.Detail));
    }

    [Fact]
    public async Task A_certificate_that_is_no_longer_valid_is_told_with_its_day()
    {
        using X509Certificate2 certificate = _authority.Server(expired: true);
        await using TlsRelay relay = Relay("grpc", certificate);
        CheckResult tls = (await CheckAsync("grpc", relay, $"--certificate {_authority.CertificateFile}")).Of("TLS");
        Assert.Equal(CheckStatus.Failed, tls.Status);
        Assert.Equal($"the certificate expired on {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}", tls.Detail);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_server_that_wants_a_client_certificate_says_so_when_there_is_none_or_the_wrong_one(string protocol)
    {
        _authority.WriteClient();
        using TestAuthority other = new();
        other.WriteClient();
        using X509Certificate2 certificate = _authority.Server();
        await using TlsRelay relay = new(Target(protocol), () => certificate, _authority.Issued);
        string trust = $"--certificate {_authority.CertificateFile}";

        CheckResult none = (await CheckAsync(protocol, relay, trust)).Of("TLS");
        Assert.Equal(CheckStatus.Failed, none.Status);
        Assert.Contains("--client-certificate", none.Hint, StringComparison.Ordinal);

        CheckResult wrong = (await CheckAsync(protocol, relay, trust, $"--client-certificate {other.ClientCertificateFile}", $"--client-key {other.ClientKeyFile}")).Of("TLS");
        Assert.Equal(CheckStatus.Failed, wrong.Status);
        Assert.Contains("client certificate", wrong.Hint, StringComparison.Ordinal);

        IReadOnlyList<CheckResult> right = await CheckAsync(protocol, relay, trust, $"--client-certificate {_authority.ClientCertificateFile}", $"--client-key {_authority.ClientKeyFile}");
        Assert.Equal((CheckStatus.Ok, CheckStatus.Ok), (right.Of("TLS").Status, right.Of("logs accepted").Status));
    }

    [Fact]
    public async Task A_server_without_TLS_is_suspected_to_be_one()
    {
        CheckResult tls = (await Checks.OfAsync($"--endpoint https://{_server.HttpEndpoint.Authority}", "--protocol http/protobuf")).Of("TLS");
        Assert.Equal(CheckStatus.Failed, tls.Status);
        Assert.StartsWith("no TLS connection: ", tls.Detail, StringComparison.Ordinal);
        Assert.Contains("http://", tls.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_server_with_TLS_that_is_spoken_to_without_is_suspected_to_have_it(string protocol)
    {
        using X509Certificate2 certificate = _authority.Server();
        await using TlsRelay relay = Relay(protocol, certificate);
        CheckResult result = (await Checks.OfAsync($"--endpoint http://{relay.Address.Authority}", $"--protocol {protocol}")).Of("logs accepted");
        Assert.Equal(CheckStatus.Failed, result.Status);
        Assert.Contains("https://", result.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_takes_connections_and_says_nothing_fails_after_the_timeout()
    {
        await using RawServer silent = RawServer.Start((_, stop) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop));
        CheckResult tls = (await Checks.OfAsync($"--endpoint https://{silent.Endpoint.Authority}", "--timeout 300ms")).Of("TLS");
        Assert.Equal((CheckStatus.Failed, "not within 0.3 s"), (tls.Status, tls.Detail));
    }

    private int Target(string protocol) => new Uri(Checks.EndpointOf(_server, protocol)).Port;

    private TlsRelay Relay(string protocol, X509Certificate2 certificate) => new(Target(protocol), () => certificate);

    private static Task<IReadOnlyList<CheckResult>> CheckAsync(string protocol, TlsRelay relay, params string[] given) =>
        Checks.OfAsync([$"--endpoint https://{relay.Address.Authority}", $"--protocol {protocol}", .. given]);
}
