using Microsoft.Extensions.Logging;

namespace OpencodeOtel.Pipeline.Exporting.Credentials;

/// <content>The messages; their event ids are stable.</content>
internal sealed partial class HelperCredentials
{
    [LoggerMessage(EventId = 91, Level = LogLevel.Warning, Message = "{Why}; exports begin with the configured headers alone")]
    private partial void LogFirstFailed(string why);

    [LoggerMessage(EventId = 92, Level = LogLevel.Warning, Message = "{Why}; what the server refuses is kept, and the helper is run again after 10 s at the earliest")]
    private partial void LogFailed(string why);
}
