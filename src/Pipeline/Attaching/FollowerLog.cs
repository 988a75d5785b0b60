using Microsoft.Extensions.Logging;

namespace OpencodeOtel.Pipeline.Attaching;

/// <summary>What is said about following a server: each change once, however often it is tried.</summary>
/// <param name="logger">Takes the messages.</param>
/// <param name="server">The server; its address holds no secret.</param>
internal sealed partial class FollowerLog(ILogger logger, ServerAddress server)
{
    private (ConnectionEnd End, int Status)? _said;

    /// <summary>Gets the sentence for a server that does not let us in.</summary>
    public string Unauthorized =>
        $"{server} refuses the user name and password; set OPENCODE_SERVER_PASSWORD (and OPENCODE_SERVER_USERNAME, if it is not 'opencode') to those of the server.";

    /// <summary>Connected, and all that was missed is read.</summary>
    public void Following(bool isFirst, int sessions)
    {
        _said = null;
        if (isFirst)
        {
            LogFollowing(logger, server, sessions);
        }
        else
        {
            LogFollowingAgain(logger, server, sessions);
        }
    }

    /// <summary>A connection has ended.</summary>
    public void Lost(ConnectionEnd end)
    {
        if (end == ConnectionEnd.Ended)
        {
            LogEnded(logger, server);
        }
        else
        {
            LogLost(logger, server, end == ConnectionEnd.Silent ? "it is silent" : Reason(end));
        }
    }

    /// <summary>No connection came about.</summary>
    public void Failed(ConnectionEnd end, int status)
    {
        if (_said == (end, status))
        {
            return;
        }

        _said = (end, status);
        switch (end)
        {
            case ConnectionEnd.Unauthorized:
                LogUnauthorized(logger, Unauthorized);
                break;
            case ConnectionEnd.NotEvents:
                LogNotEvents(logger, server, status);
                break;
            default:
                LogFailed(logger, server, Reason(end));
                break;
        }
    }

    private static string Reason(ConnectionEnd end) => end switch
    {
        ConnectionEnd.NoAnswer => "it does not answer",
        ConnectionEnd.Unreachable => "nobody listens there",
        ConnectionEnd.UnknownHost => "the host is unknown",
        ConnectionEnd.Insecure => "no secure connection, as when its certificate is not trusted",
        _ => "the connection broke",
    };

    [LoggerMessage(EventId = 20, Level = LogLevel.Information, Message = "following {Server}; {Sessions} sessions were there before")]
    private static partial void LogFollowing(ILogger logger, ServerAddress server, int sessions);

    [LoggerMessage(EventId = 21, Level = LogLevel.Information, Message = "following {Server} again; {Sessions} sessions were read for what was missed")]
    private static partial void LogFollowingAgain(ILogger logger, ServerAddress server, int sessions);

    [LoggerMessage(EventId = 22, Level = LogLevel.Information, Message = "{Server} has ended the stream; connecting again")]
    private static partial void LogEnded(ILogger logger, ServerAddress server);

    [LoggerMessage(EventId = 23, Level = LogLevel.Warning, Message = "{Server} is lost: {Why}; connecting again")]
    private static partial void LogLost(ILogger logger, ServerAddress server, string why);

    [LoggerMessage(EventId = 24, Level = LogLevel.Warning, Message = "{Server} cannot be reached: {Why}; trying until it can")]
    private static partial void LogFailed(ILogger logger, ServerAddress server, string why);

    [LoggerMessage(EventId = 25, Level = LogLevel.Warning, Message = "{Server} answers with status {Status}, and not with opencode's events; trying until it does")]
    private static partial void LogNotEvents(ILogger logger, ServerAddress server, int status);

    [LoggerMessage(EventId = 26, Level = LogLevel.Warning, Message = "{Sentence}")]
    private static partial void LogUnauthorized(ILogger logger, string sentence);
}
