using System.Buffers;
using System.IO.Pipes;

namespace OpencodeOtel.Cli.Wrapping;

/// <summary>A command's standard output on its way to ours, unchanged, and kept aside: the lines of <c>opencode run --format json</c>.</summary>
/// <param name="source">The command's standard output.</param>
/// <param name="output">Ours.</param>
/// <param name="time">The clock.</param>
internal sealed class FormatLines(Stream source, Stream output, TimeProvider time)
{
    private const int MostBytes = 64 * 1024 * 1024;

    // A process that outlives the command may hold its output open; it is left when it has been silent for so long.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(200);

    private readonly ArrayBufferWriter<byte> _kept = new();
    private readonly Lock _turn = new();
    private long _taken;
    private volatile Task<int> _reading = Task.FromResult(0);
    private volatile bool _isWriting;
    private bool _isLeft;

    /// <summary>Gets what was kept; it stands still once the copying has ended or was left.</summary>
    public ReadOnlyMemory<byte> Bytes => _kept.WrittenMemory;

    /// <summary>Gets how many bytes were more than is kept.</summary>
    public long Missing { get; private set; }

    /// <summary>Whether a command's own arguments ask for such lines.</summary>
    public static bool AreAskedFor(IReadOnlyList<string> words) =>
        words.Contains("--format=json") || words.Zip(words.Skip(1)).Any(pair => pair is ("--format", "json"));

    /// <summary>Copies to the end. An output whose reader went away ends the copying, and the command is told as it would be by a pipe.</summary>
    public async Task CopyAsync()
    {
        var buffer = new byte[32 * 1024];
        try
        {
            int count;
            while ((count = await (_reading = source.ReadAsync(buffer).AsTask())) > 0 && TryTake(buffer.AsSpan(0, count)))
            {
                await output.WriteAsync(buffer.AsMemory(0, count));
                await output.FlushAsync();
                _isWriting = false;
            }
        }
        catch (IOException)
        {
            await source.DisposeAsync();
        }
    }

    /// <summary>
    /// Waits for the end of the copying, after the command's end. All that the command wrote goes on, however slowly it is read; the
    /// output of a process that the command left behind is left when it is quiet, or when patience ends.
    /// </summary>
    public async Task EndAsync(Task copying, TimeSpan patience, CancellationToken stop)
    {
        long start = time.GetTimestamp();
        for (long before = -1; !copying.IsCompleted && !TryLeave(ref before, stop.IsCancellationRequested, time.GetElapsedTime(start) >= patience);)
        {
            await Task.WhenAny(copying, Task.Delay(Quiet, time, stop));
        }
    }

    private bool TryTake(ReadOnlySpan<byte> bytes)
    {
        lock (_turn)
        {
            if (_isLeft)
            {
                return false;
            }

            int room = (int)Math.Min(bytes.Length, MostBytes - _kept.WrittenCount);
            _kept.Write(bytes[..room]);
            Missing += bytes.Length - room;
            _taken += bytes.Length;
            return _isWriting = true;
        }
    }

    private bool TryLeave(ref long before, bool isStopped, bool isLate)
    {
        lock (_turn)
        {
            bool isQuiet = _taken == before && !_reading.IsCompleted && !(source is PipeStream pipe && NativeProcess.HasInput(pipe.SafePipeHandle));
            before = _taken;
            return _isLeft = isStopped || (!_isWriting && (isQuiet || isLate));
        }
    }
}
