namespace OpencodeOtel.Pipeline.Receiving.Reading;

/// <summary>What the second interface says once, and later events need, in bounds.</summary>
internal sealed class NextMemory
{
    /// <summary>How many sessions are remembered.</summary>
    public const int MostSessions = 1024;

    /// <summary>How many open calls are remembered.</summary>
    public const int MostCalls = 1024;

    /// <summary>The longest input of a call that is remembered, in bytes of JSON.</summary>
    public const int LongestInput = 64 * 1024;

    /// <summary>How much room all inputs together have, in bytes.</summary>
    public const int MostInput = 8 * 1024 * 1024;

    private const int LongestId = 256;

    private readonly KeptTable<NextSession> _sessions = new(MostSessions);
    private readonly KeptTable<NextCall> _calls = new(MostCalls);
    private long _longTexts;
    private long _inputRoom;

    /// <summary>Gets how often something was not remembered, because a bound was hit.</summary>
    public long Forgotten => _sessions.Forgotten + _calls.Forgotten + _longTexts;

    /// <summary>Finds a session, made known if it was not.</summary>
    public NextSession Session(ReadOnlySpan<byte> id)
    {
        ulong hash = DuplicateFilter.Hash(id);
        NextSession? session = _sessions.Find(hash);
        if (session is null)
        {
            session = _sessions.Add(hash, out _);
            session.Clear();
        }

        return session;
    }

    /// <summary>Finds an open call, made known if it was not.</summary>
    public NextCall Call(ReadOnlySpan<byte> sessionId, ReadOnlySpan<byte> id)
    {
        ulong hash = KeptTable<NextCall>.Hash(sessionId, id);
        NextCall? call = _calls.Find(hash);
        if (call is null)
        {
            call = _calls.Add(hash, out _);
            call.Clear();
        }

        return call;
    }

    /// <summary>Forgets a call that has ended; what was found of it stays until the next is made known.</summary>
    public void End(ReadOnlySpan<byte> sessionId, ReadOnlySpan<byte> id) => _calls.Remove(KeptTable<NextCall>.Hash(sessionId, id));

    /// <summary>Keeps an id or a name.</summary>
    public void KeepName(KeptBytes place, ReadOnlySpan<byte> name) => _longTexts += place.TrySet(name, LongestId) ? 0 : 1;

    /// <summary>Keeps an input, with what is to stand before and behind it.</summary>
    public void KeepInput(KeptBytes place, ReadOnlySpan<byte> before, ReadOnlySpan<byte> input, ReadOnlySpan<byte> behind)
    {
        int length = before.Length + input.Length + behind.Length;
        place.Clear();
        if (length > LongestInput || (length > place.Capacity && length > MostInput - _inputRoom))
        {
            _longTexts++;
            return;
        }

        _inputRoom -= place.Capacity;
        place.Append(before);
        place.Append(input);
        place.Append(behind);
        _inputRoom += place.Capacity;
    }
}
