using System.Net;
using System.Net.Sockets;

namespace OpencodeOtel.Pipeline.Tests.Exporting;

/// <summary>Passes connections of a port or a Unix socket on to a port of loopback, and counts them.</summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly Socket _listener;
    private readonly int _target;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private int _connections;

    private Relay(Socket listener, EndPoint address, int target)
    {
        _listener = listener;
        _target = target;
        listener.Bind(address);
        listener.Listen();
        _accepting = AcceptAsync();
    }

    public int Connections => Volatile.Read(ref _connections);

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    public static Relay ToTcp(int target, int at = 0) => new(new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp), new IPEndPoint(IPAddress.Loopback, at), target);

    public static Relay OfUnixSocket(string path, int target) => new(new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified), new UnixDomainSocketEndPoint(path), target);

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
                Socket client = await _listener.AcceptAsync(_stop.Token);
                Interlocked.Increment(ref _connections);
                running.Add(PassAsync(client));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(running);
        }
    }

    private async Task PassAsync(Socket client)
    {
        using Socket server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await server.ConnectAsync(IPAddress.Loopback, _target);
        await using NetworkStream near = new(client, ownsSocket: true);
        await using NetworkStream far = new(server);
        try
        {
            await Task.WhenAny(near.CopyToAsync(far, _stop.Token), far.CopyToAsync(near, _stop.Token));
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            // Either side is done.
        }
    }
}
