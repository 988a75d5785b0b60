using System.Text;
using OpencodeOtel.Pipeline.Enriching.Texts;

namespace OpencodeOtel.Pipeline.Tests.Enriching.Texts;

public class Utf8CutTests
{
    [Theory]
    [InlineData("", 0, "")]
    [InlineData("abc", 3, "abc")]
    [InlineData("abc", 2, "ab")]
    [InlineData("aü", 2, "a")]
    [InlineData("a€b", 3, "a")]
    [InlineData("a€b", 4, "a€")]
    [InlineData("😀", 3, "")]
    [InlineData("😀😀", 7, "😀")]
    public void A_text_is_cut_between_characters(string text, int limit, string cut) =>
        Assert.Equal(cut, Encoding.UTF8.GetString(Utf8Cut.Prefix(Encoding.UTF8.GetBytes(text), limit)));
}
