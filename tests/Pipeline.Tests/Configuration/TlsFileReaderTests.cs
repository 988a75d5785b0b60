using System.Security.Cryptography;
using OpencodeOtel.Pipeline.Configuration;
using static OpencodeOtel.Pipeline.Tests.Configuration.Resolving;

namespace OpencodeOtel.Pipeline.Tests.Configuration;

public sealed class TlsFileReaderTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory();

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData("--certificate {0}", "--client-certificate {1}", "--client-key {2}")]
    [InlineData("OPENCODE_OTLP_CERTIFICATE={0}", "OPENCODE_OTLP_CLIENT_CERTIFICATE={1}", "OPENCODE_OTLP_CLIENT_KEY={2}")]
    [InlineData("OTEL_EXPORTER_OTLP_CERTIFICATE={0}", "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE={1}", "OTEL_EXPORTER_OTLP_CLIENT_KEY={2}")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE={0}", "OTEL_EXPORTER_OTLP_TRACES_CLIENT_CERTIFICATE={1}", "OTEL_EXPORTER_OTLP_TRACES_CLIENT_KEY={2}")]
    public void Files_that_can_serve_are_in_the_destination(params string[] given)
    {
        string authority = Pem("ca.pem", "CERTIFICATE");
        string certificate = Pem("client.pem", "CERTIFICATE", "CERTIFICATE");
        string key = Pem("key.pem", "EC PARAMETERS", "EC PRIVATE KEY");
        ResolvedOptions resolved = From([.. given.Select(text => text
            .Replace("{0}", authority, StringComparison.Ordinal)
            .Replace("{1}", certificate, StringComparison.Ordinal)
            .Replace("{2}", key, StringComparison.Ordinal))]);
        OtlpDestination destination = resolved.Options.Exporters[0].Traces!;
        Assert.Equal(authority, destination.CertificateFile);
        Assert.Equal(certificate, destination.ClientCertificateFile);
        Assert.Equal(key, destination.ClientKeyFile);
        Assert.Equal(given[0].Split('=', ' ')[0], resolved.Settings.First(setting => setting.Name is "certificate" or "certificate (traces)").Origin);
        Assert.Empty(resolved.Warnings);
    }

    [Fact]
    public void One_file_may_hold_both_the_certificate_and_the_key()
    {
        string both = Pem("both.pem", "CERTIFICATE", "PRIVATE KEY");
        Assert.Equal(both, Traces($"--client-certificate {both}", $"--client-key {both}").ClientKeyFile);
    }

    [Theory]
    [InlineData("OPENCODE_OTLP_CERTIFICATE")]
    [InlineData("OPENCODE_OTLP_CLIENT_KEY")]
    [InlineData("OPENCODE_OTLP_CLIENT_CERTIFICATE")]
    [InlineData("OTEL_EXPORTER_OTLP_CERTIFICATE")]
    [InlineData("OTEL_EXPORTER_OTLP_LOGS_CLIENT_KEY")]
    public void A_file_that_is_not_there_is_an_error_that_names_the_variable(string variable) =>
        Assert.Equal($"{variable} names the file '/no/such.pem', which does not exist", Error($"{variable}=/no/such.pem"));

    [Theory]
    [InlineData("CERTIFICATE", "PRIVATE KEY", "which holds no certificate in PEM form")]
    [InlineData("CLIENT_KEY", "CERTIFICATE", "which holds no private key in PEM form")]
    [InlineData("CLIENT_KEY", "ENCRYPTED PRIVATE KEY", "whose key is encrypted; give it without a passphrase")]
    public void A_file_that_holds_something_else_is_an_error_that_shows_nothing_of_it(string setting, string label, string why)
    {
        string path = Pem("wrong.pem", label);
        Assert.Equal($"OPENCODE_OTLP_{setting} names the file '{path}', {why}", Error($"OPENCODE_OTLP_{setting}={path}"));
    }

    [Fact]
    public void What_is_no_file_or_no_text_of_that_form_is_an_error()
    {
        Assert.EndsWith("which cannot be read", Error($"--certificate {_directory.FullName}"), StringComparison.Ordinal);
        string path = Path.Combine(_directory.FullName, "der");
        File.WriteAllBytes(path, [0x30, 0x82, 1, 2, 3]);
        Assert.EndsWith("which holds no certificate in PEM form", Error($"--certificate {path}"), StringComparison.Ordinal);
        File.WriteAllBytes(path, new byte[(1024 * 1024) + 1]);
        Assert.EndsWith("which is larger than 1 MiB", Error($"--certificate {path}"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_without_its_certificate_is_an_error_and_the_other_way_round()
    {
        string key = Pem("key.pem", "PRIVATE KEY");
        string certificate = Pem("client.pem", "CERTIFICATE");
        Assert.Equal("OPENCODE_OTLP_CLIENT_KEY is set without a client certificate; give both or neither", Error($"OPENCODE_OTLP_CLIENT_KEY={key}"));
        Assert.Equal("--client-certificate is set without a client key; give both or neither", Error($"--client-certificate {certificate}"));
    }

    [Fact]
    public void A_relative_path_is_below_the_working_directory_of_now()
    {
        string path = Pem("ca.pem", "CERTIFICATE");
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        Assert.Equal(path, Traces($"--certificate {relative}").CertificateFile);
    }

    private string Pem(string name, params string[] labels)
    {
        string path = Path.Combine(_directory.FullName, name);
        File.WriteAllLines(path, labels.Select(label => PemEncoding.WriteString(label, [1, 2, 3])));
        return path;
    }
}
