using OpencodeOtel.Pipeline.Exporting;

namespace OpencodeOtel.Pipeline.Spooling;

/// <summary>Counts what logs lose.</summary>
internal interface ISpoolTally
{
    /// <summary>Records are given up.</summary>
    /// <param name="lane">Their lane.</param>
    /// <param name="isOwn">Whether this process stored them, and has counted them as spooled.</param>
    /// <param name="fate">What became of them.</param>
    /// <param name="items">How many.</param>
    void Lose(SpoolLane lane, bool isOwn, Fate fate, long items);

    /// <summary>A part of a log cannot be read.</summary>
    void Damage(SpoolDamage damage);
}
