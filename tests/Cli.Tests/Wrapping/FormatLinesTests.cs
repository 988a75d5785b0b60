using System.IO.Pipelines;
using Microsoft.Extensions.Time.Testing;
using OpencodeOtel.Cli.Wrapping;

namespace OpencodeOtel.Cli.Tests.Wrapping;

public sealed class FormatLinesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData("opencode run --format json hello", true)]
    [InlineData("opencode run --format=json hello", true)]
    [InlineData("opencode run --format default json", false)]
    [InlineData("opencode run hello", false)]
    [InlineData("opencode run --format", false)]
    public void Lines_are_asked_for_by_the_commands_own_arguments(string command, bool expected) =>
        Assert.Equal(expected, FormatLines.AreAskedFor(command.Split(' ')));

    [Fact]
    public async Task Every_byte_goes_on_and_is_kept()
    {
        byte[] bytes = [.. Enumerable.Range(0, 100_000).Select(index => (byte)(index % 251))];
        using var output = new MemoryStream();
        var lines = new FormatLines(new MemoryStream(bytes), output, _time);

        await lines.CopyAsync();

        Assert.Equal(bytes, output.ToArray());
        Assert.Equal(bytes, lines.Bytes.ToArray());
        Assert.Equal(0, lines.Missing);
    }

    [Fact]
    public async Task An_output_that_a_left_process_holds_open_is_left_when_it_is_quiet()
    {
        var source = new Pipe();
        using var output = new MemoryStream();
        var lines = new FormatLines(source.Reader.AsStream(), output, _time);
        Task copying = lines.CopyAsync();
        await source.Writer.WriteAsync("said"u8.ToArray());
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (output.Length < 4)
        {
            deadline.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        await PassTimeUntilAsync(lines.EndAsync(copying, Patience, CancellationToken.None));
        await source.Writer.WriteAsync("said later"u8.ToArray());
        await copying;

        Assert.Equal("said"u8.ToArray(), output.ToArray());
        Assert.Equal("said"u8.ToArray(), lines.Bytes.ToArray());
    }

    [Fact]
    public async Task What_a_slow_reader_has_not_taken_yet_is_waited_for_however_long_it_takes()
    {
        using var output = new StuckStream();
        var lines = new FormatLines(new MemoryStream("said"u8.ToArray()), output, _time);

        Task ending = lines.EndAsync(lines.CopyAsync(), Patience, CancellationToken.None);
        _time.Advance(TimeSpan.FromHours(1));
        _time.Advance(TimeSpan.FromHours(1));

        Assert.False(ending.IsCompleted);
        output.Go.SetResult();
        await ending;
        Assert.Equal("said"u8.ToArray(), output.ToArray());
    }

    [Fact]
    public async Task A_signal_ends_the_wait_for_a_reader()
    {
        using var output = new StuckStream();
        using var stop = new CancellationTokenSource();
        var lines = new FormatLines(new MemoryStream("said"u8.ToArray()), output, _time);
        Task ending = lines.EndAsync(lines.CopyAsync(), Patience, stop.Token);

        await stop.CancelAsync();

        await ending.WaitAsync(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task An_output_that_never_is_quiet_is_left_when_patience_ends()
    {
        using var output = new MemoryStream();
        var lines = new FormatLines(new EndlessStream(), output, _time);

        Task copying = lines.CopyAsync();
        await PassTimeUntilAsync(lines.EndAsync(copying, Patience, CancellationToken.None));

        await copying;
        Assert.Equal(output.Length, lines.Bytes.Length + lines.Missing);
    }

    private async Task PassTimeUntilAsync(Task task)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!task.IsCompleted)
        {
            deadline.Token.ThrowIfCancellationRequested();
            _time.Advance(TimeSpan.FromMilliseconds(200));
            await Task.Yield();
        }

        await task;
    }

    /// <summary>Takes nothing until it is told to.</summary>
    private sealed class StuckStream : MemoryStream
    {
        public TaskCompletionSource Go { get; } = new();

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Go.Task;
            await base.WriteAsync(buffer, cancellationToken);
        }
    }

    /// <summary>Always has one more byte.</summary>
    private sealed class EndlessStream : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            return 1;
        }
    }
}
