using OpencodeOtel.Pipeline;

namespace OpencodeOtel.Cli.Wrapping;

/// <summary>Feeds one pipeline from several streams that come at the same time; the pipeline takes one call at a time.</summary>
/// <param name="pipeline">The pipeline.</param>
internal sealed class MergedStreams(TelemetryPipeline pipeline)
{
    private const int ReadBytes = 64 * 1024;

    // The pipeline wants to be woken about twice a second.
    private static readonly TimeSpan Nap = TimeSpan.FromMilliseconds(500);

    private readonly Lock _turn = new();
    private long _bytesRead;

    /// <summary>Gets how many bytes were read of all streams: it stands still while nothing comes.</summary>
    public long BytesRead => Interlocked.Read(ref _bytesRead);

    /// <summary>Reads a stream to its end, or until cancelled, no faster than the exporters take what is made of it.</summary>
    public async Task ReadAsync(Stream stream, CancellationToken stop)
    {
        PipelineInput input = Open();
        var buffer = new byte[ReadBytes];
        try
        {
            int count;
            while ((count = await stream.ReadAsync(buffer, stop)) > 0)
            {
                Push(input, buffer.AsSpan(0, count));
                await pipeline.WaitForRoomAsync(stop);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // Cut off, or the time for the rest is over: what was read counts.
        }
    }

    /// <summary>Wakes the pipeline until cancelled, whether or not something comes.</summary>
    public async Task KeepAwakeAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Nap);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                Tick();
            }
        }
        catch (OperationCanceledException)
        {
            // The command has ended.
        }
    }

    private PipelineInput Open()
    {
        lock (_turn)
        {
            return pipeline.OpenInput();
        }
    }

    private void Push(PipelineInput input, ReadOnlySpan<byte> bytes)
    {
        Interlocked.Add(ref _bytesRead, bytes.Length);
        lock (_turn)
        {
            input.Push(bytes);
        }
    }

    private void Tick()
    {
        lock (_turn)
        {
            pipeline.Tick();
        }
    }
}
