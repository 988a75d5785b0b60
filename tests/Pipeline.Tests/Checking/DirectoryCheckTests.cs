using Microsoft.Extensions.Logging.Abstractions;
using OpencodeOtel.Pipeline.Checking;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Tests.Exporting;

namespace OpencodeOtel.Pipeline.Tests.Checking;

public sealed class DirectoryCheckTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("opencode-otel-check-");

    public static TheoryData<string, string> Places => new()
    {
        { "spool", "--spool " },
        { "file exporter", "--exporter file:" },
    };

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_directory_that_is_there_is_written_to_and_left_as_it_was(string check, string option)
    {
        CheckResult result = await CheckAsync(check, option, _folder.FullName);
        Assert.Equal((CheckStatus.Ok, _folder.FullName), (result.Status, result.Target));
        Assert.StartsWith("writable", result.Detail, StringComparison.Ordinal);
        Assert.Empty(_folder.EnumerateFileSystemInfos());
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_directory_that_can_be_made_is_made_and_removed_again(string check, string option)
    {
        CheckResult result = await CheckAsync(check, option, Path.Combine(_folder.FullName, "one", "two") + "/");
        Assert.Equal(CheckStatus.Ok, result.Status);
        Assert.StartsWith("can be made, writable", result.Detail, StringComparison.Ordinal);
        Assert.Empty(_folder.EnumerateFileSystemInfos());
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_file_in_its_place_or_above_it_is_named(string check, string option)
    {
        string file = Path.Combine(_folder.FullName, "file");
        await File.WriteAllTextAsync(file, "x");
        CheckResult at = await CheckAsync(check, option, file);
        Assert.Equal((CheckStatus.Failed, "cannot be written to: it is a file, not a directory"), (at.Status, at.Detail));
        CheckResult below = await CheckAsync(check, option, Path.Combine(file, "one", "two"));
        Assert.Equal((CheckStatus.Failed, $"cannot be written to: {file} is a file, not a directory"), (below.Status, below.Detail));
        Assert.Equal("x", await File.ReadAllTextAsync(file));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_file_system_that_takes_nothing_fails_it(string check, string option)
    {
        // The kernel's own: not even the superuser makes a directory there.
        CheckResult result = await CheckAsync(check, option, OperatingSystem.IsLinux() ? "/proc/opencode-otel" : "?:\\");
        Assert.Equal(CheckStatus.Failed, result.Status);
        Assert.StartsWith("cannot be written to: ", result.Detail, StringComparison.Ordinal);
        Assert.NotNull(result.Hint);
    }

    [Fact]
    public async Task What_waits_in_the_spool_is_told()
    {
        TelemetryOptions options = Configuration.Resolving.From($"--endpoint {Destination.Unused()}", $"--spool {_folder.FullName}", "--retry-budget 0").Options;
        await using (TelemetryPipeline pipeline = TelemetryPipeline.Create(options, NullLogger.Instance, TimeProvider.System))
        {
            pipeline.Push(Support.Recordings.Read("01-chat.event.sse"));
            await pipeline.CompleteAsync(TimeSpan.FromMinutes(1), CancellationToken.None);
        }

        CheckResult spool = (await Checks.OfAsync(options)).Of("spool");
        Assert.Equal(CheckStatus.Ok, spool.Status);
        Assert.Matches(@"^writable, [1-9]\d* requests? waits?, [\d.]+ k?B, [\d.]+ \wB free for a limit of 536\.9 MB$", spool.Detail);
    }

    [Fact]
    public async Task A_limit_that_the_disk_has_no_room_for_is_remarked_on()
    {
        CheckResult spool = await CheckAsync("spool", "--spool ", _folder.FullName, "--spool-limit 1000000GiB");
        Assert.Equal(CheckStatus.Ok, spool.Status);
        Assert.Contains(", only ", spool.Detail, StringComparison.Ordinal);
    }

    private static async Task<CheckResult> CheckAsync(string check, string option, string path, params string[] more) =>
        (await Checks.OfAsync([.. check == "spool" ? ["--exporter none"] : Array.Empty<string>(), $"{option}{path}", .. more])).Of(check);
}
