using System.Buffers.Binary;

namespace OpencodeOtel.Pipeline.Receiving.Reading;

/// <summary>Tells the ids that have been seen before, as far back as at least the last <see cref="Remembered"/> of them.</summary>
/// <remarks>
/// Keeps a 64-bit hash of each, in two tables: when the younger is full, it becomes the older one, and that is forgotten. So
/// nothing is ever removed from a table, and memory ends at 2 MiB. Two different ids are taken for the same once in
/// about 10¹⁴.
/// </remarks>
internal sealed class DuplicateFilter
{
    /// <summary>How many ids are remembered at least.</summary>
    public const int Remembered = 65_536;

    private const int FirstSlots = 1024;
    private const int MostSlots = 2 * Remembered;

    // Odd numbers without pattern: the fractions of the square roots of 2, 3 and 5.
    private const ulong Start = 0x6A09E667F3BCC909;
    private const ulong Multiplier = 0xBB67AE8584CAA73B;
    private const ulong Finisher = 0x3C6EF372FE94F82B;

    private ulong[] _younger = new ulong[FirstSlots];
    private ulong[] _older = [];
    private int _count;

    /// <summary>Makes the hash that stands for an id.</summary>
    /// <returns>0 for no id, else anything else.</returns>
    public static ulong Hash(ReadOnlySpan<byte> id)
    {
        if (id.IsEmpty)
        {
            return 0;
        }

        int length = id.Length;
        ulong hash = Start;
        while (id.Length >= sizeof(ulong))
        {
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(id), Multiplier);
            id = id[sizeof(ulong)..];
        }

        ulong last = 0;
        foreach (byte value in id)
        {
            last = (last << 8) | value;
        }

        hash = Mix(Mix(hash ^ last, Multiplier) ^ (ulong)length, Finisher);
        return hash == 0 ? 1 : hash; // 0 is an empty slot.
    }

    /// <summary>Whether an id is remembered.</summary>
    public bool Contains(ulong hash) =>
        _younger[Find(_younger, hash)] == hash || (_older.Length > 0 && _older[Find(_older, hash)] == hash);

    /// <summary>Remembers an id.</summary>
    /// <returns><see langword="false"/> if it was there already.</returns>
    public bool TryAdd(ulong hash)
    {
        if (Contains(hash))
        {
            return false;
        }

        _younger[Find(_younger, hash)] = hash;
        _count++;
        if (_count >= _younger.Length / 2)
        {
            MakeRoom();
        }

        return true;
    }

    // The slot of the hash, or the empty one where it belongs. Half of a table is always empty, so there is an end.
    private static int Find(ulong[] table, ulong hash)
    {
        int mask = table.Length - 1;
        int slot = (int)hash & mask;
        while (table[slot] != 0 && table[slot] != hash)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private static ulong Mix(ulong left, ulong right)
    {
        ulong high = Math.BigMul(left, right, out ulong low);
        return high ^ low;
    }

    private void MakeRoom()
    {
        if (_younger.Length == MostSlots)
        {
            ulong[] forgotten = _older.Length == MostSlots ? _older : new ulong[MostSlots];
            Array.Clear(forgotten);
            _older = _younger;
            _younger = forgotten;
            _count = 0;
            return;
        }

        ulong[] larger = new ulong[_younger.Length * 2];
        foreach (ulong hash in _younger)
        {
            if (hash != 0)
            {
                larger[Find(larger, hash)] = hash;
            }
        }

        _younger = larger;
    }
}
