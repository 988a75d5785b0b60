using OpencodeOtel.Cli.Terminal;

namespace OpencodeOtel.Cli.Tests.Terminal;

public sealed class PassthroughTests
{
    private static readonly byte[] Bytes = [.. Enumerable.Range(0, 1000).Select(i => (byte)i)];

    [Fact]
    public async Task What_is_read_is_copied_unchanged()
    {
        using var output = new MemoryStream();
        using Stream stream = Passthrough.Through(new MemoryStream(Bytes), output);
        using var read = new MemoryStream();

        await stream.CopyToAsync(read, 77);

        Assert.Equal(Bytes, output.ToArray());
        Assert.Equal(Bytes, read.ToArray());
    }

    [Fact]
    public async Task An_output_that_is_closed_ends_the_input_after_what_was_read()
    {
        using Stream stream = Passthrough.Through(new MemoryStream(Bytes), new BrokenPipe());
        var buffer = new byte[77];

        Assert.Equal(77, await stream.ReadAsync(buffer));
        Assert.Equal(0, await stream.ReadAsync(new byte[77]));

        Assert.Equal(Bytes[..77], buffer);
    }

    private sealed class BrokenPipe : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromException(new IOException("Broken pipe"));
    }
}
