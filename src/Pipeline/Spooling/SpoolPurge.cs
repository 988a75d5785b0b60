using OpencodeOtel.Pipeline.Exporting;

namespace OpencodeOtel.Pipeline.Spooling;

/// <summary>Drops what waits in the logs whose owners are gone.</summary>
internal sealed class SpoolPurge(SpoolDirectory directory) : ISpoolTally
{
    private long _requests;
    private long _items;
    private SpoolDamage _damage;

    /// <summary>Drops what was stored before <paramref name="before"/>.</summary>
    /// <exception cref="IOException">The directory cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory may not be read.</exception>
    public SpoolPurged Run(DateTimeOffset before)
    {
        int left = 0;
        foreach (string id in directory.LogIds())
        {
            left += Leaves(id, before) ? 1 : 0;
        }

        return new SpoolPurged(_requests, _items, _damage, left);
    }

    /// <inheritdoc/>
    public void Lose(SpoolLane lane, bool isOwn, Fate fate, long items)
    {
        _requests++;
        _items += items;
    }

    /// <inheritdoc/>
    public void Damage(SpoolDamage damage) => _damage += damage;

    /// <summary>Drops what is old of a log, unless it is to be left alone.</summary>
    /// <returns>Whether it was.</returns>
    private bool Leaves(string id, DateTimeOffset before)
    {
        try
        {
            if (SpoolLog.TryAdopt(directory, id, this) is not { } log)
            {
                return Directory.Exists(directory.LogPath(id));
            }

            log.GiveUp(before, this);
            log.Close();
            return false;
        }
        catch (Exception error) when (SpoolFiles.IsExpected(error))
        {
            return true; // One that is not ours says nothing of the others.
        }
    }
}
