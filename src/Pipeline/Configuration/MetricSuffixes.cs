using System.Collections.Frozen;

namespace OpencodeOtel.Pipeline.Configuration;

/// <summary>The names that <c>OPENCODE_DISABLE_METRICS</c> knows.</summary>
internal static class MetricSuffixes
{
    /// <summary>Every metric's name without prefix.</summary>
    public static readonly FrozenSet<string> All = FrozenSet.Create(
        StringComparer.Ordinal,
        "session.count",
        "token.usage",
        "cost.usage",
        "lines_of_code.count",
        "lines_of_code.total",
        "commit.count",
        "tool.duration",
        "cache.count",
        "session.duration",
        "message.count",
        "session.token.total",
        "session.cost.total",
        "model.usage",
        "retry.count",
        "subtask.count");
}
