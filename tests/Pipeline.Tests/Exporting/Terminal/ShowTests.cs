using OpencodeOtel.Pipeline.Exporting.Terminal;

namespace OpencodeOtel.Pipeline.Tests.Exporting.Terminal;

public class ShowTests
{
    [Theory]
    [InlineData(0, "0 ms")]
    [InlineData(0.25, "0.3 ms")]
    [InlineData(12.4, "12 ms")]
    [InlineData(999.4, "999 ms")]
    [InlineData(999.6, "1.0 s")]
    [InlineData(59_900, "59.9 s")]
    [InlineData(59_960, "1 m 00 s")]
    [InlineData(125_000, "2 m 05 s")]
    [InlineData(3_599_600, "1 h 00 m")]
    [InlineData(7_320_000, "2 h 02 m")]
    [InlineData(-1, "?")]
    [InlineData(double.NaN, "?")]
    public void A_duration_has_the_unit_that_suits_it(double milliseconds, string text) => Assert.Equal(text, Show.Duration(milliseconds));

    [Theory]
    [InlineData(0, "$0")]
    [InlineData(0.000123, "$0.000123")]
    [InlineData(0.0456, "$0.046")]
    [InlineData(12.3456, "$12.35")]
    public void Money_has_as_many_digits_as_it_takes(double dollars, string text) => Assert.Equal(text, Show.Money(dollars));

    [Theory]
    [InlineData(1234567, "1,234,567")]
    [InlineData(0.5, "0.5")]
    [InlineData(-1234, "-1,234")]
    [InlineData(double.NaN, "NaN")]
    public void Numbers_have_thousands(double number, string text) => Assert.Equal(text, Show.Number(number));

    [Fact]
    public void Text_from_outside_cannot_steer_the_terminal()
    {
        string shown = Show.Text("a\u001b[31mb\nc\u202ed\u0007");
        Assert.Equal("a [31mb c d ", shown);
        Assert.Equal(161, Show.Text(new string('x', 1000)).Length);
    }
}
