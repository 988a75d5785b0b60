using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Aggregating;

/// <summary>The sessions that series belong to, over all metrics: a series lives as long as its session.</summary>
/// <remarks>
/// A session is over when somebody says so, or when none of its series was measured for a while: not each series for itself,
/// since a session that goes on measures some of them once only. Series without a session, as when <c>session.id</c> is excluded,
/// are never over. A session is remembered as long as it has series.
/// </remarks>
/// <param name="retention">How long a session may be quiet.</param>
internal sealed class MeasuredSessions(TimeSpan retention)
{
    private static readonly OtlpString Key = OtlpString.Transcode("session.id");

    private readonly long _retention = (long)retention.TotalMilliseconds;
    private readonly Dictionary<OtlpString, MeasuredSession> _sessions = [];
    private bool _anyEnded;

    /// <summary>Gets how many are remembered.</summary>
    public int Count => _sessions.Count;

    /// <summary>Gets a value indicating whether a session is over, and has series that are to be retired at the end of this collection.</summary>
    public bool AnyOver { get; private set; }

    /// <summary>Finds the session of a new series by its attributes, which must not change.</summary>
    /// <returns><see langword="null"/> when they name none.</returns>
    public MeasuredSession? Join(ReadOnlySpan<KeyValue> attributes)
    {
        foreach (ref readonly KeyValue attribute in attributes)
        {
            if (attribute.Key == Key && attribute.Value.Kind == AnyValueKind.String)
            {
                OtlpString id = attribute.Value.Text;
                if (!_sessions.TryGetValue(id, out MeasuredSession? session))
                {
                    session = new MeasuredSession(id);
                    _sessions.Add(id, session);
                }

                session.Series++;
                return session;
            }
        }

        return null;
    }

    /// <summary>Learns that a series is gone.</summary>
    public void Leave(MeasuredSession session)
    {
        // One that is over may still measure before the collection: then it must be known as such.
        if (--session.Series == 0 && !session.IsOver)
        {
            _sessions.Remove(session.Id);
        }
    }

    /// <summary>Learns that a session has ended; what it still measures until the next collection counts with the rest.</summary>
    public void End(OtlpString id)
    {
        if (_sessions.TryGetValue(id, out MeasuredSession? session))
        {
            session.IsOver = true;
            _anyEnded = true;
        }
    }

    /// <summary>Finds the sessions that are over, for the collection at <paramref name="nowUnixMs"/>.</summary>
    public void BeginCollection(long nowUnixMs)
    {
        AnyOver = _anyEnded;
        _anyEnded = false;
        foreach (MeasuredSession session in _sessions.Values)
        {
            // What was measured at a time that is not known, or before the clock was set back, ages from here on.
            if (session.LastMeasured <= 0 || session.LastMeasured > nowUnixMs)
            {
                session.LastMeasured = nowUnixMs;
            }

            if (session.LastMeasured <= nowUnixMs - _retention)
            {
                session.IsOver = true;
                AnyOver = true;
            }
        }
    }

    /// <summary>Forgets the sessions that are over, once their series are retired.</summary>
    public void EndCollection()
    {
        if (!AnyOver)
        {
            return;
        }

        foreach (MeasuredSession session in _sessions.Values)
        {
            if (session.IsOver)
            {
                _sessions.Remove(session.Id);
            }
        }
    }
}
