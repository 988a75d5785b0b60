using Microsoft.Extensions.Logging;
using OpencodeOtel.Cli.Terminal;

namespace OpencodeOtel.Cli.Tests.Terminal;

public sealed class TerminalLoggerTests
{
    [Theory]
    [InlineData(LogLevel.Warning, "opencode-otel: warning: it rains\n")]
    [InlineData(LogLevel.Error, "opencode-otel: error: it rains\n")]
    [InlineData(LogLevel.Information, "")]
    public void A_message_is_one_line_with_its_level(LogLevel level, string expected)
    {
        using var error = new StringWriter { NewLine = "\n" };
        var logger = new TerminalLogger(error, LogLevel.Warning);

        logger.Log(level, new EventId(1), "it rains", null, (state, _) => state);

        Assert.Equal(expected, error.ToString());
    }
}
