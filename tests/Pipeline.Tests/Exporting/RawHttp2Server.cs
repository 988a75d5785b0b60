using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OpencodeOtel.Pipeline.Tests.Exporting;

/// <summary>A server that reads HTTP/2 requests whole and answers each with given frames, in any order and however wrong.</summary>
/// <remarks>Header blocks are written without compression, which every client understands; those of the client are not read.</remarks>
internal sealed class RawHttp2Server : IAsyncDisposable
{
    private const byte Data = 0;
    private const byte Headers = 1;
    private const byte Reset = 3;
    private const byte Settings = 4;
    private const byte Ping = 6;
    private const byte GoAway = 7;
    private const byte WindowUpdate = 8;
    private const byte EndStream = 1;
    private const byte EndHeaders = 4;
    private const int PrefaceBytes = 24;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<Call, Task> _answer;
    private Task _accepting = Task.CompletedTask;
    private int _connections;
    private int _requests;

    private RawHttp2Server(Func<Call, Task> answer) => _answer = answer;

    public Uri Endpoint => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public int Connections => Volatile.Read(ref _connections);

    public int Requests => Volatile.Read(ref _requests);

    public static RawHttp2Server Start(Func<Call, Task> answer)
    {
        RawHttp2Server server = new(answer);
        server._listener.Start();
        server._accepting = server.AcceptAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> connections = [];
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                connections.Add(ServeAsync(client, Interlocked.Increment(ref _connections)));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or InvalidOperationException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client, int connection)
    {
        using (client)
        {
            try
            {
                NetworkStream stream = client.GetStream();
                await stream.ReadExactlyAsync(new byte[PrefaceBytes], _stop.Token);
                await WriteAsync(stream, Settings, 0, 0, []);
                byte[] head = new byte[9];
                while (true)
                {
                    await stream.ReadExactlyAsync(head, _stop.Token);
                    byte[] payload = new byte[(head[0] << 16) | (head[1] << 8) | head[2]];
                    await stream.ReadExactlyAsync(payload, _stop.Token);
                    int id = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5));
                    bool acknowledgement = (head[4] & 1) != 0;
                    if (head[3] is Settings or Ping && !acknowledgement)
                    {
                        await WriteAsync(stream, head[3], 1, 0, head[3] == Ping ? payload : []);
                    }
                    else if (head[3] == Data && (head[4] & EndStream) != 0)
                    {
                        Call call = new(this, client, stream, id, connection, Interlocked.Increment(ref _requests));
                        await _answer(call);
                    }
                    else if (head[3] == Data)
                    {
                        await OpenWindowAsync(stream, payload.Length);
                    }
                }
            }
            catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException or EndOfStreamException)
            {
                // Either side is done.
            }
        }
    }

    private Task OpenWindowAsync(NetworkStream stream, int bytes)
    {
        byte[] increment = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(increment, Math.Max(bytes, 1));
        return WriteAsync(stream, WindowUpdate, 0, 0, increment);
    }

    private async Task WriteAsync(NetworkStream stream, byte type, byte flags, int id, byte[] payload)
    {
        byte[] frame = new byte[9 + payload.Length];
        frame[0] = (byte)(payload.Length >> 16);
        frame[1] = (byte)(payload.Length >> 8);
        frame[2] = (byte)payload.Length;
        frame[3] = type;
        frame[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), id);
        payload.CopyTo(frame, 9);
        await stream.WriteAsync(frame, _stop.Token);
    }

    /// <summary>One request, and the means to answer it.</summary>
    internal sealed class Call(RawHttp2Server server, TcpClient client, NetworkStream stream, int id, int connection, int order)
    {
        /// <summary>Gets the number of its connection, from 1.</summary>
        public int Connection => connection;

        /// <summary>Gets its number over all connections, from 1.</summary>
        public int Order => order;

        public Task HeadersAsync(bool end, params (string Name, string Value)[] headers) =>
            server.WriteAsync(stream, Headers, (byte)(EndHeaders | (end ? EndStream : 0)), id, Block(headers));

        /// <summary>A gRPC message, empty by default.</summary>
        public Task MessageAsync(bool end, byte compressed = 0, params byte[] message)
        {
            byte[] framed = new byte[5 + message.Length];
            framed[0] = compressed;
            BinaryPrimitives.WriteInt32BigEndian(framed.AsSpan(1), message.Length);
            message.CopyTo(framed, 5);
            return server.WriteAsync(stream, Data, end ? EndStream : (byte)0, id, framed);
        }

        /// <summary>A piece of the body; at most 16 KiB, and the client's window is not looked at.</summary>
        public Task DataAsync(byte[] bytes) => server.WriteAsync(stream, Data, 0, id, bytes);

        public Task ResetAsync(int error) => server.WriteAsync(stream, Reset, 0, id, [0, 0, 0, (byte)error]);

        public Task GoAwayAsync(int lastStream, int error)
        {
            byte[] payload = new byte[8];
            BinaryPrimitives.WriteInt32BigEndian(payload, lastStream);
            BinaryPrimitives.WriteInt32BigEndian(payload.AsSpan(4), error);
            return server.WriteAsync(stream, GoAway, 0, 0, payload);
        }

        public Task CutAsync()
        {
            client.Client.Close(0);
            throw new IOException("cut");
        }

        private static byte[] Block((string Name, string Value)[] headers)
        {
            using MemoryStream block = new();
            foreach ((string name, string value) in headers)
            {
                block.WriteByte(0); // A literal, not indexed, with a new name.
                Write(block, name);
                Write(block, value);
            }

            return block.ToArray();
        }

        private static void Write(MemoryStream block, string text)
        {
            byte[] bytes = Encoding.ASCII.GetBytes(text);
            int length = bytes.Length;
            if (length < 127)
            {
                block.WriteByte((byte)length);
            }
            else
            {
                block.WriteByte(127);
                for (length -= 127; length >= 128; length >>= 7)
                {
                    block.WriteByte((byte)(length | 128));
                }

                block.WriteByte((byte)length);
            }

            block.Write(bytes);
        }
    }
}
