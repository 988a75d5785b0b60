using Microsoft.Extensions.Logging;

namespace OpencodeOtel.Pipeline.Aggregating;

/// <content>The messages; their event ids are stable.</content>
internal sealed partial class AggregationLog
{
    private readonly ILogger _logger = logger;

    [LoggerMessage(
        EventId = 200,
        Level = LogLevel.Warning,
        Message = "metric {Metric} has its limit of {Limit} attribute sets; further ones go to one point with otel.metric.overflow; {Attribute} has the most values, {Values}; see --cardinality-limit and --exclude-metrics-attributes")]
    private partial void LogOverflow(string metric, int limit, string attribute, int values);

    [LoggerMessage(EventId = 201, Level = LogLevel.Warning, Message = "instrument {Name} was defined twice, with another {What}")]
    private partial void LogConflict(string name, string what);
}
