using System.Globalization;
using System.Text;
using OpencodeOtel.Pipeline.Receiving.Reading;

namespace OpencodeOtel.Pipeline.Tests.Receiving.Reading;

public sealed class NumbersTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("-0", 0)]
    [InlineData("7", 7)]
    [InlineData("7.9", 7)]
    [InlineData("7e2", 700)]
    [InlineData("1E+3", 1000)]
    [InlineData("0.9", 0)]
    [InlineData("-1", 0)]
    [InlineData("-1e400", 0)]
    [InlineData("1e400", 0)]
    [InlineData("1e-400", 0)]
    [InlineData("9007199254740991", 9007199254740991)]
    [InlineData("9007199254740992", 9007199254740991)]
    [InlineData("999999999999999999", 9007199254740991)]
    [InlineData("9223372036854775808", 9007199254740991)]
    [InlineData("1e300", 9007199254740991)]
    [InlineData("000000000000000000000000000000", 0)]
    public void A_count_is_whole_and_within_its_bounds(string number, long expected) =>
        Assert.Equal(expected, JsonNumbers.Count(Encoding.UTF8.GetBytes(number)));

    [Theory]
    [InlineData("0", 0)]
    [InlineData("0.027135000000000003", 0.027135000000000003)]
    [InlineData("12", 12)]
    [InlineData("1e-7", 1e-7)]
    [InlineData("-0.5", 0)]
    [InlineData("1e400", 0)]
    [InlineData("123456789012345678901234567890", 123456789012345678901234567890d)]
    public void An_amount_is_finite_and_not_negative(string number, double expected) =>
        Assert.Equal(expected, JsonNumbers.Amount(Encoding.UTF8.GetBytes(number)));

    [Theory]
    [InlineData("1795375426582", 1795375426582)]
    [InlineData("1795375426582.75", 1795375426582)]
    [InlineData("1", 1)]
    [InlineData("0", 0)]
    [InlineData("-5", 0)]
    [InlineData("1e400", 0)]
    [InlineData("7258118399999", 7258118399999)]
    [InlineData("7258118400000", 0)]
    [InlineData("1795375426582000000", 0)]
    public void A_time_is_after_1970_and_before_2200(string number, long expected) =>
        Assert.Equal(expected, JsonNumbers.Time(Encoding.UTF8.GetBytes(number)));

    [Fact]
    public void The_last_time_is_the_end_of_2199() =>
        Assert.Equal(
            JsonNumbers.LatestTime,
            DateTimeOffset.Parse("2200-01-01T00:00:00Z", CultureInfo.InvariantCulture).ToUnixTimeMilliseconds() - 1);

    [Fact]
    public void Absurd_numbers_of_an_event_are_tamed_and_the_event_is_used() =>
        Assert.Equal(
            "MessageUpdated session=s1 id=m1 role=Assistant completed=9 tokens=0/9007199254740991/2/0/0 at=9",
            Reading.Of("message.updated", """{"sessionID":"s1","time":1e30,"info":{"id":"m1","role":"assistant","cost":1e400,"tokens":{"input":-5,"output":1e30,"reasoning":2.7,"cache":{"read":1e400}},"time":{"created":-1,"completed":9}}}"""));

    [Fact]
    public void What_JSON_does_not_know_as_a_number_is_bad_JSON()
    {
        foreach (string number in (string[])["NaN", "Infinity", "-", "01", "1.", ".5", "1e", "+1", "0x1", "1_0", "--1"])
        {
            Assert.Equal("BadJson", Reading.Of("session.idle", $$"""{"sessionID":"s1","x":{{number}}}"""));
        }
    }
}
