using OpencodeOtel.Cli.Wrapping;

namespace OpencodeOtel.Cli.Tests.Wrapping;

public sealed class OpencodeConfigTests
{
    [Theory]
    [InlineData(null, """{"plugin":["file:///p"]}""")]
    [InlineData("  ", """{"plugin":["file:///p"]}""")]
    [InlineData("{}", """{"plugin":["file:///p"]}""")]
    [InlineData("""{"plugin":null}""", """{"plugin":["file:///p"]}""")]
    [InlineData("""{"plugin":["a@1",["b",{"x":1}]],"model":"m/n"}""", """{"model":"m/n","plugin":["a@1",["b",{"x":1}],"file:///p"]}""")]
    [InlineData("""{"key":"{file:./kéy <&> '}","n":1.50}""", """{"key":"{file:./kéy <&> '}","n":1.50,"plugin":["file:///p"]}""")]
    [InlineData("""{ /* why */ "a": [1, 2,], }""", """{"a":[1, 2,],"plugin":["file:///p"]}""")]
    public void The_plugin_is_added_and_all_else_stands_as_it_stood(string? existing, string expected) =>
        Assert.Equal(expected, OpencodeConfig.AddPlugin(existing, "file:///p"));

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("nonsense")]
    [InlineData("""{"plugin":"not a list"}""")]
    public void What_cannot_be_read_is_not_replaced(string existing) => Assert.Null(OpencodeConfig.AddPlugin(existing, "file:///p"));
}
