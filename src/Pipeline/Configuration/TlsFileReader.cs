using System.Security.Cryptography;
using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>Reads which files with certificates and keys a signal's connection uses, and looks into each before anything starts.</summary>
/// <remarks>
/// A file that cannot serve is an error wherever it was named: without it requests would go to a server that nobody vouched for, or
/// be refused by one that did. The transports read the files again when they connect. No message shows what is in a file.
/// </remarks>
internal sealed class TlsFileReader(SettingSource source, SignalNotes notes)
{
    private const long MaxFileBytes = 1024 * 1024;

    private const string CertificateLabel = "CERTIFICATE";
    private static readonly string[] KeyLabels = ["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"];

    /// <summary>Adds the files of a signal to its destination.</summary>
    /// <exception cref="ConfigurationException">A file cannot be used, or one of two is missing.</exception>
    public OtlpDestination AddTo(OtlpDestination destination, Signal signal)
    {
        (string? authority, _) = Read(SettingTable.Certificate, signal, "CERTIFICATE", CertificateLabel);
        (string? certificate, string certificateOrigin) = Read(SettingTable.ClientCertificate, signal, "CLIENT_CERTIFICATE", CertificateLabel);
        (string? key, string keyOrigin) = Read(SettingTable.ClientKey, signal, "CLIENT_KEY", KeyLabels);
        if (certificate is null != key is null)
        {
            throw new ConfigurationException(key is null
                ? $"{certificateOrigin} is set without a client key; give both or neither"
                : $"{keyOrigin} is set without a client certificate; give both or neither");
        }

        return destination with { CertificateFile = authority, ClientCertificateFile = certificate, ClientKeyFile = key };
    }

    private (string? Path, string Origin) Read(SettingDefinition definition, Signal signal, string setting, params string[] labels)
    {
        if (source.Find(definition, OtlpVariables.Names(signal, setting)) is not { } found)
        {
            notes.Add(definition, signal, "none", "default");
            return (null, "default");
        }

        string text = ReadFile(found);
        if (!Labels(text).Intersect(labels, StringComparer.Ordinal).Any())
        {
            throw Bad(found, text.Contains("ENCRYPTED", StringComparison.Ordinal)
                ? "whose key is encrypted; give it without a passphrase"
                : $"which holds no {(labels[0] == CertificateLabel ? "certificate" : "private key")} in PEM form");
        }

        notes.Add(definition, signal, found.Text, found.Origin);
        return (Path.GetFullPath(found.Text), found.Origin);
    }

    private static string ReadFile(FoundValue found)
    {
        try
        {
            return new FileInfo(found.Text).Length <= MaxFileBytes
                ? File.ReadAllText(found.Text)
                : throw Bad(found, "which is larger than 1 MiB");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Bad(found, error is FileNotFoundException or DirectoryNotFoundException && !Directory.Exists(found.Text) ? "which does not exist" : "which cannot be read");
        }
    }

    private static IEnumerable<string> Labels(string text)
    {
        int start = 0;
        while (PemEncoding.TryFind(text.AsSpan(start), out PemFields fields))
        {
            yield return text[start..][fields.Label];
            start += fields.Location.End.Value;
        }
    }

    private static ConfigurationException Bad(FoundValue found, string why) =>
        new($"{found.Origin} names the file '{ShownText.Of(found.Text)}', {why}");
}
