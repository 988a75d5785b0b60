namespace OpencodeOtel.Pipeline.Spooling;

/// <summary>How far one lane of a log has been read and settled. Not thread-safe.</summary>
/// <param name="start">Frames of the lane before this are done with.</param>
internal sealed class LaneCursor(SpoolPosition start)
{
    // What was read and is not settled: true when it was given back.
    private readonly SortedDictionary<SpoolPosition, bool> _outstanding = [];

    /// <summary>Gets or sets where reading goes on.</summary>
    public SpoolPosition Next { get; set; } = start;

    /// <summary>Gets the place before which everything is settled.</summary>
    public SpoolPosition Settled => _outstanding.Count > 0 ? _outstanding.First().Key : Next;

    /// <summary>Gets the oldest frame that was given back.</summary>
    public SpoolPosition? Returned
    {
        get
        {
            foreach ((SpoolPosition position, bool returned) in _outstanding)
            {
                if (returned)
                {
                    return position;
                }
            }

            return null;
        }
    }

    /// <summary>Whether a frame is out, or was given back.</summary>
    public bool IsOutstanding(SpoolPosition position) => _outstanding.ContainsKey(position);

    /// <summary>Whether a frame still waits to be read.</summary>
    public bool IsWaiting(SpoolPosition position) => position >= Next || (_outstanding.TryGetValue(position, out bool returned) && returned);

    /// <summary>Notes that a frame was handed out.</summary>
    public void Take(SpoolPosition position) => _outstanding[position] = false;

    /// <summary>Notes that a frame was given back, to be read again.</summary>
    public void Return(SpoolPosition position) => _outstanding[position] = true;

    /// <summary>Notes that a frame is done with.</summary>
    /// <returns>Whether <see cref="Settled"/> has moved.</returns>
    public bool Settle(SpoolPosition position)
    {
        SpoolPosition before = Settled;
        _outstanding.Remove(position);
        return Settled != before;
    }
}
