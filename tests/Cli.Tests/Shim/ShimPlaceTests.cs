using OpencodeOtel.Cli.Shim;

namespace OpencodeOtel.Cli.Tests.Shim;

public sealed class ShimPlaceTests
{
    [Theory]
    [InlineData("/own", "/xdg", "/home/u", "/own/plugin/opencode-otel.js")]
    [InlineData(null, "/xdg", "/home/u", "/xdg/opencode/plugin/opencode-otel.js")]
    [InlineData("", " ", "/home/u", "/home/u/.config/opencode/plugin/opencode-otel.js")]
    public void The_folder_is_the_one_that_opencode_reads(string? own, string? configuration, string home, string expected)
    {
        var variables = new Dictionary<string, string?> { ["OPENCODE_CONFIG_DIR"] = own, ["XDG_CONFIG_HOME"] = configuration, ["HOME"] = home };

        Assert.Equal(expected, ShimPlace.ForUser(variables.GetValueOrDefault));
    }
}
