using System.Diagnostics;
using OpencodeOtel.Pipeline;

namespace OpencodeOtel.Cli.Running;

/// <summary>Replays line by line, no faster than the recording's clock ran, times a factor.</summary>
internal sealed class PacedReplay(TelemetryPipeline pipeline, double speed)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(100);

    private readonly Stopwatch _elapsed = Stopwatch.StartNew();
    private DateTimeOffset? _first;

    /// <summary>Pushes the lines of <paramref name="stream"/>, each when its time has come.</summary>
    public async Task RunAsync(Stream stream, CancellationToken stop)
    {
        byte[] buffer = new byte[64 * 1024];
        int count;
        while ((count = await stream.ReadAsync(buffer, stop)) > 0)
        {
            for (ReadOnlyMemory<byte> rest = buffer.AsMemory(0, count); !rest.IsEmpty;)
            {
                int end = rest.Span.IndexOf((byte)'\n') + 1;
                ReadOnlyMemory<byte> line = end > 0 ? rest[..end] : rest;
                pipeline.Push(line.Span);
                await WaitAsync(stop);
                await pipeline.WaitForRoomAsync(stop);
                rest = rest[line.Length..];
            }
        }
    }

    private async Task WaitAsync(CancellationToken stop)
    {
        if (pipeline.EventTime is not { } now)
        {
            return;
        }

        _first ??= now;
        TimeSpan due = (now - _first.Value) / speed;
        while (due - _elapsed.Elapsed is { Ticks: > 0 } left)
        {
            await Task.Delay(left < LongestWait ? left : LongestWait, stop);
            pipeline.Tick();
        }
    }
}
