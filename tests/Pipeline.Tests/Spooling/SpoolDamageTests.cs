using CsCheck;
using OpencodeOtel.Pipeline.Spooling;

namespace OpencodeOtel.Pipeline.Tests.Spooling;

public sealed class SpoolDamageTests : IDisposable
{
    private readonly SpoolFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Item_075_A_log_that_is_cut_anywhere_loses_only_what_was_cut_and_says_so()
    {
        (byte[] whole, List<long> ends) = await WriteAsync([0, 1, 40, 3]);
        for (int cut = 0; cut <= whole.Length; cut++)
        {
            await RestoreAsync(whole.AsMemory(0, cut));
            int kept = ends.Count(end => end <= cut);

            (List<int> numbers, SpoolDamage damage) = await _folder.ReopenAndDrainAsync();

            Assert.Equal(Enumerable.Range(0, kept), numbers);
            bool clean = cut == 0 || cut == SegmentFormat.HeaderLength || ends.Contains(cut);
            Assert.Equal(clean, damage.IsNone);
        }
    }

    [Fact]
    public async Task Item_075_Damage_to_any_byte_costs_at_most_the_frame_it_touches_and_is_reported_with_counts()
    {
        (byte[] whole, List<long> ends) = await WriteAsync([0, 1, 40, 3, 120]);
        for (int place = 0; place < whole.Length; place++)
        {
            byte[] damaged = [.. whole];
            damaged[place] ^= (byte)(1 + (place % 255));
            await RestoreAsync(damaged);
            int touched = place < SegmentFormat.HeaderLength ? -1 : ends.FindIndex(end => place < end);

            (List<int> numbers, SpoolDamage damage) = await _folder.ReopenAndDrainAsync();

            Assert.Equal(Enumerable.Range(0, ends.Count).Where(number => number != touched), numbers);
            Assert.False(damage.IsNone);
            Assert.True(damage.Frames == 0 || damage == new SpoolDamage(1, touched + 1, 0), $"byte {place}: {damage}");
        }
    }

    [Fact]
    public async Task Item_075_Any_damage_in_several_places_costs_at_most_the_frames_it_touches() =>
        await Gen.Select(Gen.Int[0, 400].Array[1, 20], Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[1, 300], Gen.Int[0, int.MaxValue]).Array[1, 5]).SampleAsync(
            async (paddings, holes) =>
            {
                using SpoolFolder folder = new();
                (byte[] whole, List<long> ends) = await WriteAsync(paddings, folder);
                byte[] damaged = [.. whole];
                HashSet<int> touched = [];
                foreach ((int at, int length, int seed) in holes)
                {
                    int start = at % whole.Length;
                    int end = Math.Min(whole.Length, start + length);
                    new Random(seed).NextBytes(damaged.AsSpan(start, end - start));
                    touched.UnionWith(Enumerable.Range(start, end - start).Select(place => place < SegmentFormat.HeaderLength ? -1 : ends.FindIndex(last => place < last)));
                }

                await RestoreAsync(damaged, folder);
                (List<int> numbers, _) = await folder.ReopenAndDrainAsync();

                Assert.Empty(Enumerable.Range(0, ends.Count).Except(touched).Except(numbers));
                Assert.Equal(numbers.Order().Distinct(), numbers);
            },
            iter: 100,
            threads: 1);

    [Fact]
    public async Task A_payload_that_holds_frames_of_another_log_costs_nothing_when_it_is_damaged()
    {
        (byte[] other, _) = await WriteAsync([10, 10, 10]);
        Directory.Delete(_folder.Path, recursive: true);
        await using (Spool spool = _folder.Open())
        {
            Otlp.ExportRequest bait = Otlp.ExportRequest.Copy(SpoolFolder.Lane.Signal, SpoolFolder.Lane.Form, 1, other);
            await spool.AppendAsync(SpoolFolder.Lane, bait);
            bait.Release();
            await SpoolFolder.StoreAsync(spool, 7);
        }

        string segment = Assert.Single(_folder.Segments);
        byte[] bytes = await File.ReadAllBytesAsync(segment);
        bytes[SegmentFormat.HeaderLength] ^= 1;
        await File.WriteAllBytesAsync(segment, bytes);

        (List<int> numbers, SpoolDamage damage) = await _folder.ReopenAndDrainAsync();

        Assert.Equal([7], numbers);
        Assert.True(damage.UnreadableBytes > other.Length);
    }

    [Fact]
    public async Task A_cursor_that_is_damaged_costs_duplicates_and_no_data()
    {
        (byte[] _, List<long> _) = await WriteAsync([0, 1, 2]);
        await using (Spool spool = _folder.Open())
        {
            spool.Register(SpoolFolder.Lane, new SpoolAccounts());
            spool.AdoptForRegistered();
            spool.Settle(spool.TryTake(SpoolFolder.Lane)!);
        }

        string cursor = Assert.Single(Directory.GetFiles(_folder.Path, CursorFile.Name, SearchOption.AllDirectories));
        string text = await File.ReadAllTextAsync(cursor);
        await File.WriteAllTextAsync(cursor, text.Replace("1 ", "9 ", StringComparison.Ordinal));

        (List<int> numbers, _) = await _folder.ReopenAndDrainAsync();

        Assert.Equal([0, 1, 2], numbers);
    }

    [Fact]
    public async Task A_segment_of_a_later_version_is_left_alone()
    {
        (byte[] whole, _) = await WriteAsync([0, 1]);
        byte[] later = [.. whole];
        later[8] = 2;
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(later.AsSpan(12), System.IO.Hashing.Crc32.HashToUInt32(later.AsSpan(0, 12)));
        await RestoreAsync(later);

        (List<int> numbers, SpoolDamage damage) = await _folder.ReopenAndDrainAsync();

        Assert.Empty(numbers);
        Assert.True(damage.IsNone);
        Assert.Equal(later, await File.ReadAllBytesAsync(Assert.Single(_folder.Segments)));
    }

    /// <summary>Requests 0, 1, … with that many bytes each, request n with n + 1 items; the segment's bytes, and where each frame ends.</summary>
    private async Task<(byte[] Segment, List<long> Ends)> WriteAsync(int[] paddings, SpoolFolder? folder = null)
    {
        folder ??= _folder;
        List<long> ends = [];
        await using Spool spool = folder.Open();
        foreach ((int number, int padding) in paddings.Index())
        {
            Assert.True(await SpoolFolder.StoreAsync(spool, number, number + 1, padding));
            ends.Add(folder.Bytes);
        }

        return (await File.ReadAllBytesAsync(Assert.Single(folder.Segments)), ends);
    }

    /// <summary>Puts a segment back, as if nobody had read it.</summary>
    private async Task RestoreAsync(ReadOnlyMemory<byte> segment, SpoolFolder? folder = null)
    {
        folder ??= _folder;
        _path = folder == _folder ? _path ?? folder.Segments.Single() : folder.Segments.Single();
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        File.Delete(Path.Combine(Path.GetDirectoryName(_path)!, CursorFile.Name));
        await File.WriteAllBytesAsync(_path, segment.ToArray());
    }

    private string? _path;
}
