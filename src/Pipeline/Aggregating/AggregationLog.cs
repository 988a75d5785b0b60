using Microsoft.Extensions.Logging;
using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Aggregating;

/// <summary>What the aggregator has to say. Names of metrics and attributes are said, values never.</summary>
internal sealed partial class AggregationLog(ILogger logger)
{
    /// <summary>A metric has more attribute sets than it may; said once a metric.</summary>
    /// <param name="metric">Its name.</param>
    /// <param name="limit">How many sets it may have.</param>
    /// <param name="key">The attribute with the most values.</param>
    /// <param name="values">How many values that has among the sets that are kept.</param>
    public void Overflow(string metric, int limit, OtlpString key, int values) => LogOverflow(metric, limit, key.ToString(), values);

    /// <summary>Two instruments have the same name, but are not the same.</summary>
    /// <param name="name">The name of the later one.</param>
    /// <param name="what">What differs.</param>
    public void Conflict(string name, string what) => LogConflict(name, what);
}
