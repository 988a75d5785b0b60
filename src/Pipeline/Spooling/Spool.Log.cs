using Microsoft.Extensions.Logging;

namespace OpencodeOtel.Pipeline.Spooling;

/// <content>The messages; their event ids are stable.</content>
internal sealed partial class Spool
{
    private readonly ILogger _logger = logger;

    [LoggerMessage(EventId = 400, Level = LogLevel.Warning, Message = "spool: nothing can be stored in '{Directory}': {Why}")]
    private partial void LogNotStored(string directory, string why);

    [LoggerMessage(EventId = 401, Level = LogLevel.Warning, Message = "spool: '{Directory}' cannot be read: {Why}")]
    private partial void LogNotRead(string directory, string why);

    [LoggerMessage(EventId = 405, Level = LogLevel.Warning, Message = "spool: a log in '{Directory}' cannot be used and is left alone, such as those of other users: {Why}")]
    private partial void LogLogNotRead(string directory, string why);

    [LoggerMessage(EventId = 402, Level = LogLevel.Warning, Message = "spool: a part is damaged and is skipped: {Frames} requests with {Items} records, and {Bytes} bytes of unknown content; more damage is only counted")]
    private partial void LogDamaged(long frames, long items, long bytes);

    [LoggerMessage(EventId = 403, Level = LogLevel.Warning, Message = "spool: over its limit; the oldest {Items} records are dropped; more of them are only counted")]
    private partial void LogEvicted(long items);

    [LoggerMessage(EventId = 404, Level = LogLevel.Warning, Message = "spool: {Items} records have waited longer than they may, and are given up; more of them are only counted")]
    private partial void LogExpired(long items);
}
