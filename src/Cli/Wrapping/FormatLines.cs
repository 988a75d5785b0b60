using System.Buffers;

namespace OpencodeOtel.Cli.Wrapping;

/// <summary>A command's standard output on its way to ours, unchanged, and kept aside: the lines of <c>opencode run --format json</c>.</summary>
/// <param name="source">The command's standard output.</param>
/// <param name="output">Ours.</param>
internal sealed class FormatLines(Stream source, Stream output)
{
    private const int MostBytes = 64 * 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _kept = new();

    /// <summary>Gets what was kept.</summary>
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
            while ((count = await source.ReadAsync(buffer)) > 0)
            {
                await output.WriteAsync(buffer.AsMemory(0, count));
                await output.FlushAsync();
                int room = (int)Math.Min(count, MostBytes - _kept.WrittenCount);
                _kept.Write(buffer.AsSpan(0, room));
                Missing += count - room;
            }
        }
        catch (IOException)
        {
            await source.DisposeAsync();
        }
    }
}
