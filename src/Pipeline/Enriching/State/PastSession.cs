using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Enriching.Emitting;

namespace OpencodeOtel.Pipeline.Enriching.State;

/// <summary>The little that is kept of a session that was forgotten, so that it goes on where it was should it be heard of again.</summary>
internal sealed class PastSession : Aged
{
    private readonly OtlpString _projectId;
    private readonly OtlpString _parentId;
    private readonly long _created;
    private readonly bool _isSeenFromStart;
    private readonly bool _isInferred;
    private readonly SpanContext _lastSpan;
    private readonly LineTotals _lines;
    private readonly PastRun? _deletedRun;

    /// <summary>Keeps it.</summary>
    public PastSession(SessionState session)
    {
        _projectId = session.ProjectId;
        _parentId = session.ParentId;
        _created = session.Created;
        _isSeenFromStart = session.IsSeenFromStart;
        _isInferred = session.IsInferred;
        _lastSpan = session.LastSpan;
        _lines = session.Lines;
        _deletedRun = session is { IsDeleted: true, LastRun: { } run } ? new PastRun(run) : null;
    }

    /// <summary>Gives it back.</summary>
    public void Restore(SessionState session)
    {
        session.ProjectId = _projectId;
        session.ParentId = _parentId;
        session.Created = _created;
        session.IsSeenFromStart = _isSeenFromStart;
        session.IsInferred = _isInferred;
        session.LastSpan = _lastSpan;
        session.Lines = _lines;
        session.IsRemembered = true;
        session.IsDeleted = _deletedRun is not null;
        session.LastRun = _deletedRun?.Restore(session);

        // Its idle was said, or nobody knows better.
        session.IsIdleSaid = true;
    }
}
