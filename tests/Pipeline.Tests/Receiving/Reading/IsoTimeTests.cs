using System.Text;
using OpencodeOtel.Pipeline.Receiving.Reading;

namespace OpencodeOtel.Pipeline.Tests.Receiving.Reading;

public sealed class IsoTimeTests
{
    [Theory]
    [InlineData("2026-11-22T19:32:13.172Z", 1795375933172)]
    [InlineData("2026-11-22T19:32:13Z", 1795375933000)]
    [InlineData("2026-11-22T19:32:13.1729999Z", 1795375933172)]
    [InlineData("2026-11-22T20:32:13.172+01:00", 1795375933172)]
    [InlineData("2026-11-22T19:32:13.172", 1795375933172)]
    [InlineData("2026-11-22", 0)]
    [InlineData("1795375933172", 0)]
    [InlineData("1969-12-31T23:59:59Z", 0)]
    [InlineData("2200-01-01T00:00:00Z", 0)]
    [InlineData("9999-12-31T23:59:59.9999999-14:00", 0)]
    [InlineData("2026-13-22T19:32:13.172Z", 0)]
    [InlineData("2026-11-22T19:32:13.172Zand much that follows it, and more", 0)]
    [InlineData("", 0)]
    public void A_time_is_read_or_absent(string text, long expected) => Assert.Equal(expected, IsoTime.Read(Encoding.UTF8.GetBytes(text)));
}
