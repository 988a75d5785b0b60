using System.Text;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Exporting;

namespace OpencodeOtel.Pipeline.Tests.Exporting;

public sealed class ServerTextTests
{
    private const string Sent = "\u0012\u0008opencode.token.usage\u0001 please rotate the key sk-1234567890 and grüße everyone \u0007 session.id";

    /// <summary>What a server says, and what of it is shown.</summary>
    public static TheoryData<string, string> Words => new()
    {
        { "one record smells", "one record smells" },
        { "  two\r\nlines ", "two  lines" },
        { "token s3cr3t is no good", "token *** is no good" },
        { "'BEARER S3CR3T' is no good", "'***' is no good" },
        { "user alice:op3n sesame", "user *** sesame" },
        { "password op3n", "password ***" },
        { "Basic YWxpY2U6b3Azbg==", "***" },
        { "no such path /v1/logs?key=k%2De%2Dy&x=1", "no such path /v1/logs?key=***&x=1" },
        { "key k-e-y is unknown", "key *** is unknown" },
        { "metric opencode.token.usage is unknown", "metric opencode.token.usage is unknown" },
        { "bad value \"please rotate the key sk-1234567890\"", "bad value \"***\"" },
        { "bad value \"sk-1234567890\"", "bad value \"***\"" },
        { "bad value 'and grüße everyone'", "bad value '***'" },
        { "the key is", "the key is" },
    };

    [Theory]
    [MemberData(nameof(Words))]
    public void Neither_our_secrets_nor_what_we_sent_is_shown(string said, string shown) => Assert.Equal(shown, Clean(said));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \n ")]
    public void Nothing_is_nothing(string? said) => Assert.Null(Clean(said));

    [Fact]
    public void A_long_text_is_cut()
    {
        string? shown = Clean(new string('x', 10_000));
        Assert.Equal(new string('x', 500) + '…', shown);
    }

    [Fact]
    public void A_text_that_is_cut_in_the_middle_of_what_we_sent_shows_none_of_it()
    {
        string said = new string('x', 500 - 20) + "please rotate the key sk-1234567890";
        Assert.Equal(new string('x', 500 - 20) + "***", Clean(said));
    }

    private static string? Clean(string? said) => ServerText.Clean(
        said,
        new OtlpDestination
        {
            Protocol = OtlpProtocol.HttpProtobuf,
            Endpoint = new Uri("http://host/v1/logs?key=k%2De%2Dy&x=1"),
            Headers = [new("x-token", new Secret("Bearer s3cr3t")), new("authorization", new Secret("Basic " + Convert.ToBase64String("alice:op3n"u8)))],
        },
        Encoding.UTF8.GetBytes(Sent));
}
