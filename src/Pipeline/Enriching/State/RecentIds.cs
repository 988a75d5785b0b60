namespace OpencodeOtel.Pipeline.Enriching.State;

/// <summary>The ids of the last things that were finished, so that their repetitions are known as such.</summary>
/// <param name="capacity">How many; the oldest is forgotten.</param>
/// <param name="counts">Where forgetting is counted.</param>
internal sealed class RecentIds(int capacity, EnrichingCounts counts)
{
    private readonly HashSet<IdHash> _ids = [];
    private readonly Queue<IdHash> _order = [];

    /// <summary>Whether this one is among them.</summary>
    public bool Contains(IdHash id) => _ids.Contains(id);

    /// <summary>Adds one.</summary>
    public void Add(IdHash id)
    {
        if (!_ids.Add(id))
        {
            return;
        }

        _order.Enqueue(id);
        if (_order.Count > capacity)
        {
            _ids.Remove(_order.Dequeue());
            counts.IdsForgotten++;
        }
    }
}
