using OpencodeOtel.Cli.Shim;

namespace OpencodeOtel.Cli.Tests.Shim;

public sealed class ShimSourceTests
{
    [Theory]
    [InlineData("// opencode-otel shim, version 12\nrest", 12)]
    [InlineData("// opencode-otel shim, version 3\r\nrest", 3)]
    [InlineData("// opencode-otel shim, version 3", 3)]
    [InlineData("// opencode-otel shim, version x\n", null)]
    [InlineData("// a plugin\n// opencode-otel shim, version 3\n", null)]
    [InlineData("", null)]
    public void The_first_line_tells_whose_it_is(string text, int? version) => Assert.Equal(version, ShimSource.VersionOf(text));

    [Fact]
    public void The_command_is_put_in_as_text_of_JavaScript()
    {
        string text = ShimSource.TextFor(["/opt/a \"b\"/opencode-otel", "x\\y"]);

        Assert.Contains("const COMMAND = [\"/opt/a \\u0022b\\u0022/opencode-otel\", \"x\\\\y\"]\n", text, StringComparison.Ordinal);
        Assert.Equal(ShimSource.Version, ShimSource.VersionOf(text));
    }
}
