using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Exporting;

/// <summary>The files that a connection's trust and identity come from.</summary>
/// <param name="Authorities">PEM file of the authorities trusted instead of the system's.</param>
/// <param name="Certificate">PEM file of the client's certificate and its chain.</param>
/// <param name="Key">PEM file of the client's key.</param>
internal readonly record struct TlsFiles(string? Authorities, string? Certificate, string? Key)
{
    /// <summary>Gets a value indicating whether there are any.</summary>
    public bool Any => Authorities is not null || Certificate is not null;

    /// <summary>The files of a destination; none for one that does not use TLS.</summary>
    public static TlsFiles Of(OtlpDestination destination) => destination.Endpoint.Scheme == Uri.UriSchemeHttps
        ? new TlsFiles(destination.CertificateFile, destination.ClientCertificateFile, destination.ClientKeyFile)
        : default;

    /// <summary>The times at which the files were last written.</summary>
    public (DateTime, DateTime, DateTime) Written() => (Of(Authorities), Of(Certificate), Of(Key));

    /// <summary>Reads the files. Host name and validity are checked by the platform, whatever they hold.</summary>
    /// <exception cref="AuthenticationException">A file cannot be used; the message names it and nothing that is in it.</exception>
    public SslClientAuthenticationOptions Read()
    {
        SslClientAuthenticationOptions options = new();
        string reading = Authorities ?? string.Empty;
        try
        {
            if (Authorities is not null)
            {
                options.CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    RevocationMode = X509RevocationMode.NoCheck,
                };
                options.CertificateChainPolicy.CustomTrustStore.ImportFromPemFile(Authorities);
                if (options.CertificateChainPolicy.CustomTrustStore.Count == 0)
                {
                    throw new CryptographicException();
                }
            }

            if (Certificate is not null)
            {
                reading = Certificate;
                X509Certificate2Collection chain = [];
                chain.ImportFromPemFile(Certificate);
                X509Certificate2 leaf = X509Certificate2.CreateFromPemFile(Certificate, Key);
                options.ClientCertificateContext = SslStreamCertificateContext.Create(leaf, chain, offline: true);
            }

            return options;
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new AuthenticationException($"the file {ShownText.Of(reading)}{(reading == Certificate ? " or its key" : string.Empty)} cannot be used");
        }
    }

    private static DateTime Of(string? file) => file is null ? default : File.GetLastWriteTimeUtc(file);
}
