using System.Text;
using CsCheck;
using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Otlp.Tests.Model;

public class ContentHashTests
{
    [Fact]
    public void The_hash_does_not_depend_on_the_form() =>
        Gen.String[0, 400].Sample(text =>
            ContentHash.OfUtf16(text) == ContentHash.OfUtf8(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void The_hash_does_not_depend_on_where_the_bytes_lie() =>
        Gen.Select(Gen.Byte.Array[0, 100], Gen.Int[0, 20]).Sample((bytes, offset) =>
        {
            byte[] moved = [.. new byte[offset], .. bytes, 1, 2, 3];
            return ContentHash.OfUtf8(bytes) == ContentHash.OfUtf8(moved.AsSpan(offset, bytes.Length));
        });

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(16)]
    [InlineData(31)]
    [InlineData(64)]
    public void Every_byte_and_the_length_count(int length)
    {
        byte[] bytes = [.. Enumerable.Range(1, length).Select(i => (byte)i)];
        uint hash = ContentHash.OfUtf8(bytes);
        for (int i = 0; i < length; i++)
        {
            byte[] changed = [.. bytes];
            changed[i] ^= 0x40;
            Assert.NotEqual(hash, ContentHash.OfUtf8(changed));
        }

        Assert.NotEqual(hash, ContentHash.OfUtf8([.. bytes, 0]));
    }

    [Fact]
    public void Session_ids_spread_over_the_low_bits()
    {
        // A table takes the low bits: ids that differ only in a counter must not crowd together.
        const int Ids = 4096;
        int used = Enumerable.Range(0, Ids)
            .Select(i => ContentHash.OfUtf8(Encoding.UTF8.GetBytes($"ses_{i:x12}ffeXyZabcdEFGH")) % Ids)
            .Distinct()
            .Count();

        // Chance leaves 63 of a hundred in use.
        Assert.InRange(used, Ids * 55 / 100, Ids);
    }
}
