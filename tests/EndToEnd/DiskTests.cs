using System.Runtime.Versioning;
using OpencodeOtel.EndToEnd.Support;
using OpencodeOtel.TestCollector;

namespace OpencodeOtel.EndToEnd;

/// <summary>A spool on disks that are full, read-only, or shared with others.</summary>
public sealed class DiskTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private OtlpTestServer _server = null!;

    private string Disk => Path.Combine(_folder.Path, "disk");

    private string Spool => Path.Combine(Disk, "spool");

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(Disk);
        _server = await OtlpTestServer.StartAsync(_ => ScriptedAnswer.Failure(503, Grpc.Core.StatusCode.Unavailable, "down"));
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [MountFact]
    public async Task A_full_disk_costs_what_does_not_fit_but_not_the_exit_code_and_is_said_once()
    {
        CliResult result = await CliProcess.RunAsync(Replay(), through: On("size=4k"));

        AssertClosed(result);
        Assert.Single(result.Error.Split('\n'), line => line.Contains("nothing can be stored", StringComparison.Ordinal));
        Assert.Contains("the disk is full", result.Error, StringComparison.Ordinal);
        Assert.True(result.Account.Fate("spans", "expired") + result.Account.Fate("logs", "expired") + result.Account.Fate("metrics", "expired") > 0);
    }

    [MountFact]
    public async Task A_disk_that_has_no_room_for_a_folder_is_not_littered_with_locks()
    {
        // Room for the disk's own folder, the spool's, and one file.
        CliResult result = await CliProcess.RunAsync([.. Replay(), "--batch-items", "1"], through: On("nr_inodes=3"));

        AssertClosed(result);
        Assert.Equal(0, result.Account.Fate("spans", "spooled"));
        Assert.Contains("the disk is full", result.Error, StringComparison.Ordinal);
        Assert.Equal(["left: spool"], result.Error.Split('\n').Where(line => line.StartsWith("left: ", StringComparison.Ordinal)));
    }

    [MountFact]
    public async Task On_a_read_only_disk_nobody_is_taken_for_another_process_and_all_is_left_as_it_is()
    {
        string filled = Path.Combine(_folder.Path, "filled");
        CliResult filling = await CliProcess.RunAsync(Replay(filled));
        Assert.True(filling.Account.Fate("spans", "spooled") > 0);

        CliResult list = await CliProcess.RunAsync(["spool", "list", "--spool", Spool], through: OnReadOnly(filled));
        CliResult purge = await CliProcess.RunAsync(["spool", "purge", "--spool", Spool], through: OnReadOnly(filled));
        CliResult replay = await CliProcess.RunAsync(Replay(), through: OnReadOnly(filled));

        Assert.Equal((0, 0), (list.ExitCode, purge.ExitCode));
        Assert.Contains($"{_server.HttpEndpoint}v1/traces", list.OutputText, StringComparison.Ordinal);
        Assert.DoesNotContain("running process", list.OutputText, StringComparison.Ordinal);
        Assert.Contains("Left alone 1 log", purge.OutputText, StringComparison.Ordinal);
        AssertClosed(replay);
        Assert.Single(replay.Error.Split('\n'), line => line.Contains("is left alone", StringComparison.Ordinal) && line.Contains("read-only", StringComparison.Ordinal));
        Assert.Single(replay.Error.Split('\n'), line => line.Contains("nothing can be stored", StringComparison.Ordinal) && line.Contains("read-only", StringComparison.Ordinal));
    }

    [OtherUserFact]
    [UnsupportedOSPlatform("windows")]
    public async Task What_another_user_has_stored_keeps_nobody_from_storing_listing_and_sending_what_is_theirs()
    {
        File.SetUnixFileMode(_folder.Path, (UnixFileMode)0b111_101_101);
        Directory.CreateDirectory(Spool);
        File.SetUnixFileMode(Spool, UnixFileMode.StickyBit | (UnixFileMode)0b111_111_111);
        CliResult roots = await CliProcess.RunAsync(Replay());

        CliResult theirs = await CliProcess.RunAsync(Replay(), through: OtherUserFactAttribute.AsNobody);
        CliResult list = await CliProcess.RunAsync(["spool", "list", "--spool", Spool], through: OtherUserFactAttribute.AsNobody);
        _server.Script = null;
        CliResult flush = await CliProcess.RunAsync(["spool", "flush", .. To()], through: OtherUserFactAttribute.AsNobody);

        Assert.Equal(roots.Account.Records("spans"), roots.Account.Fate("spans", "spooled"));
        AssertClosed(theirs);
        Assert.Equal(theirs.Account.Records("spans"), theirs.Account.Fate("spans", "spooled"));
        Assert.Single(theirs.Error.Split('\n'), line => line.Contains("is left alone", StringComparison.Ordinal) && line.Contains("permission denied", StringComparison.Ordinal));
        Assert.Equal((0, 0), (list.ExitCode, flush.ExitCode));
        Assert.Contains("1 log cannot be read", list.OutputText, StringComparison.Ordinal);
        Assert.Equal(theirs.Account.Records("spans"), _server.Spans.Count);
    }

    private static void AssertClosed(CliResult result)
    {
        Assert.Equal(0, result.ExitCode);
        foreach (string signal in (string[])["spans", "logs", "metrics"])
        {
            Assert.Equal(result.Account.Records(signal), result.Account.FateTotal(signal));
        }
    }

    /// <summary>Runs what follows on a disk in memory, and tells what is left on it.</summary>
    private string[] On(string options) =>
    [
        "unshare", "-m", "sh", "-c",
        "mount -t tmpfs -o \"$1\" none \"$2\" || exit 99; disk=$2; shift 2; \"$@\"; code=$?; find \"$disk\" -mindepth 1 -printf 'left: %P\\n' >&2; exit $code",
        "sh", options, Disk,
    ];

    /// <summary>Runs what follows on a disk that holds a spool and takes nothing.</summary>
    private string[] OnReadOnly(string filled) =>
    [
        "unshare", "-m", "sh", "-c",
        "mount -t tmpfs none \"$1\" && cp -r \"$2\" \"$1/spool\" && mount -o remount,ro \"$1\" || exit 99; shift 2; exec \"$@\"",
        "sh", Disk, filled,
    ];

    private string[] Replay(string? spool = null) => ["replay", Recordings.PathOf("01-chat.event.sse"), .. To(spool), "--report", "json"];

    private string[] To(string? spool = null) =>
        ["--endpoint", _server.HttpEndpoint.ToString(), "--protocol", "http/protobuf", "--spool", spool ?? Spool, "--retry-budget", "50ms"];
}
