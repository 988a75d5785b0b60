using Microsoft.Extensions.Logging;

namespace OpencodeOtel.Pipeline.Exporting;

internal sealed partial class TlsFilesHandler
{
    [LoggerMessage(EventId = 90, Level = LogLevel.Warning, Message = "Certificate files have changed, but {Why}; those read before stay in use")]
    private static partial void LogKept(ILogger logger, string why);
}
