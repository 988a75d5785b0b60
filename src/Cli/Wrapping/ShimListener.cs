using System.Net.Sockets;
using System.Runtime.Versioning;
using OpencodeOtel.Cli.Shim;

namespace OpencodeOtel.Cli.Wrapping;

/// <summary>
/// Where the shims of one command connect: a socket in a private folder that also holds the shim, and goes when this is disposed.
/// Each opencode process that the command starts is a connection of its own.
/// </summary>
internal sealed class ShimListener : IDisposable
{
    private const int MostConnections = 256;

    // The room for a path in an address of a Unix socket, less the final zero, on the system that has the least.
    private const int LongestSocketPath = 103;

    // A process that outlives the command may hold its connection open; it is left when it has been silent for so long.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(200);

    private readonly Socket _socket;
    private readonly string _folder;
    private readonly CancellationTokenSource _stopAccepting = new();
    private readonly CancellationTokenSource _stopReading = new();
    private readonly List<(Socket Connection, Task Reading)> _connections = [];

    private ShimListener(Socket socket, string folder, IReadOnlyDictionary<string, string> variables)
    {
        _socket = socket;
        _folder = folder;
        Variables = variables;
    }

    /// <summary>Gets the variables that make a command's opencode load the shim, and the shim find the socket.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; }

    /// <summary>Gets how many connections there were.</summary>
    public int Connections { get; private set; }

    /// <summary>Listens in a new folder.</summary>
    /// <param name="variables">Looks up an environment variable.</param>
    /// <param name="obstacle">Why not, when there is no listener.</param>
    public static ShimListener? TryStart(Func<string, string?> variables, out string? obstacle)
    {
        obstacle = null;
        if (OperatingSystem.IsWindows())
        {
            obstacle = "opencode's plugins cannot reach this program on Windows";
            return null;
        }

        string? folder = null;
        try
        {
            folder = CreateFolder();
            string plugin = Path.Combine(folder, ShimSource.ModuleName);
            if (OpencodeConfig.AddPlugin(variables(OpencodeConfig.Variable), new Uri(plugin).AbsoluteUri) is not { } config)
            {
                obstacle = $"{OpencodeConfig.Variable} is set, and is not a JSON object that a plugin can be added to";
                Directory.Delete(folder, recursive: true);
                return null;
            }

            File.WriteAllText(plugin, ShimSource.Text);
            string address = Path.Combine(folder, "events.sock");
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Bind(new UnixDomainSocketEndPoint(address));
            socket.Listen(MostConnections);
            return new ShimListener(socket, folder, new Dictionary<string, string>
            {
                [OpencodeConfig.Variable] = config,
                [ShimSource.SocketVariable] = address,
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SocketException)
        {
            obstacle = $"no socket could be made in the temporary folder: {e.Message}";
            Delete(folder);
            return null;
        }
    }

    /// <summary>Accepts connections and reads each, until <paramref name="ended"/>; then what was left behind, to the end of every connection.</summary>
    /// <param name="streams">Takes what comes.</param>
    /// <param name="ended">The end of the command.</param>
    /// <param name="patience">How long the rest may take. A connection that stays open, because its process outlives the command, is left when it is quiet.</param>
    public async Task FollowAsync(MergedStreams streams, Task ended, TimeSpan patience)
    {
        Task accepting = AcceptAsync(streams);
        await ended;
        _stopReading.CancelAfter(patience);
        await _stopAccepting.CancelAsync();
        await accepting;
        while (_socket.Poll(0, SelectMode.SelectRead))
        {
            Take(await _socket.AcceptAsync(), streams);
        }

        var all = Task.WhenAll(_connections.Select(connection => connection.Reading));
        for (long before = -1; !all.IsCompleted && (streams.BytesRead != before || _connections.Any(IsReadable));)
        {
            before = streams.BytesRead;
            await Task.WhenAny(all, Task.Delay(Quiet));
            if (_stopReading.IsCancellationRequested)
            {
                break;
            }
        }

        await _stopReading.CancelAsync();
        await all;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Dispose();
        Delete(_folder);
        _stopAccepting.Dispose();
        _stopReading.Dispose();
    }

    [UnsupportedOSPlatform("windows")]
    private static string CreateFolder()
    {
        string folder = Directory.CreateTempSubdirectory("opencode-otel-").FullName; // Only its owner may enter it.
        if (folder.Length + "/events.sock".Length <= LongestSocketPath)
        {
            return folder;
        }

        Delete(folder);
        string shorter = Path.Combine("/tmp", $"opencode-otel-{Guid.NewGuid():N}");
        return Directory.CreateDirectory(shorter, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
    }

    private static void Delete(string? folder)
    {
        try
        {
            if (folder is not null)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody else cleaned up first.
        }
    }

    /// <summary>Whether something waits in a connection, or its end does: on a busy machine it may be long before that is read.</summary>
    private static bool IsReadable((Socket Connection, Task Reading) connected)
    {
        try
        {
            return !connected.Reading.IsCompleted && connected.Connection.Poll(0, SelectMode.SelectRead);
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            return false; // Read to its end in the meantime.
        }
    }

    private async Task AcceptAsync(MergedStreams streams)
    {
        try
        {
            while (true)
            {
                Take(await _socket.AcceptAsync(_stopAccepting.Token), streams);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // Told to stop. What had connected before is still in the socket's queue.
        }
    }

    private void Take(Socket connection, MergedStreams streams)
    {
        _connections.RemoveAll(former => former.Reading.IsCompletedSuccessfully);
        if (_connections.Count >= MostConnections)
        {
            connection.Dispose();
            return;
        }

        Connections++;
        _connections.Add((connection, ReadAsync(connection, streams)));
    }

    private async Task ReadAsync(Socket connection, MergedStreams streams)
    {
        await using var stream = new NetworkStream(connection, ownsSocket: true);
        await streams.ReadAsync(stream, _stopReading.Token);
    }
}
