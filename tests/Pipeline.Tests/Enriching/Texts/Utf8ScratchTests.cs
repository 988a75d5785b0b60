using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Enriching.Texts;

namespace OpencodeOtel.Pipeline.Tests.Enriching.Texts;

public class Utf8ScratchTests
{
    [Fact]
    public void Texts_stay_good_while_it_grows()
    {
        var scratch = new Utf8Scratch();
        OtlpString[] texts = [.. Enumerable.Range(0, 2000).Select(number => scratch.Append(Some.Utf8($"text number {number}")))];

        Assert.Equal(Enumerable.Range(0, 2000).Select(number => $"text number {number}"), texts.Select(text => text.ToString()));
    }

    [Fact]
    public void A_text_longer_than_all_room_fits_and_a_limit_cuts_it()
    {
        var scratch = new Utf8Scratch();
        string text = new('x', 3_000_000);

        Assert.Equal(text, scratch.Append(Some.Utf8(text)).ToString());
        Assert.Equal("xxx", scratch.Append(Some.TextOf(text), limit: 3).ToString());
        scratch.Reset();
        Assert.Equal("a", scratch.Append("a"u8).ToString());
    }
}
