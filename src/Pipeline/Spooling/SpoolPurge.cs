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
    /// <exception cref="UnauthorizedAccessException">The directory may not be written.</exception>
    public SpoolPurged Run(DateTimeOffset before)
    {
        int inUse = 0;
        foreach (string id in directory.LogIds())
        {
            if (SpoolLog.TryAdopt(directory, id, this) is { } log)
            {
                DropFrom(log, before);
                log.Close();
            }
            else
            {
                inUse += Directory.Exists(directory.LogPath(id)) ? 1 : 0;
            }
        }

        return new SpoolPurged(_requests, _items, _damage, inUse);
    }

    /// <inheritdoc/>
    public void Lose(SpoolLane lane, bool isOwn, Fate fate, long items)
    {
        _requests++;
        _items += items;
    }

    /// <inheritdoc/>
    public void Damage(SpoolDamage damage) => _damage += damage;

    private void DropFrom(SpoolLog log, DateTimeOffset before)
    {
        foreach (SpoolLane lane in log.Lanes.ToList())
        {
            // What is older is given up on the way to the first that is not.
            if (log.TryTake(lane, before, this) is { } kept)
            {
                log.Return(kept, this);
                kept.Request.Release();
            }
        }
    }
}
