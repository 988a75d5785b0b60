using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Exporting.Proxies;

namespace OpencodeOtel.Pipeline.Exporting;

/// <summary>What both transports ask of a connection: nothing is followed, remembered or traced, and a dead one is found out.</summary>
internal static class TransportHandler
{
    // Longer than the interval of metrics, so that a connection is kept from one collection to the next.
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromMinutes(5);

    // A name may come to mean another address while a session runs.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    // A connection whose other end has vanished would otherwise fail each export by its timeout, for as long as TCP hopes.
    // Only while a request is under way, and seldom: servers count pings against a client.
    private static readonly TimeSpan PingDelay = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(4);

    /// <summary>Makes the handler that reaches a destination; the caller disposes it.</summary>
    public static HttpMessageHandler Create(OtlpDestination destination, ILogger? logger)
    {
        TlsFiles files = TlsFiles.Of(destination);
        if (files.Any)
        {
            return new TlsFilesHandler(
                files,
                options =>
                {
                    SocketsHttpHandler handler = Create(ProxyChoice.IsPossible(destination));
                    handler.SslOptions = options;
                    return handler;
                },
                logger,
                TimeProvider.System);
        }

        SocketsHttpHandler plain = Create(ProxyChoice.IsPossible(destination));
        if (destination.UnixSocket is { } path)
        {
            plain.ConnectCallback = (_, cancellationToken) => ConnectAsync(path, cancellationToken);
        }
        else if (ProxyChoice.Of(destination) is { } proxy && ProxyChoice.NeedsTunnel(destination, proxy))
        {
            ProxyTunnel tunnel = new(proxy);
            plain.UseProxy = false;
            plain.ConnectCallback = (context, cancellationToken) => tunnel.ConnectAsync(context.DnsEndPoint, cancellationToken);
        }

        return plain;
    }

    private static SocketsHttpHandler Create(bool useProxy) => new()
    {
        UseProxy = useProxy,
        AllowAutoRedirect = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        PooledConnectionIdleTimeout = IdleTimeout,
        PooledConnectionLifetime = Lifetime,
        KeepAlivePingDelay = PingDelay,
        KeepAlivePingTimeout = PingTimeout,
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
    };

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
