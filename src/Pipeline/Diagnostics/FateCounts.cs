using OpencodeOtel.Pipeline.Exporting;

namespace OpencodeOtel.Pipeline.Diagnostics;

/// <summary>What became of the records of one signal at one destination; the sum is what was made.</summary>
public sealed record FateCounts(
    long Delivered,
    long Rejected,
    long Refused,
    long TooLarge,
    long Expired,
    long Dropped,
    long Spooled)
{
    /// <summary>Gets the count of one fate.</summary>
    public long this[Fate fate] => fate switch
    {
        Fate.Delivered => Delivered,
        Fate.Rejected => Rejected,
        Fate.Refused => Refused,
        Fate.TooLarge => TooLarge,
        Fate.Expired => Expired,
        Fate.Dropped => Dropped,
        _ => Spooled,
    };

    /// <summary>Gets the sum over all fates.</summary>
    public long Total => Delivered + Rejected + Refused + TooLarge + Expired + Dropped + Spooled;
}
