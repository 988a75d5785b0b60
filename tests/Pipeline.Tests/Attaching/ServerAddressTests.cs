using System.Text;
using OpencodeOtel.Pipeline.Attaching;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Tests.Attaching;

public sealed class ServerAddressTests
{
    [Theory]
    [InlineData("http://127.0.0.1:4096", "http://127.0.0.1:4096/")]
    [InlineData("https://host/base/", "https://host/base/")]
    [InlineData("http://me:secret@host:1/base?x=1#y", "http://host:1/base/")]
    [InlineData("127.0.0.1:4096", "http://127.0.0.1:4096/")]
    [InlineData("localhost:4096/", "http://localhost:4096/")]
    [InlineData("[::1]:4096", "http://[::1]:4096/")]
    [InlineData("me:secret@host:4096", "http://host:4096/")]
    public void The_address_is_the_base_and_holds_no_secret(string text, string address)
    {
        ServerAddress server = ServerAddress.Parse(text);

        Assert.Equal(address, server.Address.ToString());
        Assert.DoesNotContain("secret", server.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://host", null, null, null)]
    [InlineData("http://host", "dev", null, null)]
    [InlineData("http://host", null, "pw", "opencode:pw")]
    [InlineData("http://host", "dev", "p:w", "dev:p:w")]
    [InlineData("http://me:p%40w@host", "dev", "pw", "me:p@w")]
    [InlineData("http://me@host", "dev", "pw", "me:pw")]
    [InlineData("http://:pw@host", null, null, "opencode:pw")]
    [InlineData("http://:@host", "dev", "pw", null)]
    public void Credentials_come_from_the_address_before_all_else(string text, string? user, string? password, string? expected)
    {
        ServerAddress server = ServerAddress.Parse(text, user, password is null ? null : new Secret(password));

        Assert.Equal(
            expected is null ? null : "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(expected)),
            server.Authorization?.Reveal());
    }

    [Theory]
    [InlineData("")]
    [InlineData("localhost")]
    [InlineData("mailto:me")]
    [InlineData("ftp://host")]
    [InlineData("http://me:secret@")]
    public void Anything_else_is_refused_without_showing_secrets(string text)
    {
        ConfigurationException error = Assert.Throws<ConfigurationException>(() => ServerAddress.Parse(text));

        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }
}
