using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Tests.Configuration;

public class TraceStateReaderTests
{
    [Theory]
    [InlineData("a=1", "a=1", 0)]
    [InlineData(" a=1 ,\tb=2", "a=1,b=2", 0)]
    [InlineData("a=1,,b=2,", "a=1,b=2", 0)]
    [InlineData("t3_-*/nant@sys=x y;z", "t3_-*/nant@sys=x y;z", 0)]
    [InlineData("0a@b=1", "0a@b=1", 0)]
    [InlineData("", null, 0)]
    [InlineData("A=1,b=2", "b=2", 1)]
    [InlineData("0a=1", null, 1)]
    [InlineData("a=1,a=2", "a=1", 1)]
    [InlineData("a", null, 1)]
    [InlineData("=1", null, 1)]
    [InlineData("a=", null, 1)]
    [InlineData("a=1=2", null, 1)]
    [InlineData("a=é", null, 1)]
    [InlineData("a@=1,@a=1,a@0b=1,a@bcdefghijklmnop=1", null, 4)]
    public void Valid_members_are_kept_in_order(string text, string? kept, int dropped)
    {
        Assert.Equal(kept, TraceStateReader.Read(text, out int left));
        Assert.Equal(dropped, left);
    }

    [Theory]
    [InlineData(256, 256, true)]
    [InlineData(257, 1, false)]
    [InlineData(1, 257, false)]
    public void Keys_and_values_have_256_characters_at_most(int key, int value, bool kept) =>
        Assert.Equal(kept, TraceStateReader.Read($"{new string('k', key)}={new string('v', value)}", out _) is not null);

    [Fact]
    public void At_most_32_members_are_kept()
    {
        string text = string.Join(',', Enumerable.Range(0, 40).Select(index => $"k{index}=v"));
        Assert.Equal(32, TraceStateReader.Read(text, out int dropped)!.Split(',').Length);
        Assert.Equal(8, dropped);
    }
}
