using System.Net;
using System.Net.Sockets;

namespace OpencodeOtel.EndToEnd.Support;

/// <summary>Passes connections of a port of loopback on to another, until it is cut: then they break, and no other comes about.</summary>
public sealed class CuttableRelay : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly int _target;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly Task _accepting;
    private CancellationTokenSource _whole = new();

    private CuttableRelay(int target)
    {
        _target = target;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _accepting = AcceptAsync();
    }

    /// <summary>Gets where it listens.</summary>
    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}");

    /// <summary>Starts one.</summary>
    public static CuttableRelay To(Uri target) => new(target.Port);

    /// <summary>Breaks all connections, and those that come.</summary>
    public void Cut()
    {
        lock (_lock)
        {
            _whole.Cancel();
        }
    }

    /// <summary>Passes on those that come from now on.</summary>
    public void Restore()
    {
        lock (_lock)
        {
            _whole.Dispose();
            _whole = new CancellationTokenSource();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Cut();
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _whole.Dispose();
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
                lock (_lock)
                {
                    running.Add(PassAsync(client, _whole.Token));
                }
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(running);
        }
    }

    private async Task PassAsync(Socket client, CancellationToken cut)
    {
        using Socket server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await using NetworkStream near = new(client, ownsSocket: true);
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _target, cut);
            await using NetworkStream far = new(server);
            await Task.WhenAny(near.CopyToAsync(far, cut), far.CopyToAsync(near, cut));
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or SocketException)
        {
            // Cut, or either side is done.
        }
    }
}
