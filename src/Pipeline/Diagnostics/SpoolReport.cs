using OpencodeOtel.Pipeline.Exporting;
using OpencodeOtel.Pipeline.Spooling;

namespace OpencodeOtel.Pipeline.Diagnostics;

/// <summary>What became of records that earlier processes had spooled. They are in no other count: each run accounts for what it made.</summary>
/// <param name="Metrics">The fates of data points.</param>
/// <param name="Logs">The fates of log records.</param>
/// <param name="Spans">The fates of spans.</param>
/// <param name="Damage">What could not be read.</param>
public sealed record SpoolReport(FateCounts Metrics, FateCounts Logs, FateCounts Spans, SpoolDamage Damage)
{
    /// <summary>Gets a value indicating whether there is nothing to tell.</summary>
    public bool IsEmpty => Metrics.Total + Logs.Total + Spans.Total == 0 && Damage.IsNone;

    /// <summary>Gets how many records are known to be lost.</summary>
    public long Lost => Metrics.Total + Logs.Total + Spans.Total - this[Fate.Delivered] - this[Fate.Spooled] + Damage.Items;

    /// <summary>The sum over all signals of one fate.</summary>
    public long this[Fate fate] => Metrics[fate] + Logs[fate] + Spans[fate];
}
