using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using OpencodeOtel.EndToEnd.Support;
using OpencodeOtel.Pipeline.Tests.Exporting;
using OpencodeOtel.TestCollector;

namespace OpencodeOtel.EndToEnd.Peers;

/// <summary>A real nginx on loopback that ends TLS, asks for a client's certificate, and hands calls and posts on to a collector.</summary>
internal sealed class Nginx : IAsyncDisposable
{
    private const int Attempts = 5;

    private readonly TemporaryDirectory _directory = new();
    private readonly Process _process;
    private readonly StringBuilder _said = new();
    private readonly TaskCompletionSource<bool> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;

    private Nginx(int port, TestAuthority authority, OtlpTestServer collector)
    {
        Address = new Uri($"https://127.0.0.1:{port}");
        using (X509Certificate2 server = authority.Server())
        using (ECDsa key = server.GetECDsaPrivateKey()!)
        {
            File.WriteAllText(Path("server.pem"), server.ExportCertificatePem());
            File.WriteAllText(Path("server.key"), key.ExportPkcs8PrivateKeyPem());
        }

        File.WriteAllText(Path("nginx.conf"), Configuration(port, authority, collector));
        _process = Process.Start(new ProcessStartInfo("nginx", ["-p", _directory.Path, "-c", Path("nginx.conf"), "-e", "stderr"]) { RedirectStandardError = true })!;
        _reading = ReadAsync();
    }

    /// <summary>Gets why there is none; <see langword="null"/> if there is one.</summary>
    public static string? WhyMissing { get; } = Has() ? null : "There is no nginx with HTTP/2 and TLS.";

    /// <summary>Gets where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Starts one, which listens when this returns.</summary>
    public static async Task<Nginx> StartAsync(TestAuthority authority, OtlpTestServer collector)
    {
        for (int attempt = 1; ; attempt++)
        {
            var nginx = new Nginx(FreePort(), authority, collector);
            if (await nginx._ready.Task.WaitAsync(CliProcess.Deadline))
            {
                return nginx;
            }

            // Somebody else may have taken the port meanwhile: nginx cannot choose one itself.
            await nginx.DisposeAsync();
            if (attempt == Attempts)
            {
                throw new InvalidOperationException($"nginx does not start: {nginx._said}");
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _reading;
        await _process.WaitForExitAsync();
        _process.Dispose();
        _directory.Dispose();
    }

    private static bool Has()
    {
        try
        {
            using Process nginx = Process.Start(new ProcessStartInfo("nginx", ["-V"]) { RedirectStandardError = true })!;
            string built = nginx.StandardError.ReadToEnd();
            nginx.WaitForExit();
            return built.Contains("http_v2_module", StringComparison.Ordinal)
                && built.Contains("http_ssl_module", StringComparison.Ordinal)
                && !built.Contains("without-http_grpc_module", StringComparison.Ordinal);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string Path(string file) => System.IO.Path.Combine(_directory.Path, file);

    private string Configuration(int port, TestAuthority authority, OtlpTestServer collector) => $$"""
        daemon off;
        worker_processes 1;
        pid {{Path("nginx.pid")}};
        error_log stderr notice;
        events {}
        http {
          access_log off;
          client_body_temp_path {{Path("body")}};
          proxy_temp_path {{Path("proxy")}};
          fastcgi_temp_path {{Path("fastcgi")}};
          uwsgi_temp_path {{Path("uwsgi")}};
          scgi_temp_path {{Path("scgi")}};
          client_max_body_size 64m;
          client_body_buffer_size 64m;
          server {
            listen 127.0.0.1:{{port}} ssl http2;
            ssl_certificate {{Path("server.pem")}};
            ssl_certificate_key {{Path("server.key")}};
            ssl_client_certificate {{authority.CertificateFile}};
            ssl_verify_client on;
            location /opentelemetry.proto.collector. { grpc_pass grpc://{{collector.GrpcEndpoint.Authority}}; }
            location /v1/ { proxy_pass {{collector.HttpEndpoint.GetLeftPart(UriPartial.Authority)}}; }
          }
        }
        """;

    private async Task ReadAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            _said.AppendLine(line);
            if (line.Contains("start worker process ", StringComparison.Ordinal))
            {
                _ready.TrySetResult(true);
            }
        }

        _ready.TrySetResult(false);
    }
}
