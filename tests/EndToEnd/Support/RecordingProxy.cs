using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OpencodeOtel.EndToEnd.Support;

/// <summary>A small HTTP proxy on loopback, for which every host is this machine; it keeps what it was asked for.</summary>
public sealed class RecordingProxy : IAsyncDisposable
{
    private const int MaxHeadBytes = 64 * 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly string? _credentials;
    private readonly List<string> _asked = [];
    private readonly Task _accepting;

    /// <summary>Listens.</summary>
    /// <param name="credentials">User and password, with a colon between them, without which it lets nobody through.</param>
    public RecordingProxy(string? credentials = null)
    {
        _credentials = credentials is null ? null : Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials));
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Gets host and port.</summary>
    public string Authority => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Gets the first line of what each connection asked for.</summary>
    public IReadOnlyList<string> Asked
    {
        get
        {
            lock (_asked)
            {
                return [.. _asked];
            }
        }
    }

    /// <inheritdoc/>
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
                running.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(running);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using TcpClient owned = client;
        await using NetworkStream near = client.GetStream();
        try
        {
            byte[] head = await ReadHeadAsync(near);
            string text = Encoding.Latin1.GetString(head);
            string[] line = text.Split("\r\n")[0].Split(' ');
            lock (_asked)
            {
                _asked.Add($"{line[0]} {line[1]}");
            }

            if (_credentials is not null && !text.Contains($"\r\nProxy-Authorization: Basic {_credentials}\r\n", StringComparison.OrdinalIgnoreCase))
            {
                // With what it was given, as some do.
                string given = text.Split("\r\n").FirstOrDefault(header => header.StartsWith("proxy-authorization:", StringComparison.OrdinalIgnoreCase)) ?? "none";
                await near.WriteAsync(
                    Encoding.Latin1.GetBytes($"HTTP/1.1 407 {given}\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Type: text/plain\r\nContent-Length: {given.Length}\r\nConnection: close\r\n\r\n{given}"),
                    _stop.Token);
                client.Client.Shutdown(SocketShutdown.Send);
                await near.CopyToAsync(Stream.Null, _stop.Token); // A close with the request unread would reset the connection.
                return;
            }

            bool isTunnel = line[0] == "CONNECT";
            using TcpClient server = new();
            await server.ConnectAsync(IPAddress.Loopback, PortOf(isTunnel ? $"tunnel://{line[1]}" : line[1]), _stop.Token);
            await using NetworkStream far = server.GetStream();
            if (isTunnel)
            {
                await near.WriteAsync("HTTP/1.1 200 Connection established\r\nVia: 1.1 test\r\n\r\n"u8.ToArray(), _stop.Token);
            }
            else
            {
                await far.WriteAsync(head, _stop.Token); // A server takes a whole URL in the first line, too.
            }

            await Task.WhenAny(near.CopyToAsync(far, _stop.Token), far.CopyToAsync(near, _stop.Token));
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or SocketException)
        {
            // Either side is done.
        }
    }

    private static int PortOf(string url) => int.Parse(url.Split('/')[2].Split(':')[1], CultureInfo.InvariantCulture);

    private async Task<byte[]> ReadHeadAsync(NetworkStream from)
    {
        byte[] head = new byte[MaxHeadBytes];
        int length = 0;
        while (!head.AsSpan(0, length).EndsWith("\r\n\r\n"u8))
        {
            int count = await from.ReadAsync(head.AsMemory(length, 1), _stop.Token);
            length += count > 0 ? count : throw new IOException("The client went away.");
        }

        return head[..length];
    }
}
