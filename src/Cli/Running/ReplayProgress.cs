using System.Globalization;
using OpencodeOtel.Cli.Commands;
using OpencodeOtel.Cli.Terminal;

namespace OpencodeOtel.Cli.Running;

/// <summary>A progress bar on standard error, for large recordings and a person who watches.</summary>
internal sealed class ReplayProgress : IDisposable
{
    private const long LargeBytes = 8 * 1024 * 1024;
    private const int Width = 30;

    private readonly CommandContext _context;
    private readonly long _total;
    private readonly bool _shown;
    private long _read;
    private int _percent = -1;

    public ReplayProgress(CommandContext context, RunChoices choices, long total)
    {
        _context = context;
        _total = total;
        _shown = total >= LargeBytes && context.ErrorIsTerminal && !choices.Quiet;
    }

    /// <summary>Wraps a stream so that what is read of it moves the bar.</summary>
    public Stream Count(Stream stream) => !_shown ? stream : new TappedStream(stream, (piece, _) =>
    {
        Advance(piece.Length);
        return ValueTask.FromResult(true);
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_percent >= 0)
        {
            _context.Error.Write("\r\u001b[K");
        }
    }

    private void Advance(int count)
    {
        _read += count;
        int percent = (int)(_read * 100 / _total);
        if (percent != _percent)
        {
            _percent = percent;
            int filled = percent * Width / 100;
            _context.Error.Write(string.Create(
                CultureInfo.InvariantCulture, $"\r[{new string('#', filled)}{new string('.', Width - filled)}] {percent} %"));
        }
    }
}
