using System.Net;
using System.Text;
using OpencodeOtel.Pipeline.Exporting.Proxies;

namespace OpencodeOtel.Pipeline.Tests.Exporting.Proxies;

public class ProxyTunnelTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>Answers that open no tunnel, and the status that is told.</summary>
    public static TheoryData<string, int?> Refusals => new()
    {
        { "HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", 407 },
        { "HTTP/1.0 403 No\r\nX: y\r\n\r\n", 403 },
        { "HTTP/1.1 301 Elsewhere\r\nLocation: http://x\r\n\r\n", 301 },
        { "HTTP/1.1 200 cut off\r\n", null },
        { "HTTP/2.0 200 OK\r\n\r\n", null },
        { "HTTP/1.1 2x0 OK\r\n\r\n", null },
        { "HTTP/1.1\r\n\r\n", null },
        { "\r\n\r\n", null },
        { "SSH-2.0-OpenSSH\r\n\r\n", null },
        { "HTTP/1.1 200 OK\r\nX: " + new string('x', 20_000) + "\r\n\r\n", null },
        { "", null },
    };

    [Theory]
    [InlineData("http://{0}", "collector.example", "collector.example:4317", null)]
    [InlineData("http://me%40home:a%3Ab@{0}", "collector.example", "collector.example:4317", "me@home:a:b")]
    [InlineData("http://{0}", "2001:db8::1", "[2001:db8::1]:4317", null)]
    public async Task It_asks_for_a_tunnel_and_hands_over_what_comes_through_it(string proxy, string host, string authority, string? credentials)
    {
        await using RawServer server = RawServer.Start("HTTP/1.1 200 Connection established\r\nVia: x\r\n\r\nfirst words");
        ProxyTunnel tunnel = new(new Uri(string.Format(null, proxy, server.Endpoint.Authority)));
        await using Stream stream = await tunnel.ConnectAsync(new DnsEndPoint(host, 4317), CancellationToken.None).AsTask().WaitAsync(Deadline);
        byte[] words = new byte[11];
        await stream.ReadExactlyAsync(words);
        Assert.Equal("first words", Encoding.ASCII.GetString(words));
        string head = Assert.Single(server.Heads);
        Assert.StartsWith($"CONNECT {authority} HTTP/1.1\r\nHost: {authority}\r\n", head, StringComparison.Ordinal);
        string expected = credentials is null ? "" : $"\r\nProxy-Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials))}\r\n";
        Assert.Equal(credentials is not null, head.Contains("Proxy-Authorization", StringComparison.Ordinal));
        Assert.Contains(expected, head, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task An_answer_that_opens_no_tunnel_is_a_failure_with_its_status(string answer, int? status)
    {
        await using RawServer server = RawServer.Start(answer);
        ProxyTunnel tunnel = new(new Uri($"http://{server.Endpoint.Authority}"));
        HttpRequestException error = await Assert.ThrowsAsync<HttpRequestException>(
            () => tunnel.ConnectAsync(new DnsEndPoint("x", 1), CancellationToken.None).AsTask().WaitAsync(Deadline));
        Assert.Equal(HttpRequestError.ProxyTunnelError, error.HttpRequestError);
        Assert.Equal(status, (int?)error.StatusCode);
    }

    [Fact]
    public async Task A_proxy_that_never_answers_can_be_given_up()
    {
        await using RawServer server = RawServer.Start((_, stop) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop));
        ProxyTunnel tunnel = new(new Uri($"http://{server.Endpoint.Authority}"));
        using CancellationTokenSource cancel = new(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => tunnel.ConnectAsync(new DnsEndPoint("x", 1), cancel.Token).AsTask().WaitAsync(Deadline));
    }
}
