using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace OpencodeOtel.Pipeline.Receiving.Reading;

/// <summary>Tells the ids that have been seen before, as far back as at least the last <see cref="Remembered"/> of them.</summary>
/// <remarks>
/// Keeps a 64-bit hash of each, in two tables: when the younger is full, it becomes the older one, and that is forgotten. So
/// nothing is ever removed from a table, and memory ends at 2 MiB. Two different ids are taken for the same once in
/// about 10¹⁴. A table is made of buckets, each one cache line, compared at once; what finds its bucket full goes to the next
/// one that is not. At least half of a table is empty, so that hardly ever happens, and no branch is hard to foretell.
/// </remarks>
internal sealed class DuplicateFilter
{
    /// <summary>How many ids are remembered at least.</summary>
    public const int Remembered = 65_536;

    private const int BucketSlots = 8;
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
    public bool Contains(ulong hash) => Contains(_younger, hash) || (_older.Length > 0 && Contains(_older, hash));

    /// <summary>Remembers an id that is not remembered yet.</summary>
    public void Add(ulong hash)
    {
        Insert(_younger, hash);
        _count++;
        if (_count >= _younger.Length / 2)
        {
            MakeRoom();
        }
    }

    private static bool Contains(ulong[] table, ulong hash)
    {
        Vector512<ulong> wanted = Vector512.Create(hash);
        int bucket = FirstBucket(table, hash);
        while (true)
        {
            Vector512<ulong> slots = Vector512.Create(table.AsSpan(bucket, BucketSlots));
            if (Vector512.EqualsAny(slots, wanted))
            {
                return true;
            }

            if (Vector512.EqualsAny(slots, Vector512<ulong>.Zero))
            {
                return false;
            }

            bucket = NextBucket(table, bucket);
        }
    }

    private static void Insert(ulong[] table, ulong hash)
    {
        int bucket = FirstBucket(table, hash);
        while (true)
        {
            Vector512<ulong> slots = Vector512.Create(table.AsSpan(bucket, BucketSlots));
            ulong empty = Vector512.Equals(slots, Vector512<ulong>.Zero).ExtractMostSignificantBits();
            if (empty != 0)
            {
                table[bucket + BitOperations.TrailingZeroCount(empty)] = hash;
                return;
            }

            bucket = NextBucket(table, bucket);
        }
    }

    private static int FirstBucket(ulong[] table, ulong hash) => (int)hash & (table.Length - BucketSlots);

    private static int NextBucket(ulong[] table, int bucket) => (bucket + BucketSlots) & (table.Length - 1);

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
                Insert(larger, hash);
            }
        }

        _younger = larger;
    }
}
