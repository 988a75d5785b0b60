namespace OpencodeOtel.Pipeline.Receiving.Reading;

/// <summary>A bounded table of what is remembered between events, by the hash of an id. Its entries are used again and again.</summary>
/// <typeparam name="T">The entries; the owner resets the one that it is given.</typeparam>
/// <param name="limit">How many there are at most.</param>
internal sealed class KeptTable<T>(int limit)
    where T : class, new()
{
    private readonly Dictionary<ulong, int> _places = [];
    private readonly List<T> _entries = [];
    private readonly List<ulong> _hashes = [];
    private readonly Stack<int> _free = [];
    private int _next;

    /// <summary>Gets how many entries had to make room for others.</summary>
    public long Forgotten { get; private set; }

    /// <summary>Makes the hash of an id within a session.</summary>
    public static ulong Hash(ReadOnlySpan<byte> sessionId, ReadOnlySpan<byte> id) =>
        (DuplicateFilter.Hash(sessionId) * 0x9E3779B97F4A7C15) ^ DuplicateFilter.Hash(id);

    /// <summary>Finds an entry.</summary>
    public T? Find(ulong hash) => _places.TryGetValue(hash, out int place) ? _entries[place] : null;

    /// <summary>Adds an entry that is not there.</summary>
    /// <param name="hash">Its hash.</param>
    /// <param name="isTaken">Whether it was another's until now, whose content it still has.</param>
    public T Add(ulong hash, out bool isTaken)
    {
        isTaken = false;
        if (!_free.TryPop(out int place))
        {
            if (_entries.Count < limit)
            {
                place = _entries.Count;
                _entries.Add(new T());
                _hashes.Add(hash);
            }
            else
            {
                place = _next;
                _next = (_next + 1) % limit;
                _places.Remove(_hashes[place]);
                Forgotten++;
                isTaken = true;
            }
        }

        _hashes[place] = hash;
        _places.Add(hash, place);
        return _entries[place];
    }

    /// <summary>Removes an entry, which keeps its content until the next one is added.</summary>
    public void Remove(ulong hash)
    {
        if (_places.Remove(hash, out int place))
        {
            _free.Push(place);
        }
    }

    /// <summary>Removes an entry, no matter which.</summary>
    /// <returns><see langword="null"/> when there is none.</returns>
    public T? RemoveAny()
    {
        foreach ((ulong hash, int place) in _places)
        {
            Remove(hash);
            return _entries[place];
        }

        return null;
    }
}
