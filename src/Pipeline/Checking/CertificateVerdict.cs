using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Checking;

/// <summary>What the platform thinks of a server's certificate, in words. What the certificate says is cut to a line.</summary>
/// <param name="Description">Whose it is, how long it is valid, and who vouches for it.</param>
/// <param name="Refusal">Why it is refused; <see langword="null"/> when it is not.</param>
/// <param name="Hint">What to try.</param>
internal sealed record CertificateVerdict(string Description, string? Refusal, string? Hint)
{
    private const int MostNames = 4;
    private static readonly TimeSpan Soon = TimeSpan.FromDays(30);

    /// <summary>Puts a verdict into words.</summary>
    /// <param name="certificate">The server's certificate; <see langword="null"/> when it showed none.</param>
    /// <param name="chain">The certificates up to who vouches for it.</param>
    /// <param name="errors">The verdict.</param>
    /// <param name="host">The name or address that the server is called by.</param>
    /// <param name="now">The time.</param>
    public static CertificateVerdict Of(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors, string host, DateTimeOffset now)
    {
        if (certificate is null)
        {
            return new CertificateVerdict("no certificate", "the server shows no certificate", null);
        }

        X509Certificate2 root = chain is { ChainElements.Count: > 0 } ? chain.ChainElements[^1].Certificate : certificate;
        string description = $"{NameOf(certificate)}, {Validity(certificate, now)}, vouched for by {(root.Subject == certificate.Subject ? "itself" : NameOf(root))}";
        (string? refusal, string? hint) = Refuse(certificate, chain, errors, host);
        return new CertificateVerdict(description, refusal, hint);
    }

    private static (string? Refusal, string? Hint) Refuse(X509Certificate2 certificate, X509Chain? chain, SslPolicyErrors errors, string host)
    {
        X509ChainStatusFlags flags = chain?.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, static (all, one) => all | one.Status) ?? X509ChainStatusFlags.NoError;
        if (errors == SslPolicyErrors.None)
        {
            return (null, null);
        }

        if (flags.HasFlag(X509ChainStatusFlags.NotTimeValid) && OutOfTime(certificate, chain!) is { } old)
        {
            return (old, "renew the server's certificate, or look at the clock of this machine");
        }

        // A wrong signature is that of another authority with the same name.
        if ((flags & (X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.NotSignatureValid)) != 0)
        {
            return ($"nobody who is trusted vouches for {NameOf(certificate)}, issued by {NameOf(certificate.IssuerName)}", "name a file with the authority: --certificate FILE");
        }

        return errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
            ? ($"the certificate is for {NamesOf(certificate)}, not for {host}", "set the endpoint to a name that the certificate has")
            : ($"the certificate of {NameOf(certificate)} is refused ({(flags == X509ChainStatusFlags.NoError ? errors : flags)})", null);
    }

    private static string? OutOfTime(X509Certificate2 certificate, X509Chain chain)
    {
        foreach (X509ChainElement element in chain.ChainElements)
        {
            if (element.ChainElementStatus.Any(static status => status.Status == X509ChainStatusFlags.NotTimeValid))
            {
                X509Certificate2 one = element.Certificate;
                string which = one.Thumbprint == certificate.Thumbprint ? "the certificate" : $"the authority {NameOf(one)}";
                bool expired = one.NotAfter < chain.ChainPolicy.VerificationTime;
                return $"{which} {(expired ? $"expired on {Day(one.NotAfter)}" : $"is not valid before {Day(one.NotBefore)}")}";
            }
        }

        return null;
    }

    private static string Validity(X509Certificate2 certificate, DateTimeOffset now)
    {
        TimeSpan left = certificate.NotAfter.ToUniversalTime() - now.UtcDateTime;
        string days = left > TimeSpan.Zero && left < Soon ? string.Create(CultureInfo.InvariantCulture, $" (in {left.TotalDays:0} days)") : string.Empty;
        return $"valid until {Day(certificate.NotAfter)}{days}";
    }

    private static string Day(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string NameOf(X509Certificate2 certificate) => NameOf(certificate.SubjectName);

    private static string NameOf(X500DistinguishedName name) => ShownText.Of(name.Name.Length > 0 ? name.Name : "nobody");

    private static string NamesOf(X509Certificate2 certificate)
    {
        X509SubjectAlternativeNameExtension? names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        List<string> all = names is null ? [] : [.. names.EnumerateDnsNames(), .. names.EnumerateIPAddresses().Select(static address => address.ToString())];
        return all.Count == 0
            ? NameOf(certificate)
            : ShownText.Of(string.Join(", ", all.Take(MostNames))) + (all.Count > MostNames ? string.Create(CultureInfo.InvariantCulture, $" and {all.Count - MostNames} more") : string.Empty);
    }
}
