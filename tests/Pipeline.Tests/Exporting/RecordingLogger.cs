using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace OpencodeOtel.Pipeline.Tests.Exporting;

/// <summary>Keeps what is logged.</summary>
internal sealed class RecordingLogger : ILogger
{
    private readonly ConcurrentQueue<(int EventId, string Text)> _messages = new();

    public IReadOnlyCollection<(int EventId, string Text)> Messages => _messages;

    public string All => string.Join('\n', _messages.Select(message => message.Text));

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _messages.Enqueue((eventId.Id, formatter(state, exception) + exception));
}
