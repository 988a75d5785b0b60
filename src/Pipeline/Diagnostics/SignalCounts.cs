using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Diagnostics;

/// <summary>A count for each signal; metrics count data points.</summary>
public sealed record SignalCounts(long Metrics, long Logs, long Spans)
{
    /// <summary>Gets the count of one signal.</summary>
    public long this[Signal signal] => signal switch
    {
        Signal.Metrics => Metrics,
        Signal.Logs => Logs,
        _ => Spans,
    };
}
