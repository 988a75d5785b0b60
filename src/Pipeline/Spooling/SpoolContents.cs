namespace OpencodeOtel.Pipeline.Spooling;

/// <summary>What waits in a spool.</summary>
/// <param name="Entries">By destination and signal.</param>
/// <param name="Damage">What cannot be read.</param>
/// <param name="LogsInUse">How many logs a running process has.</param>
/// <param name="LogsOfLaterVersion">How many logs a later version of this program wrote; nothing else is known of them.</param>
/// <param name="LogsUnreadable">How many logs cannot be read, since they are another user's or broken; nothing else is known of them.</param>
public sealed record SpoolContents(IReadOnlyList<SpoolEntry> Entries, SpoolDamage Damage, int LogsInUse, int LogsOfLaterVersion, int LogsUnreadable)
{
    /// <summary>Gets the requests that wait.</summary>
    public long Requests => Entries.Sum(entry => entry.Requests);

    /// <summary>Gets the records that wait.</summary>
    public long Items => Entries.Sum(entry => entry.Items);

    /// <summary>Gets the size of the requests that wait.</summary>
    public long Bytes => Entries.Sum(entry => entry.Bytes);
}
