namespace OpencodeOtel.Pipeline.Enriching.State;

/// <summary>Tells calls with the same call id apart by the parts that say them: some servers number the calls of each answer anew.</summary>
/// <param name="capacity">Of how many call ids the parts are known; the oldest is forgotten.</param>
/// <param name="counts">Where forgetting is counted.</param>
internal sealed class CallParts(int capacity, EnrichingCounts counts)
{
    private readonly Dictionary<IdHash, (IdHash First, IdHash Latest)> _parts = [];
    private readonly Queue<IdHash> _order = [];

    /// <summary>The key of a call: of the first with a call id the id's, of any other the part's.</summary>
    /// <param name="call">The key of the call id.</param>
    /// <param name="part">The key of the part, within that of the call id.</param>
    public IdHash KeyOf(IdHash call, IdHash part)
    {
        if (!_parts.TryGetValue(call, out (IdHash First, IdHash Latest) known))
        {
            Add(call, part);
            return call;
        }

        if (known.Latest != part)
        {
            _parts[call] = (known.First, part);
        }

        return known.First == part ? call : part;
    }

    /// <summary>The key of the call that was said last with a call id.</summary>
    public IdHash LatestOf(IdHash call) =>
        _parts.TryGetValue(call, out (IdHash First, IdHash Latest) known) && known.Latest != known.First ? known.Latest : call;

    private void Add(IdHash call, IdHash part)
    {
        if (_order.Count >= capacity)
        {
            _parts.Remove(_order.Dequeue());
            counts.IdsForgotten++;
        }

        _parts.Add(call, (part, part));
        _order.Enqueue(call);
    }
}
