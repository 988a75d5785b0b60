using Microsoft.Extensions.Logging;

namespace OpencodeOtel.Pipeline.Exporting;

/// <content>The messages; their event ids are stable.</content>
internal sealed partial class FailureLog
{
    private readonly ILogger _logger = logger;

    [LoggerMessage(EventId = 300, Level = LogLevel.Warning, Message = "{Exporter}: {Items} {Records} rejected: {Why}")]
    private partial void LogRejected(string exporter, long items, string records, string why);

    [LoggerMessage(EventId = 301, Level = LogLevel.Warning, Message = "{Exporter}: {Records} taken, but: {Why}")]
    private partial void LogWarned(string exporter, string records, string why);

    [LoggerMessage(EventId = 302, Level = LogLevel.Warning, Message = "{Exporter}: {Items} {Records} not delivered: {Why}; see that the server runs and that --endpoint and --protocol name it")]
    private partial void LogUnavailable(string exporter, long items, string records, string why);

    [LoggerMessage(EventId = 303, Level = LogLevel.Warning, Message = "{Exporter}: {Items} {Records} refused for want of valid credentials: {Why}; see --header (OPENCODE_OTLP_HEADERS) and --headers-helper")]
    private partial void LogUnauthenticated(string exporter, long items, string records, string why);

    [LoggerMessage(EventId = 304, Level = LogLevel.Warning, Message = "{Exporter}: {Items} {Records} refused: {Why}")]
    private partial void LogRefused(string exporter, long items, string records, string why);

    [LoggerMessage(EventId = 305, Level = LogLevel.Warning, Message = "{Exporter}: {Items} {Records} too large: {Why}; lower --batch-bytes, or raise the limit of the server")]
    private partial void LogTooLarge(string exporter, long items, string records, string why);

    [LoggerMessage(EventId = 306, Level = LogLevel.Warning, Message = "{Exporter}: {Items} {Records} dropped: {Why}")]
    private partial void LogQueueFull(string exporter, long items, string records, string why);

    [LoggerMessage(EventId = 307, Level = LogLevel.Warning, Message = "{Exporter}: {Items} {Records} dropped: {Why}")]
    private partial void LogShutDown(string exporter, long items, string records, string why);

    [LoggerMessage(EventId = 309, Level = LogLevel.Warning, Message = "{Exporter}: {Items} {Records} are not delivered yet and will be tried again: {Why}")]
    private partial void LogRetried(string exporter, long items, string records, string why);

    [LoggerMessage(EventId = 310, Level = LogLevel.Warning, Message = "{Exporter}: {Items} {Records} are kept on disk to be sent later: {Why}")]
    private partial void LogSpooled(string exporter, long items, string records, string why);

    [LoggerMessage(EventId = 308, Level = LogLevel.Warning, Message = "{Exporter}: in all {Requests} requests with {Items} records were {What}")]
    private partial void LogSummary(string exporter, long requests, long items, string what);
}
