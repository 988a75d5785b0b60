using Microsoft.Extensions.Logging;

namespace OpencodeOtel.Cli.Terminal;

/// <summary>Writes what the pipeline has to say to standard error, a line each.</summary>
/// <param name="error">Standard error.</param>
/// <param name="minimum">The least level that is written.</param>
internal sealed class TerminalLogger(TextWriter error, LogLevel minimum) : ILogger
{
    private readonly Lock _lock = new();

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel >= minimum && logLevel != LogLevel.None;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        string word = logLevel switch
        {
            LogLevel.Warning => "warning: ",
            LogLevel.Error or LogLevel.Critical => "error: ",
            LogLevel.Debug or LogLevel.Trace => "debug: ",
            _ => string.Empty,
        };
        lock (_lock)
        {
            error.WriteLine($"opencode-otel: {word}{formatter(state, exception)}");
        }
    }
}
