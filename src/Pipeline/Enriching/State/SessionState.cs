using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Enriching.Emitting;

namespace OpencodeOtel.Pipeline.Enriching.State;

/// <summary>What is known of a session, until it is deleted.</summary>
/// <param name="id">Its id, in UTF-8.</param>
internal sealed class SessionState(byte[] id) : Aged
{
    /// <summary>Gets the bytes of the id.</summary>
    public byte[] IdBytes { get; } = id;

    /// <summary>Gets the id.</summary>
    public OtlpString Id { get; } = OtlpString.WrapValidUtf8(id, 0, id.Length);

    /// <summary>Gets or sets the project; empty while it is not known.</summary>
    public OtlpString ProjectId { get; set; }

    /// <summary>Gets or sets the id of the session that this one is a sub-agent's of; empty for none.</summary>
    public OtlpString ParentId { get; set; }

    /// <summary>Gets or sets when it was created, in Unix milliseconds; 0 while that is not known.</summary>
    public long Created { get; set; }

    /// <summary>Gets or sets a value indicating whether <c>session.created</c> was seen.</summary>
    public bool IsSeenFromStart { get; set; }

    /// <summary>Gets or sets a value indicating whether an idle without any run was logged.</summary>
    public bool IsIdleSaid { get; set; }

    /// <summary>Gets or sets the open run.</summary>
    public RunState? Run { get; set; }

    /// <summary>Gets or sets the run that ended last.</summary>
    public RunState? LastRun { get; set; }

    /// <summary>Gets or sets the session span of that run; none while there was none.</summary>
    public SpanContext LastSpan { get; set; }

    /// <summary>Gets or sets when it was heard of last, by <see cref="EventClock.Heard"/>.</summary>
    public long Heard { get; set; }

    /// <summary>Gets or sets a value indicating whether it was deleted, and no run has started since: what comes is late.</summary>
    public bool IsDeleted { get; set; }

    /// <summary>Gets or sets a value indicating whether it was known before, forgotten, and heard of again.</summary>
    public bool IsRemembered { get; set; }

    /// <summary>Gets or sets a value indicating whether nothing looks for it any more.</summary>
    public bool IsForgotten { get; set; }

    /// <summary>Gets or sets a value indicating whether it is one of the run format, which tells of no user message and no lines.</summary>
    public bool IsInferred { get; set; }

    /// <summary>Gets or sets the lines that it added and removed.</summary>
    public LineTotals Lines { get; set; } = new();

    /// <summary>Gets the user messages whose record is still to be made.</summary>
    public List<PromptState> PendingPrompts { get; } = [];

    /// <summary>Whether something that was finished, or else begun, at that time is history that the session was made with. 0 is no time.</summary>
    /// <remarks>By a creation at a time that is not credible, everything would be history.</remarks>
    public bool IsHistory(long finished, long begun, EventClock clock)
    {
        long time = finished > 0 ? finished : begun;
        return time > 0 && time < Created && clock.IsCredible(Created);
    }
}
