using OpencodeOtel.Cli.Wrapping;

namespace OpencodeOtel.Cli.Tests.Wrapping;

public sealed class FormatLinesTests
{
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
        var lines = new FormatLines(new MemoryStream(bytes), output);

        await lines.CopyAsync();

        Assert.Equal(bytes, output.ToArray());
        Assert.Equal(bytes, lines.Bytes.ToArray());
        Assert.Equal(0, lines.Missing);
    }
}
