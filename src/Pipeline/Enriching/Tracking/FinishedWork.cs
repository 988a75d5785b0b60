using OpencodeOtel.Pipeline.Enriching.State;

namespace OpencodeOtel.Pipeline.Enriching.Tracking;

/// <summary>What needs no state any more, but must be known when it is said again.</summary>
/// <param name="context">Tells how much is remembered.</param>
internal sealed class FinishedWork(EnrichingContext context)
{
    /// <summary>Gets messages, calls and subtasks that were counted, and user messages that are history.</summary>
    public RecentIds Counted { get; } = new(context.Limits.RecentIds, context.Counts);

    /// <summary>Gets the parts of calls.</summary>
    public CallParts Parts { get; } = new(context.Limits.RecentIds, context.Counts);

    /// <summary>Gets runs, messages and calls that are still to be counted but whose span was exported, for want of room.</summary>
    public RecentIds Exported { get; } = new(context.Limits.RecentIds, context.Counts);
}
