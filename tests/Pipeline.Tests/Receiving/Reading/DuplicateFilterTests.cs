using System.Globalization;
using System.Text;
using CsCheck;
using OpencodeOtel.Pipeline.Receiving.Reading;

namespace OpencodeOtel.Pipeline.Tests.Receiving.Reading;

public sealed class DuplicateFilterTests
{
    [Fact]
    public void An_id_is_new_once()
    {
        DuplicateFilter filter = new();
        ulong hash = DuplicateFilter.Hash("evt_1"u8);
        Assert.False(filter.Contains(hash));
        filter.Add(hash);
        Assert.True(filter.Contains(hash));
        Assert.False(filter.Contains(DuplicateFilter.Hash("evt_2"u8)));
    }

    [Fact]
    public void The_last_65536_ids_are_remembered_whatever_came_before()
    {
        DuplicateFilter filter = new();
        const int All = (3 * DuplicateFilter.Remembered) + 777;
        for (int id = 0; id < All; id++)
        {
            Assert.False(filter.Contains(Hash(id)));
            filter.Add(Hash(id));
            if (id >= DuplicateFilter.Remembered)
            {
                Assert.True(filter.Contains(Hash(id - DuplicateFilter.Remembered + 1)));
            }
        }

        for (int id = All - DuplicateFilter.Remembered; id < All; id++)
        {
            Assert.True(filter.Contains(Hash(id)));
        }

        Assert.False(filter.Contains(Hash(0)));
    }

    [Fact]
    public void Ids_that_crowd_one_bucket_are_all_remembered()
    {
        DuplicateFilter filter = new();
        for (ulong id = 1; id <= 2000; id++)
        {
            filter.Add(id << 32);
        }

        for (ulong id = 1; id <= 2000; id++)
        {
            Assert.True(filter.Contains(id << 32));
        }

        Assert.False(filter.Contains(2001UL << 32));
    }

    [Fact]
    public void Memory_ends_at_two_mebibytes()
    {
        DuplicateFilter filter = new();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (ulong hash = 1; hash < 400_000; hash++)
        {
            filter.Add(hash * 0x9E3779B97F4A7C15);
        }

        // Two tables, and the smaller ones that they grew from.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 2 << 20, (3 << 20) + 4096);
    }

    [Fact]
    public void Different_ids_have_different_hashes() =>
        Assert.Equal(300_000, Enumerable.Range(0, 300_000).Select(Hash).Distinct().Count());

    [Fact]
    public void Every_byte_and_the_length_of_an_id_count()
    {
        Gen.Byte.Array[1, 40].Sample(id =>
        {
            HashSet<ulong> hashes = [DuplicateFilter.Hash(id), DuplicateFilter.Hash([.. id, 0]), DuplicateFilter.Hash([0, .. id])];
            for (int at = 0; at < id.Length; at++)
            {
                byte[] other = [.. id];
                other[at]++;
                hashes.Add(DuplicateFilter.Hash(other));
            }

            return hashes.Count >= id.Length + 3 - (id.All(value => value == 0) ? 1 : 0);
        });
        Assert.Equal(0UL, DuplicateFilter.Hash([]));
    }

    private static ulong Hash(int id) => DuplicateFilter.Hash(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"evt_204b4dff{id:X8}Y1oa56RnSICm5X")));
}
