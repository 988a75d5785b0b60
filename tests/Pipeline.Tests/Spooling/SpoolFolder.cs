using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OpencodeOtel.Otlp;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Spooling;

namespace OpencodeOtel.Pipeline.Tests.Spooling;

/// <summary>A directory for spools, and what the tests put into it.</summary>
internal sealed class SpoolFolder : IDisposable
{
    public static readonly SpoolLane Lane = new(Signal.Logs, WireForm.Protobuf, "http://collector.example:4318/v1/logs");

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("opencode-otel-spool-");

    public string Path => System.IO.Path.Combine(_directory.FullName, "spool");

    /// <summary>The segment files of all logs, the oldest first.</summary>
    public string[] Segments => !Directory.Exists(Path) ? [] : [.. Directory.EnumerateFiles(Path, "*.log", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    public long Bytes => Segments.Sum(segment => new FileInfo(segment).Length);

    /// <summary>A spool with a process of its own, as far as locks can tell.</summary>
    public Spool Open(long limit = 64 * 1024 * 1024, TimeSpan? maxAge = null, TimeProvider? time = null, ILogger? logger = null, Func<SpoolOptions, SpoolOptions>? more = null)
    {
        SpoolOptions options = new(Path, limit, maxAge ?? TimeSpan.FromDays(7));
        return new Spool(more?.Invoke(options) ?? options, logger ?? NullLogger.Instance, time ?? TimeProvider.System);
    }

    /// <summary>A request whose bytes say its number.</summary>
    public static ExportRequest Numbered(int number, int items = 1, int padding = 20)
    {
        byte[] body = new byte[padding + sizeof(int)];
        Random random = new(number);
        random.NextBytes(body);
        BitConverter.TryWriteBytes(body, number);
        return ExportRequest.Copy(Signal.Logs, WireForm.Protobuf, items, body);
    }

    /// <summary>Adds a log that nobody can read, whatever their rights: a link that leads to itself.</summary>
    /// <returns>Its path.</returns>
    public string AddUnreadableLog()
    {
        Directory.CreateDirectory(Path);
        string log = System.IO.Path.Combine(Path, "20260101T000000000Z-00000000");
        File.CreateSymbolicLink(log, log);
        return log;
    }

    public static int NumberOf(ExportRequest request) => BitConverter.ToInt32(request.Body.Span);

    public static async Task<bool> StoreAsync(Spool spool, int number, int items = 1, int padding = 20, SpoolLane? lane = null)
    {
        ExportRequest request = Numbered(number, items, padding);
        bool stored = await spool.AppendAsync(lane ?? Lane, request);
        request.Release();
        return stored;
    }

    /// <summary>Takes and settles everything that waits in a lane.</summary>
    public static List<int> Drain(Spool spool, SpoolLane? lane = null)
    {
        List<int> numbers = [];
        spool.AdoptForRegistered();
        while (spool.TryTake(lane ?? Lane) is { } frame)
        {
            numbers.Add(NumberOf(frame.Request));
            spool.Settle(frame);
            frame.Request.Release();
        }

        return numbers;
    }

    /// <summary>What the next process finds.</summary>
    public async Task<(List<int> Numbers, SpoolDamage Damage)> ReopenAndDrainAsync()
    {
        await using Spool spool = Open();
        spool.Register(Lane, new SpoolAccounts());
        List<int> numbers = Drain(spool);
        return (numbers, spool.Damaged);
    }

    public void Dispose()
    {
        if (!OperatingSystem.IsWindows() && Directory.Exists(Path))
        {
            File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        _directory.Delete(recursive: true);
    }
}
