using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Exporting;
using OpencodeOtel.TestCollector;

namespace OpencodeOtel.Pipeline.Tests.Exporting;

public sealed class TlsTests : IAsyncLifetime, IDisposable
{
    private readonly TestAuthority _authority = new();
    private OtlpTestServer _server = null!;

    public static TheoryData<OtlpProtocol> Protocols => [.. Destination.Protocols];

    public async Task InitializeAsync() => _server = await OtlpTestServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _authority.Dispose();

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Item_092_A_server_of_the_given_authority_is_accepted(OtlpProtocol protocol)
    {
        using X509Certificate2 certificate = _authority.Server();
        await using TlsRelay relay = new(Target(protocol), () => certificate);
        SendResult result = await Destination.SendOnceAsync(Trusting(_authority, protocol, relay));
        Assert.Equal(SendOutcome.Accepted, result.Outcome);
        Assert.Single(_server.Accepted);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Item_092_A_server_of_another_authority_is_refused_and_gets_nothing(OtlpProtocol protocol)
    {
        using TestAuthority other = new();
        using X509Certificate2 certificate = other.Server();
        await using TlsRelay relay = new(Target(protocol), () => certificate);
        await AssertNoConnectionAsync(Trusting(_authority, protocol, relay));
        await AssertNoConnectionAsync(Destination.Of(protocol, relay.Address));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Item_093_A_client_certificate_is_shown_to_a_server_that_asks(OtlpProtocol protocol)
    {
        _authority.WriteClient();
        using X509Certificate2 certificate = _authority.Server();
        await using TlsRelay relay = new(Target(protocol), () => certificate, _authority.Issued);
        OtlpDestination without = Trusting(_authority, protocol, relay);
        Assert.NotEqual(SendOutcome.Accepted, (await Destination.SendOnceAsync(without)).Outcome);
        Assert.Empty(_server.Requests);

        SendResult result = await Destination.SendOnceAsync(
            without with { ClientCertificateFile = _authority.ClientCertificateFile, ClientKeyFile = _authority.ClientKeyFile });
        Assert.Equal(SendOutcome.Accepted, result.Outcome);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Item_094_Host_name_and_validity_are_checked_with_an_authority_of_ones_own(OtlpProtocol protocol)
    {
        using X509Certificate2 elsewhere = _authority.Server(host: "elsewhere.example");
        await using TlsRelay wrongHost = new(Target(protocol), () => elsewhere);
        await AssertNoConnectionAsync(Trusting(_authority, protocol, wrongHost));

        using X509Certificate2 old = _authority.Server(expired: true);
        await using TlsRelay expired = new(Target(protocol), () => old);
        await AssertNoConnectionAsync(Trusting(_authority, protocol, expired));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Item_095_A_changed_file_is_used_without_a_restart(OtlpProtocol protocol)
    {
        using TestAuthority other = new();
        using X509Certificate2 certificate = other.Server();
        await using TlsRelay relay = new(Target(protocol), () => certificate);
        await using IPayloadSender sender = Destination.Sender(Trusting(_authority, protocol, relay));
        Assert.Equal(SendOutcome.Retryable, (await sender.SendAsync(Payload.Of(form: sender.Form), CancellationToken.None)).Outcome);

        File.Copy(other.CertificateFile, _authority.CertificateFile, overwrite: true);
        File.SetLastWriteTimeUtc(_authority.CertificateFile, DateTime.UtcNow.AddMinutes(1));
        using CancellationTokenSource deadline = new(TimeSpan.FromSeconds(30));
        SendResult result;
        do
        {
            result = await sender.SendAsync(Payload.Of(form: sender.Form), deadline.Token);
        }
        while (result.Outcome != SendOutcome.Accepted);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Item_095_A_renewed_client_certificate_is_shown_while_connections_live_and_half_of_a_pair_leaves_the_old_one(OtlpProtocol protocol)
    {
        _authority.WriteClient();
        ConcurrentQueue<string> shown = new();
        using X509Certificate2 certificate = _authority.Server();
        await using TlsRelay relay = new(Target(protocol), () => certificate, client =>
        {
            shown.Enqueue(client?.GetSerialNumberString() ?? "none");
            return _authority.Issued(client);
        });
        OtlpDestination destination = Trusting(_authority, protocol, relay) with
        {
            ClientCertificateFile = _authority.ClientCertificateFile,
            ClientKeyFile = _authority.ClientKeyFile,
        };
        RecordingLogger logger = new();
        await using IPayloadSender sender = protocol == OtlpProtocol.Grpc
            ? new GrpcPayloadSender(SignalDestinations.All(destination), logger)
            : new HttpPayloadSender(Destination.FormOf(protocol), SignalDestinations.All(destination), TimeProvider.System, logger);
        await SendAsync();
        string first = Assert.Single(shown);

        string key = await File.ReadAllTextAsync(_authority.ClientKeyFile);
        _authority.WriteClient();
        string renewedKey = await File.ReadAllTextAsync(_authority.ClientKeyFile);
        await WriteAsync(_authority.ClientKeyFile, key, minutes: 1); // The certificate is there, its key not yet.
        await UntilAsync(() => logger.All.Contains("client.pem or its key cannot be used", StringComparison.Ordinal));
        Assert.All(shown, serial => Assert.Equal(first, serial));

        await WriteAsync(_authority.ClientKeyFile, renewedKey, minutes: 2);
        await UntilAsync(() => shown.Any(serial => serial != first));
        Assert.DoesNotContain("none", shown);

        async Task UntilAsync(Func<bool> condition)
        {
            using CancellationTokenSource deadline = new(TimeSpan.FromSeconds(60));
            while (!condition())
            {
                await SendAsync();
                await Task.Delay(20, deadline.Token);
            }
        }

        async Task SendAsync() =>
            Assert.Equal(SendOutcome.Accepted, (await sender.SendAsync(Payload.Of(form: sender.Form), CancellationToken.None)).Outcome);
    }

    private static async Task WriteAsync(string file, string text, int minutes)
    {
        await File.WriteAllTextAsync(file, text);
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddMinutes(minutes));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_file_that_cannot_be_used_is_named_and_not_shown(OtlpProtocol protocol)
    {
        File.WriteAllText(_authority.CertificateFile, "MARKED-SECRET");
        SendResult result = await Destination.SendOnceAsync(
            Destination.Of(protocol, new Uri("https://127.0.0.1:1/v1/logs")) with { CertificateFile = _authority.CertificateFile });
        Assert.Equal(SendOutcome.Retryable, result.Outcome);
        Assert.Contains("ca.pem cannot be used", result.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("MARKED", result.Message, StringComparison.Ordinal);
    }

    private async Task AssertNoConnectionAsync(OtlpDestination destination)
    {
        SendResult result = await Destination.SendOnceAsync(destination);
        Assert.Equal(SendOutcome.Retryable, result.Outcome);
        Assert.StartsWith("no TLS connection with ", result.Message, StringComparison.Ordinal);
        Assert.Empty(_server.Requests);
    }

    private int Target(OtlpProtocol protocol) => (protocol == OtlpProtocol.Grpc ? _server.GrpcEndpoint : _server.HttpEndpoint).Port;

    private static OtlpDestination Trusting(TestAuthority authority, OtlpProtocol protocol, TlsRelay relay) =>
        Destination.Of(protocol, relay.Address) with { CertificateFile = authority.CertificateFile };
}
