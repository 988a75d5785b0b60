using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace OpencodeOtel.Pipeline.Exporting.Proxies;

/// <summary>Connects through an HTTP proxy by <c>CONNECT</c> (RFC 9110, section 9.3.6), for whatever is spoken inside.</summary>
/// <param name="proxy">The proxy; its user info is sent as Basic credentials.</param>
internal sealed class ProxyTunnel(Uri proxy)
{
    private const int MaxHeadBytes = 16 * 1024;
    private const string Scheme = "HTTP/1.";

    /// <summary>Opens a tunnel; the caller disposes it.</summary>
    /// <param name="target">Where it leads.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="HttpRequestException">The proxy does not let it through.</exception>
    /// <exception cref="SocketException">The proxy cannot be reached.</exception>
    /// <exception cref="IOException">The proxy went away.</exception>
    public async ValueTask<Stream> ConnectAsync(DnsEndPoint target, CancellationToken cancellationToken)
    {
        Stream stream = await ReachAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await stream.WriteAsync(Request(target), cancellationToken).ConfigureAwait(false);
            await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
            int? status = StatusOf(await ReadHeadAsync(stream, cancellationToken).ConfigureAwait(false));
            return status is >= 200 and < 300
                ? stream
                : throw new HttpRequestException(HttpRequestError.ProxyTunnelError, "the proxy opens no tunnel", null, (HttpStatusCode?)status);
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task<Stream> ReachAsync(CancellationToken cancellationToken)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(new DnsEndPoint(proxy.IdnHost, proxy.Port), cancellationToken).ConfigureAwait(false);
            NetworkStream plain = new(socket, ownsSocket: true);
            if (proxy.Scheme != Uri.UriSchemeHttps)
            {
                return plain;
            }

            SslStream secure = new(plain);
            await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = proxy.IdnHost }, cancellationToken).ConfigureAwait(false);
            return secure;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private byte[] Request(DnsEndPoint target)
    {
        string host = target.Host.Contains(':', StringComparison.Ordinal) && !target.Host.StartsWith('[') ? $"[{target.Host}]" : target.Host;
        string authority = string.Create(CultureInfo.InvariantCulture, $"{host}:{target.Port}");
        string credentials = proxy.UserInfo.Length == 0
            ? string.Empty
            : $"Proxy-Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(proxy.UserInfo)))}\r\n";
        return Encoding.ASCII.GetBytes($"CONNECT {authority} HTTP/1.1\r\nHost: {authority}\r\n{credentials}\r\n");
    }

    /// <summary>Reads to the empty line and not a byte further: what follows belongs to whoever is at the other end.</summary>
    private static async Task<string> ReadHeadAsync(Stream stream, CancellationToken cancellationToken)
    {
        byte[] head = new byte[MaxHeadBytes];
        int length = 0;
        while (length < head.Length && !head.AsSpan(0, length).EndsWith("\r\n\r\n"u8))
        {
            length += await stream.ReadAsync(head.AsMemory(length, 1), cancellationToken).ConfigureAwait(false) is 1
                ? 1
                : throw new HttpRequestException(HttpRequestError.ProxyTunnelError, "the proxy closed the connection");
        }

        return Encoding.ASCII.GetString(head, 0, length);
    }

    /// <summary>The status of an answer; <see langword="null"/> if it is none.</summary>
    private static int? StatusOf(string head) =>
        head.StartsWith(Scheme, StringComparison.Ordinal)
        && head.EndsWith("\r\n\r\n", StringComparison.Ordinal)
        && head.Length > Scheme.Length + 5
        && int.TryParse(head.AsSpan(Scheme.Length + 2, 3), NumberStyles.None, CultureInfo.InvariantCulture, out int status)
            ? status
            : null;
}
