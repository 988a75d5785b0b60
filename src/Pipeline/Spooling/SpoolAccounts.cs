using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Diagnostics;
using OpencodeOtel.Pipeline.Exporting;

namespace OpencodeOtel.Pipeline.Spooling;

/// <summary>Where it is counted what becomes of spooled records. Thread-safe.</summary>
/// <param name="own">The account of the destination, in which this process has counted them as spooled; <see langword="null"/> for none.</param>
internal sealed class SpoolAccounts(DeliveryAccount? own = null)
{
    private readonly DeliveryAccount _earlier = new();

    /// <summary>Gets the account of records that earlier processes stored, and have counted as spooled in a report of their own.</summary>
    public DeliveryAccount Earlier => _earlier;

    /// <summary>Counts records that are given up.</summary>
    public void Lose(Signal signal, bool isOwn, Fate fate, long items)
    {
        if (isOwn)
        {
            own?.Move(signal, Fate.Spooled, fate, items);
        }
        else
        {
            _earlier.Settle(signal, fate, items);
        }
    }

    /// <summary>Counts what became of the records of one request that was sent.</summary>
    public void Add(Signal signal, bool isOwn, FateCounts fates)
    {
        foreach (Fate fate in Enum.GetValues<Fate>())
        {
            if (fates[fate] > 0)
            {
                Lose(signal, isOwn, fate, fates[fate]);
            }
        }
    }
}
