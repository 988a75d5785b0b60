using System.Diagnostics.CodeAnalysis;

namespace OpencodeOtel.Pipeline.Enriching.State;

/// <summary>The sessions that are known, by id. Most events are of the same session as the one before.</summary>
/// <param name="limit">How many there are at most.</param>
internal sealed class SessionTable(int limit)
{
    private readonly AgedTable<SessionState> _sessions = new(limit);
    private SessionState? _recent;

    /// <summary>Gets how many there are.</summary>
    public int Count => _sessions.Count;

    /// <summary>Gets the session whose last event is oldest.</summary>
    public SessionState? Oldest => _sessions.Oldest;

    /// <summary>The session whose last event came next after that of <paramref name="session"/>.</summary>
    public static SessionState? Next(SessionState session) => (SessionState?)session.Newer;

    /// <summary>Gets the session to end before another is added.</summary>
    public SessionState? Overdue => _sessions.Overdue;

    /// <summary>An event is about a session, which becomes the newest.</summary>
    public void Touch(SessionState session)
    {
        _sessions.Touch(session);
        _recent = session;
    }

    /// <summary>Finds a session.</summary>
    public bool TryFind(ReadOnlySpan<byte> id, [NotNullWhen(true)] out SessionState? session)
    {
        if (_recent is { } recent && id.SequenceEqual(recent.IdBytes))
        {
            session = recent;
            return true;
        }

        return _sessions.TryFind(IdHash.OfSession(id), out session);
    }

    /// <summary>Adds a session that is not there.</summary>
    public SessionState Add(ReadOnlySpan<byte> id)
    {
        var session = new SessionState(id.ToArray());
        _sessions.Add(IdHash.OfSession(id), session);
        return session;
    }

    /// <summary>Forgets a session.</summary>
    public void Remove(SessionState session)
    {
        _sessions.Remove(session);
        if (ReferenceEquals(_recent, session))
        {
            _recent = null;
        }
    }
}
