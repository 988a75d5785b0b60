using OpencodeOtel.Pipeline.Enriching.State;

namespace OpencodeOtel.Pipeline.Enriching.Tracking;

/// <summary>What needs no state any more, but must be known when it is said again.</summary>
/// <param name="context">Tells how much is remembered.</param>
internal sealed class FinishedWork(EnrichingContext context)
{
    /// <summary>Gets messages and calls that were counted.</summary>
    public RecentIds Counted { get; } = new(context.Limits.RecentIds, context.Counts);

    /// <summary>Gets runs, messages and calls that are still to be counted but whose span was exported, for want of room.</summary>
    public RecentIds Exported { get; } = new(context.Limits.RecentIds, context.Counts);
}
