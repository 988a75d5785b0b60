using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Exporting;

namespace OpencodeOtel.Pipeline.Checking;

/// <summary>Whether a TLS connection with a server comes about, by the rules of a pipeline's; else why not.</summary>
internal sealed class TlsCheck(CheckedServer server)
{
    /// <summary>What the check is called.</summary>
    public const string Check = "TLS";

    private const string PlaintextHint = "if the server does not speak TLS there, begin the endpoint with http:// instead of https:// (grpc:// instead of grpcs://)";

    // How long a server is given to object to us after its part of the handshake, beside the time of the way there.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(300);

    private CertificateVerdict? _verdict;
    private bool _asksForCertificate;

    /// <summary>Makes the handshake.</summary>
    /// <param name="connection">The connection to the server; disposed of.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<CheckResult> RunAsync(Stream connection, CancellationToken cancellationToken)
    {
        using SslStream tls = new(connection);
        try
        {
            SslClientAuthenticationOptions options = Options();
            long start = server.Limit.Time.GetTimestamp();
            await server.Limit.RunAsync(
                async stop =>
                {
                    await tls.AuthenticateAsClientAsync(options, stop).ConfigureAwait(false);
                    return true;
                },
                cancellationToken).ConfigureAwait(false);
            TimeSpan took = server.Limit.Time.GetElapsedTime(start);
            await ObjectAsync(tls, Grace + took, cancellationToken).ConfigureAwait(false);
            string asks = _asksForCertificate ? "; it asks for a client certificate, and there is none" : string.Empty;
            return new CheckResult(Check, server.Address, CheckStatus.Ok, $"{NameOf(tls.SslProtocol)}, {_verdict?.Description}{asks}");
        }
        catch (TimeoutException)
        {
            return Failed(CheckText.NotWithin(server.Limit.Length), PlaintextHint);
        }
        catch (Exception error) when (error is AuthenticationException or IOException)
        {
            return _verdict is { Refusal: { } refusal } ? Failed(refusal, _verdict.Hint) : Describe(error);
        }
    }

    private SslClientAuthenticationOptions Options()
    {
        TlsFiles files = TlsFiles.Of(server.Destination);
        SslClientAuthenticationOptions options = files.Read();
        options.TargetHost = server.Host;
        options.ApplicationProtocols = [server.Destination.Protocol == OtlpProtocol.Grpc ? SslApplicationProtocol.Http2 : SslApplicationProtocol.Http11];
        options.RemoteCertificateValidationCallback = Judge;
        if (files.Certificate is null)
        {
            options.LocalCertificateSelectionCallback = NoteThatItAsks;
        }

        return options;
    }

    /// <summary>Keeps the verdict, and changes nothing of it.</summary>
    private bool Judge(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        _verdict = CertificateVerdict.Of(certificate as X509Certificate2, chain, errors, server.Host, server.Limit.Time.GetUtcNow());
        return errors == SslPolicyErrors.None;
    }

    /// <summary>Is asked before the handshake, too; with the server's certificate only when it wants ours.</summary>
    private X509Certificate NoteThatItAsks(
        object sender, string targetHost, X509CertificateCollection localCertificates, X509Certificate? remoteCertificate, string[] acceptableIssuers)
    {
        _asksForCertificate |= remoteCertificate is not null;
        return null!;
    }

    /// <summary>Waits whether the server objects: in TLS 1.3 it looks at our certificate when we are done already, and only reading shows it.</summary>
    /// <exception cref="IOException">It does.</exception>
    private async Task ObjectAsync(SslStream tls, TimeSpan grace, CancellationToken cancellationToken)
    {
        try
        {
            CheckLimit limit = server.Limit with { Length = grace };
            if (await limit.RunAsync(stop => tls.ReadAsync(new byte[1], stop).AsTask(), cancellationToken).ConfigureAwait(false) == 0)
            {
                throw new IOException("it was closed right after the handshake");
            }
        }
        catch (TimeoutException)
        {
            // It waits for a request, as it should.
        }
    }

    private CheckResult Describe(Exception error)
    {
        Exception cause = error;
        while (cause.InnerException is { } inner)
        {
            cause = inner;
        }

        // OpenSSL's words, without its numbers and places: "error:0A00045C:SSL routines::tlsv13 alert certificate required".
        string words = cause.Message.StartsWith("error:", StringComparison.Ordinal) ? cause.Message[(cause.Message.LastIndexOf(':') + 1)..] : cause.Message;
        string? hint = _asksForCertificate ? "the server asks for a client certificate: --client-certificate FILE --client-key FILE"
            : TlsFiles.Of(server.Destination).Certificate is not null && _verdict is not null ? "look whether the server takes the client certificate"
            : _verdict is null ? PlaintextHint
            : null;
        return Failed($"no TLS connection: {ShownText.Of(words)}", hint);
    }

    private CheckResult Failed(string why, string? hint) => new(Check, server.Address, CheckStatus.Failed, why, hint);

    private static string NameOf(SslProtocols protocol) => protocol switch
    {
        SslProtocols.Tls12 => "TLS 1.2",
        SslProtocols.Tls13 => "TLS 1.3",
        _ => protocol.ToString(),
    };
}
