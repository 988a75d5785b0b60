using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace OpencodeOtel.Pipeline.Tests.Exporting;

/// <summary>A port of loopback that speaks TLS and passes what it gets on to a port without.</summary>
internal sealed class TlsRelay : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<X509Certificate2> _certificate;
    private readonly Func<X509Certificate?, bool>? _accepts;
    private readonly int _target;
    private readonly Task _accepting;

    /// <param name="target">The port without TLS.</param>
    /// <param name="certificate">The server's certificate, asked for at each connection.</param>
    /// <param name="accepts">Which clients are let in; null asks for no certificate.</param>
    public TlsRelay(int target, Func<X509Certificate2> certificate, Func<X509Certificate?, bool>? accepts = null)
    {
        (_target, _certificate, _accepts) = (target, certificate, accepts);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"https://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}/v1/logs");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> running = [];
        try
        {
            while (true)
            {
                running.Add(PassAsync(await _listener.AcceptAsync(_stop.Token)));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(running);
        }
    }

    private async Task PassAsync(Socket client)
    {
        await using SslStream near = new(new NetworkStream(client, ownsSocket: true));
        try
        {
            await near.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificate = _certificate(),
                    ClientCertificateRequired = _accepts is not null,
                    RemoteCertificateValidationCallback = (_, certificate, _, _) => _accepts is null || _accepts(certificate),
                    ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
                },
                _stop.Token);
            using Socket server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await server.ConnectAsync(IPAddress.Loopback, _target);
            await using NetworkStream far = new(server);
            await Task.WhenAny(near.CopyToAsync(far, _stop.Token), far.CopyToAsync(near, _stop.Token));
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or AuthenticationException or SocketException)
        {
            // Either side is done.
        }
    }
}
