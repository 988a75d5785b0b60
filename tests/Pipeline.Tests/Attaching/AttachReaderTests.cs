using OpencodeOtel.Pipeline.Attaching;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Tests.Attaching;

public sealed class AttachReaderTests
{
    [Fact]
    public void Nothing_typed_is_the_server_of_this_machine()
    {
        AttachOptions options = new AttachReader(_ => null).Read();

        Assert.Equal("http://127.0.0.1:4096/", Assert.Single(options.Servers).Address.ToString());
        Assert.Null(options.Directory);
        Assert.Equal((TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30)), (options.ConnectTimeout, options.SilenceTimeout));
    }

    [Fact]
    public void A_server_named_twice_is_followed_once()
    {
        AttachOptions options = new AttachReader(_ => null) { Addresses = ["http://host:1", "http://host:1/", "http://host:2"] }.Read();

        Assert.Equal(2, options.Servers.Count);
    }

    [Theory]
    [InlineData("/repo", "/repo")]
    [InlineData("/repo/", "/repo")]
    [InlineData("/", "/")]
    public void A_whole_directory_is_left_as_it_is(string typed, string directory) =>
        Assert.Equal(directory, new AttachReader(_ => null) { Directory = typed }.Read().Directory);

    [Fact]
    public void A_relative_directory_is_made_whole() =>
        Assert.Equal(Path.GetFullPath("repo"), new AttachReader(_ => null) { Directory = "repo" }.Read().Directory);

    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("2m", 120_000)]
    [InlineData("30", 30)]
    public void Times_have_units(string text, int milliseconds) => Assert.Equal(
        TimeSpan.FromMilliseconds(milliseconds), new AttachReader(_ => null) { SilenceTimeout = text }.Read().SilenceTimeout);

    [Theory]
    [InlineData("0")]
    [InlineData("-1s")]
    [InlineData("soon")]
    [InlineData("25h")]
    public void What_is_no_time_is_refused_by_name(string text)
    {
        ConfigurationException error = Assert.Throws<ConfigurationException>(() => new AttachReader(_ => null) { ConnectTimeout = text }.Read());

        Assert.Contains("--connect-timeout", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_typed_comes_before_the_variables()
    {
        string? Variable(string name) => name switch
        {
            "OPENCODE_SERVER_PASSWORD" => "of-the-variable",
            "OPENCODE_SERVER_USERNAME" => "somebody",
            _ => null,
        };

        Secret? variables = Authorization(new AttachReader(Variable));
        Secret? typed = Authorization(new AttachReader(Variable) { User = "me", Password = "typed" });

        Assert.Equal(ServerAddress.Parse("http://somebody:of-the-variable@host").Authorization, variables);
        Assert.Equal(ServerAddress.Parse("http://me:typed@host").Authorization, typed);
    }

    private static Secret? Authorization(AttachReader reader) => reader.Read().Servers[0].Authorization;
}
