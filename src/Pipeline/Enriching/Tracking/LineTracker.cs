using OpencodeOtel.Pipeline.Enriching.Emitting;
using OpencodeOtel.Pipeline.Enriching.State;
using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Enriching.Tracking;

/// <summary>The lines of a session, from whichever source this opencode has.</summary>
/// <remarks>
/// User messages carry the diffs of their turn; <c>session.diff</c> carries those of the session, in some versions always, in others
/// only around a revert; the format of a single run has neither, only the diffs of its tool calls.
/// </remarks>
/// <param name="measurements">Records the totals.</param>
internal sealed class LineTracker(MeasurementEmitter measurements)
{
    /// <summary>A user message: its latest list counts, summed over the session's messages.</summary>
    public void Message(SessionState session, PromptState prompt, LineCounts lines)
    {
        LineTotals totals = session.Lines;
        totals.IsTold = true;
        if (!lines.IsPresent)
        {
            return;
        }

        totals.HadMessageDiffs |= lines.Files > 0;
        Share(session, prompt, new LinePair(lines.Added, lines.Removed));
    }

    /// <summary>A user message is removed, and its share with it.</summary>
    public void Removed(SessionState session, PromptState prompt) => Share(session, prompt, default);

    /// <summary>A list of the whole session: it replaces the total, unless it is empty and says nothing.</summary>
    public void Diff(SessionState session, LineCounts lines)
    {
        LineTotals totals = session.Lines;
        bool wasFilled = totals.WasDiffFilled;
        totals.IsTold = true;
        totals.WasDiffFilled = lines.Files > 0;
        if (lines.Files > 0)
        {
            Say(session, new LinePair(lines.Added, lines.Removed), isForced: true);
        }
        else if (totals.IsReverted || (!totals.HadMessageDiffs && wasFilled))
        {
            Say(session, default);
        }
    }

    /// <summary>A session is reverted, or no longer: then the messages rule again.</summary>
    public void Revert(SessionState session, bool isReverted)
    {
        LineTotals totals = session.Lines;
        bool isOver = totals.IsReverted && !isReverted;
        totals.IsReverted = isReverted;
        if (isOver && totals.HadMessageDiffs)
        {
            Say(session, totals.Messages);
        }
    }

    /// <summary>An edit or write call was completed: it counts in the run format, where nothing else tells.</summary>
    public void Tool(SessionState session, LineCounts lines)
    {
        LineTotals totals = session.Lines;
        if (lines.IsPresent && session.IsInferred && !totals.IsTold)
        {
            totals.Tools += new LinePair(lines.Added, lines.Removed);
            Say(session, totals.Tools);
        }
    }

    private void Share(SessionState session, PromptState prompt, LinePair share)
    {
        if (share == prompt.Lines)
        {
            return;
        }

        LineTotals totals = session.Lines;
        totals.Messages = totals.Messages - prompt.Lines + share;
        prompt.Lines = share;
        if (!totals.IsReverted)
        {
            Say(session, totals.Messages);
        }
    }

    private void Say(SessionState session, LinePair total, bool isForced = false)
    {
        LineTotals totals = session.Lines;
        LinePair previous = totals.Total;
        totals.Total = total;
        if (isForced || total != previous)
        {
            measurements.LinesSaid(session, total - previous, total);
        }
    }
}
