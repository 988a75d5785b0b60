using System.Diagnostics.CodeAnalysis;

namespace OpencodeOtel.Pipeline.Enriching.State;

/// <summary>Entries by key, in the order of their age; the owner removes the oldest before it adds to a full table.</summary>
/// <typeparam name="T">The entries.</typeparam>
/// <param name="limit">How many there are at most.</param>
internal sealed class AgedTable<T>(int limit)
    where T : Aged
{
    private readonly Dictionary<IdHash, T> _entries = [];
    private Aged? _oldest;
    private Aged? _newest;

    /// <summary>Gets how many there are.</summary>
    public int Count => _entries.Count;

    /// <summary>Gets the entry that was added or touched longest ago.</summary>
    public T? Oldest => (T?)_oldest;

    /// <summary>Gets the oldest entry when there is no room for another.</summary>
    public T? Overdue => _entries.Count >= limit ? Oldest : null;

    /// <summary>Finds an entry.</summary>
    public bool TryFind(IdHash hash, [NotNullWhen(true)] out T? entry) => _entries.TryGetValue(hash, out entry);

    /// <summary>Adds an entry as the newest.</summary>
    public void Add(IdHash hash, T entry)
    {
        entry.Hash = hash;
        _entries.Add(hash, entry);
        Append(entry);
    }

    /// <summary>Makes an entry the newest.</summary>
    public void Touch(T entry)
    {
        if (!ReferenceEquals(entry, _newest))
        {
            Unlink(entry);
            Append(entry);
        }
    }

    /// <summary>Removes an entry; <see langword="false"/> if it was not there.</summary>
    public bool Remove(T entry)
    {
        if (!_entries.Remove(entry.Hash))
        {
            return false;
        }

        Unlink(entry);
        return true;
    }

    private void Append(T entry)
    {
        entry.Older = _newest;
        _newest?.Newer = entry;
        _newest = entry;
        _oldest ??= entry;
    }

    private void Unlink(T entry)
    {
        if (entry.Older is null)
        {
            _oldest = entry.Newer;
        }
        else
        {
            entry.Older.Newer = entry.Newer;
        }

        if (entry.Newer is null)
        {
            _newest = entry.Older;
        }
        else
        {
            entry.Newer.Older = entry.Older;
        }

        entry.Older = null;
        entry.Newer = null;
    }
}
