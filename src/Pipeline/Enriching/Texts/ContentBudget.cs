namespace OpencodeOtel.Pipeline.Enriching.Texts;

/// <summary>How much content may be held for spans that are not finished yet, in bytes over all of them.</summary>
/// <param name="limits">The bound.</param>
/// <param name="counts">Where it is counted.</param>
internal sealed class ContentBudget(EnrichingLimits limits, EnrichingCounts counts)
{
    private long _held;

    /// <summary>Asks for room; if there is none, the content is left out and counted.</summary>
    public bool TryReserve(int bytes)
    {
        if (_held + bytes > limits.ContentBytes)
        {
            counts.ContentDropped++;
            return false;
        }

        _held += bytes;
        return true;
    }

    /// <summary>Gives room back.</summary>
    public void Release(int bytes) => _held -= bytes;
}
