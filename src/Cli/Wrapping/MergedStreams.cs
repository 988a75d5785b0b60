using System.Buffers;
using System.Threading.Channels;
using OpencodeOtel.Pipeline;

namespace OpencodeOtel.Cli.Wrapping;

/// <summary>Several streams of lines that come at the same time, handed to one pipeline in whole lines by one thread at a time.</summary>
/// <remarks>What waits between a stream and the pipeline is bounded: when the pipeline is slow, the streams are not read on.</remarks>
internal sealed class MergedStreams
{
    private const int FirstBufferBytes = 64 * 1024;
    private const int WaitingPieces = 64;

    // Far more than the shim lets wait; whoever sends such a line is not the shim.
    private const int LongestLineBytes = 128 * 1024 * 1024;

    // The pipeline wants to be woken about twice a second.
    private static readonly TimeSpan LongestNap = TimeSpan.FromMilliseconds(500);

    private readonly Channel<ArraySegment<byte>> _pieces =
        Channel.CreateBounded<ArraySegment<byte>>(new BoundedChannelOptions(WaitingPieces) { SingleReader = true });

    private long _taken;

    /// <summary>Gets how many bytes were read of all streams: it stands still while nothing comes.</summary>
    public long BytesRead => Interlocked.Read(ref _taken);

    /// <summary>Reads a stream to its end, or until cancelled. A last line without a line feed is half an event, and left out.</summary>
    public async Task ReadAsync(Stream stream, CancellationToken stop)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(FirstBufferBytes);
        int held = 0;
        try
        {
            int count;
            while ((count = await stream.ReadAsync(buffer.AsMemory(held), stop)) > 0)
            {
                Interlocked.Add(ref _taken, count);
                int end = buffer.AsSpan(held, count).LastIndexOf((byte)'\n');
                int lines = end < 0 ? 0 : held + end + 1;
                held += count;
                if (lines == 0 && held < buffer.Length)
                {
                    continue;
                }

                if (held - lines > LongestLineBytes)
                {
                    return;
                }

                // The lines go on in their buffer; what is left of the last one starts a new one.
                byte[] next = ArrayPool<byte>.Shared.Rent(Math.Max(FirstBufferBytes, 2 * (held - lines)));
                buffer.AsSpan(lines, held - lines).CopyTo(next);
                held -= lines;
                (byte[] full, buffer) = (buffer, next);
                if (lines > 0)
                {
                    await _pieces.Writer.WriteAsync(new ArraySegment<byte>(full, 0, lines), stop);
                }
                else
                {
                    ArrayPool<byte>.Shared.Return(full);
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or ChannelClosedException)
        {
            // Cut off, or the time for the rest is over: what was read counts.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Says that no more comes, so that <see cref="PumpAsync"/> ends when it has handed on what is here.</summary>
    public void Complete() => _pieces.Writer.TryComplete();

    /// <summary>Hands everything to a pipeline, and wakes it while nothing comes.</summary>
    public async Task PumpAsync(TelemetryPipeline pipeline, CancellationToken stop)
    {
        Task<bool>? more = null;
        while (true)
        {
            while (_pieces.Reader.TryRead(out ArraySegment<byte> piece))
            {
                pipeline.Push(piece);
                ArrayPool<byte>.Shared.Return(piece.Array!);
                await pipeline.WaitForRoomAsync(stop);
            }

            more ??= _pieces.Reader.WaitToReadAsync(stop).AsTask();
            try
            {
                if (!await more.WaitAsync(LongestNap, stop))
                {
                    return;
                }

                more = null;
            }
            catch (TimeoutException)
            {
                pipeline.Tick();
            }
        }
    }
}
