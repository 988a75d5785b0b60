using OpencodeOtel.Pipeline.Enriching;
using OpencodeOtel.Pipeline.Enriching.Texts;

namespace OpencodeOtel.Pipeline.Tests.Enriching.Texts;

public class TextInternerTests
{
    [Fact]
    public void A_text_that_recurs_is_kept_once_and_found_without_allocating()
    {
        var texts = new TextInterner(new EnrichingLimits(), new EnrichingCounts());
        byte[] name = [.. "acme-1"u8];
        _ = texts.Get(name);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int turn = 0; turn < 1000; turn++)
        {
            _ = texts.Get(name);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(1, texts.Count);
    }

    [Fact]
    public void A_text_that_is_updated_with_nothing_or_the_same_stays()
    {
        var texts = new TextInterner(new EnrichingLimits(), new EnrichingCounts());

        Assert.Equal("a", texts.Update(texts.Get("a"u8), default).ToString());
        Assert.Equal("a", texts.Update(texts.Get("a"u8), "a"u8).ToString());
        Assert.Equal("b", texts.Update(texts.Get("a"u8), "b"u8).ToString());
        Assert.True(texts.Update(default, default).IsEmpty);
    }

    [Fact]
    public void It_never_keeps_more_than_its_bound()
    {
        var counts = new EnrichingCounts();
        var texts = new TextInterner(new EnrichingLimits { Texts = 8 }, counts);

        for (int number = 0; number < 100; number++)
        {
            Assert.Equal($"text {number}", texts.Get(Some.Utf8($"text {number}")).ToString());
            Assert.InRange(texts.Count, 1, 8);
        }

        Assert.Equal(12, counts.TextsForgotten);
    }
}
