using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Exporting;
using OpencodeOtel.TestCollector;

namespace OpencodeOtel.Pipeline.Tests.Exporting;

public sealed class FilePayloadSenderTests : IDisposable
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"otel-{Guid.NewGuid():N}", "made", "on demand");

    [Fact]
    public async Task Item_116_Each_signal_has_a_file_of_one_object_a_line()
    {
        await using (FilePayloadSender sender = new(_directory))
        {
            foreach (Signal signal in Enum.GetValues<Signal>())
            {
                Assert.Equal(SendOutcome.Accepted, (await SendAsync(sender, signal, 2)).Outcome);
                Assert.Equal(SendOutcome.Accepted, (await SendAsync(sender, signal, 3)).Outcome);
            }
        }

        Assert.Equal(["logs.jsonl", "metrics.jsonl", "traces.jsonl"], Directory.GetFiles(_directory).Select(Path.GetFileName).Order());
        IReadOnlyList<ReceivedRequest> requests = await OtlpFile.ReadAsync(_directory);
        Assert.Equal([2, 3, 2, 3, 2, 3], requests.Select(request => request.ItemCount()));
    }

    [Fact]
    public async Task Existing_files_are_appended_to_and_a_line_that_was_cut_short_spoils_no_other()
    {
        Directory.CreateDirectory(_directory);
        string path = Path.Combine(_directory, "logs.jsonl");
        await File.WriteAllTextAsync(path, "{\"resourceLogs\":[]}\n{\"resou");
        await using (FilePayloadSender sender = new(_directory))
        {
            await SendAsync(sender, Signal.Logs, 1);
        }

        string[] lines = await File.ReadAllLinesAsync(path);
        Assert.Equal(3, lines.Length);
        Assert.Equal("{\"resou", lines[1]);
        Assert.StartsWith("{\"resourceLogs\":", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_has_one_writer()
    {
        await using FilePayloadSender first = new(_directory);
        await using FilePayloadSender second = new(_directory);
        Assert.Equal(SendOutcome.Accepted, (await SendAsync(first, Signal.Logs, 1)).Outcome);
        SendResult result = await SendAsync(second, Signal.Logs, 1);
        Assert.Equal(SendOutcome.Refused, result.Outcome);
        Assert.Contains("logs.jsonl cannot be opened", result.Message, StringComparison.Ordinal);
        Assert.Equal(SendOutcome.Accepted, (await SendAsync(first, Signal.Logs, 1)).Outcome);
    }

    [Fact]
    public async Task A_directory_that_cannot_be_made_is_refused_and_named()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_directory)!);
        await File.WriteAllTextAsync(_directory, "a file is in the way");
        await using FilePayloadSender sender = new(_directory);
        SendResult result = await SendAsync(sender, Signal.Traces, 1);
        Assert.Equal(SendOutcome.Refused, result.Outcome);
        Assert.Contains("traces.jsonl cannot be opened: ", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_is_retryable_and_said()
    {
        if (!File.Exists("/dev/full"))
        {
            return; // Only Linux has a disk that is always full.
        }

        Directory.CreateDirectory(_directory);
        File.CreateSymbolicLink(Path.Combine(_directory, "logs.jsonl"), "/dev/full");
        await using FilePayloadSender sender = new(_directory);
        SendResult result = await SendAsync(sender, Signal.Logs, 1);
        Assert.Equal(SendOutcome.Retryable, result.Outcome);
        Assert.Contains("logs.jsonl cannot be written: ", result.Message, StringComparison.Ordinal);
        Assert.Equal(SendOutcome.Retryable, (await SendAsync(sender, Signal.Logs, 1)).Outcome);
    }

    public void Dispose()
    {
        string root = Path.GetDirectoryName(Path.GetDirectoryName(_directory))!;
        if (Directory.Exists(root))
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static ValueTask<SendResult> SendAsync(FilePayloadSender sender, Signal signal, int items) =>
        sender.SendAsync(Payload.Of(signal, WireForm.Json, items), CancellationToken.None);
}
