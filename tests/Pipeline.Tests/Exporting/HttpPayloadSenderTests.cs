using System.Globalization;
using System.IO.Compression;
using System.Text;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Exporting;
using OpencodeOtel.TestCollector;

namespace OpencodeOtel.Pipeline.Tests.Exporting;

public class HttpPayloadSenderTests
{
    private static readonly TimeSpan OneMinute = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(200, "Accepted")]
    [InlineData(202, "Accepted")]
    [InlineData(204, "Accepted")]
    [InlineData(400, "Refused")]
    [InlineData(401, "Unauthenticated")]
    [InlineData(403, "Unauthenticated")]
    [InlineData(404, "Refused")]
    [InlineData(405, "Refused")]
    [InlineData(408, "Refused")]
    [InlineData(413, "TooLarge")]
    [InlineData(415, "Refused")]
    [InlineData(429, "Retryable")]
    [InlineData(500, "Refused")]
    [InlineData(501, "Refused")]
    [InlineData(502, "Retryable")]
    [InlineData(503, "Retryable")]
    [InlineData(504, "Retryable")]
    [InlineData(505, "Refused")]
    public async Task Items_033_034_035_A_status_decides(int status, string outcome)
    {
        foreach (OtlpProtocol protocol in new[] { OtlpProtocol.HttpProtobuf, OtlpProtocol.HttpJson })
        {
            ReadOnlyMemory<byte>? body = status < 300 ? ReadOnlyMemory<byte>.Empty : default(ReadOnlyMemory<byte>?);
            await using OtlpTestServer server = await OtlpTestServer.StartAsync(_ => new ScriptedAnswer { Http = new ScriptedHttp(status, "because") { Body = body } });
            await using IPayloadSender sender = Destination.Sender(protocol, server);
            SendResult result = await sender.SendAsync(Payload.Of(Signal.Logs, sender.Form), CancellationToken.None);
            Assert.Equal(outcome, result.Outcome.ToString());
            Assert.Equal(status < 300 ? null : $"{server.HttpEndpoint}v1/logs answered {status}: because", result.Message);
            Assert.Null(result.RetryDelay);
        }
    }

    [Theory]
    [InlineData(429, "7", 7)]
    [InlineData(502, "7", 7)]
    [InlineData(503, " 120 ", 120)]
    [InlineData(504, "0", null)]
    [InlineData(503, "-1", null)]
    [InlineData(503, "soon", null)]
    [InlineData(503, "99999999999999999999", null)]
    [InlineData(503, "31536000", null)] // A year: beyond belief.
    [InlineData(503, "Sun, 06 Nov 1994 08:49:37 GMT", null)] // Past.
    [InlineData(503, "Fri, 01 Jan 2038 00:00:30 GMT", 30)]
    [InlineData(503, "Friday, 01-Jan-38 00:00:30 GMT", 30)]
    [InlineData(503, "Fri Jan  1 00:00:30 2038", 30)]
    [InlineData(400, "7", null)] // Not retried, so nothing to wait for.
    public async Task Items_036_037_038_Retry_after_is_read_in_all_its_forms(int status, string text, int? seconds)
    {
        await using RawServer server = RawServer.Start($"HTTP/1.1 {status} X\r\nRetry-After: {text}\r\nContent-Length: 0\r\n\r\n");
        await using IPayloadSender sender = Destination.Sender(Destination.Of(OtlpProtocol.HttpProtobuf, server.Endpoint) with { Timeout = Timeout.InfiniteTimeSpan }, new NewYear2038());
        SendResult result = await sender.SendAsync(Payload.Of(), CancellationToken.None);
        Assert.Equal(seconds, (int?)result.RetryDelay?.TotalSeconds);
    }

    [Theory]
    [InlineData("application/x-protobuf", "\u00ff\u00ff\u00ffjunk")]
    [InlineData("application/x-protobuf", "\n\u007f")]
    [InlineData("application/json", "{\"partialSuccess\":")]
    [InlineData("application/json", "[[[[[[")]
    [InlineData("text/html", "<html>")]
    [InlineData("nonsense", "x")]
    public async Task Item_048_A_success_with_junk_is_a_success(string type, string body)
    {
        await using RawServer server = RawServer.Start($"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        SendResult result = await Destination.SendOnceAsync(Destination.Of(OtlpProtocol.HttpProtobuf, server.Endpoint));
        Assert.Equal(SendOutcome.Accepted, result.Outcome);
        Assert.Equal(0, result.RejectedItems);
    }

    [Theory]
    [InlineData("application/json; charset=utf-8", "{\"partialSuccess\":{\"rejectedLogRecords\":\"2\"}}", 2)]
    [InlineData("Application/JSON", "{\"partialSuccess\":{\"rejectedLogRecords\":2}}", 2)]
    [InlineData("application/x-protobuf;v=1", "\n\u0002\u0008\u0003", 3)]
    public async Task Items_049_055_The_media_type_says_how_an_answer_is_read(string type, string body, long rejected)
    {
        await using RawServer server = RawServer.Start($"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        SendResult result = await Destination.SendOnceAsync(Destination.Of(OtlpProtocol.HttpProtobuf, server.Endpoint), items: 5);
        Assert.Equal(rejected, result.RejectedItems);
    }

    [Theory]
    [InlineData("application/json", "{\"code\":3,\"message\":\"bad\\nthing\"}", " answered 400: bad thing")]
    [InlineData("application/json;charset=UTF-8", "{\"message\":\"x\"}", " answered 400: x")]
    [InlineData("application/x-protobuf", "\u0008\u0003\u0012\u0003bad", " answered 400: bad")]
    [InlineData("text/plain; charset=utf-8", "404 page not found\n", " answered 400: 404 page not found")]
    [InlineData("text/html", "<h1>no</h1>", " answered 400")]
    [InlineData("application/json", "<h1>no</h1>", " answered 400")]
    [InlineData("application/x-protobuf", "\u00ff\u00ff", " answered 400")]
    public async Task Item_046_The_body_of_an_error_only_adds_words(string type, string body, string end)
    {
        await using RawServer server = RawServer.Start($"HTTP/1.1 400 X\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        SendResult result = await Destination.SendOnceAsync(Destination.Of(OtlpProtocol.HttpJson, server.Endpoint));
        Assert.Equal(SendOutcome.Refused, result.Outcome);
        Assert.EndsWith(end, result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "Accepted")]
    [InlineData(400, "Refused")]
    [InlineData(503, "Refused")]
    public async Task Item_045_An_answer_beyond_the_limit_is_not_read_and_not_retried(int status, string outcome)
    {
        byte[] chunk = Encoding.ASCII.GetBytes($"10000\r\n{new string('x', 0x10000)}\r\n");
        await using RawServer server = RawServer.Start(async (stream, stop) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"), stop);
            while (true)
            {
                await stream.WriteAsync(chunk, stop);
            }
        });
        SendResult result = await Destination.SendOnceAsync(Destination.Of(OtlpProtocol.HttpJson, server.Endpoint) with { Timeout = OneMinute });
        Assert.Equal(outcome, result.Outcome.ToString());
        Assert.Contains("longer than 4194304 bytes", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "Accepted")]
    [InlineData(400, "Refused")]
    [InlineData(503, "Retryable")]
    public async Task Item_045_An_answer_that_nobody_asked_to_be_packed_is_not_unpacked(int status, string outcome)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Optimal))
        {
            gzip.Write(Encoding.UTF8.GetBytes("{\"message\":\"unpacked\",\"partialSuccess\":{\"rejectedLogRecords\":1},\"more\":\""));
            gzip.Write(Encoding.UTF8.GetBytes(new string('x', 16 * 1024 * 1024)));
            gzip.Write("\"}"u8);
        }

        byte[] body = packed.ToArray();
        await using RawServer server = RawServer.Start(async (stream, stop) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: {body.Length}\r\n\r\n"), stop);
            await stream.WriteAsync(body, stop);
        });
        SendResult result = await Destination.SendOnceAsync(Destination.Of(OtlpProtocol.HttpJson, server.Endpoint) with { Timeout = OneMinute });
        Assert.Equal(outcome, result.Outcome.ToString());
        Assert.Equal(0, result.RejectedItems);
        Assert.DoesNotContain("unpacked", result.Message ?? string.Empty, StringComparison.Ordinal);
        Assert.DoesNotContain("Accept-Encoding", Assert.Single(server.Heads), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(400, 14, "Refused")]
    [InlineData(400, 8, "Refused")]
    [InlineData(503, 3, "Retryable")]
    [InlineData(503, 16, "Retryable")]
    [InlineData(413, 14, "TooLarge")]
    [InlineData(401, 14, "Unauthenticated")]
    public async Task Item_047_The_code_in_the_body_of_an_error_changes_nothing(int status, int code, string outcome)
    {
        string json = $$"""{"code":{{code}},"message":"because"}""";
        await AssertAsync("application/json", json, OtlpProtocol.HttpJson);
        await AssertAsync("application/x-protobuf", $"\u0008{(char)code}\u0012\u0007because", OtlpProtocol.HttpProtobuf);

        async Task AssertAsync(string type, string body, OtlpProtocol protocol)
        {
            await using RawServer server = RawServer.Start($"HTTP/1.1 {status} X\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\n\r\n{body}");
            SendResult result = await Destination.SendOnceAsync(Destination.Of(protocol, server.Endpoint));
            Assert.Equal(outcome, result.Outcome.ToString());
            Assert.EndsWith($"answered {status}: because", result.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_announced_length_beyond_the_limit_is_not_read()
    {
        await using RawServer server = RawServer.Start("HTTP/1.1 503 X\r\nContent-Length: 99999999999\r\n\r\nx");
        SendResult result = await Destination.SendOnceAsync(Destination.Of(OtlpProtocol.HttpJson, server.Endpoint) with { Timeout = OneMinute });
        Assert.Equal(SendOutcome.Refused, result.Outcome);
    }

    [Theory]
    [InlineData(200, "Accepted")]
    [InlineData(503, "Retryable")]
    public async Task A_body_that_never_ends_takes_no_status_back(int status, string outcome)
    {
        await using RawServer server = RawServer.Start(async (stream, stop) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status} X\r\nContent-Length: 100\r\n\r\nabc"), stop);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
        });
        SendResult result = await Destination.SendOnceAsync(Destination.Of(OtlpProtocol.HttpJson, server.Endpoint) with { Timeout = TimeSpan.FromMilliseconds(300) });
        Assert.Equal(outcome, result.Outcome.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 20")]
    [InlineData("This is not HTTP\r\n\r\n")]
    public async Task Item_040_A_connection_that_is_cut_is_retryable(string answer)
    {
        await using RawServer server = RawServer.Start(answer);
        SendResult result = await Destination.SendOnceAsync(Destination.Of(OtlpProtocol.HttpJson, server.Endpoint));
        Assert.Equal(SendOutcome.Retryable, result.Outcome);
        Assert.Equal($"{server.Endpoint} closed the connection without an answer", result.Message);
    }

    [Fact]
    public async Task Endless_headers_are_refused()
    {
        await using RawServer server = RawServer.Start(async (stream, stop) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n"u8.ToArray(), stop);
            while (true)
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"a: {new string('x', 1000)}\r\n"), stop);
            }
        });
        SendResult result = await Destination.SendOnceAsync(Destination.Of(OtlpProtocol.HttpJson, server.Endpoint) with { Timeout = OneMinute });
        Assert.Equal(SendOutcome.Refused, result.Outcome);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Item_050_A_redirect_is_refused_and_carries_nothing_on(int status)
    {
        await using RawServer target = RawServer.Start("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        await using RawServer server = RawServer.Start($"HTTP/1.1 {status} X\r\nLocation: http://me:{Destination.Secret}@127.0.0.1:{target.Endpoint.Port}/x?{Destination.Secret}\r\nContent-Length: 0\r\n\r\n");
        SendResult result = await Destination.SendOnceAsync(Destination.Of(OtlpProtocol.HttpJson, server.Endpoint));
        Assert.Equal(SendOutcome.Refused, result.Outcome);
        Assert.Contains($"answered {status}, a redirect to http://127.0.0.1:{target.Endpoint.Port}/x?***", result.Message, StringComparison.Ordinal);
        Assert.Empty(target.Heads);
        Assert.DoesNotContain(Destination.Secret, result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Items_025_032_The_request_is_a_post_with_a_length_and_asks_for_nothing()
    {
        await using RawServer server = RawServer.Start("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nSet-Cookie: a=b\r\n\r\n");
        await Destination.SendOnceAsync(Destination.Of(OtlpProtocol.HttpJson, server.Endpoint));
        string head = Assert.Single(server.Heads);
        Assert.StartsWith("POST /v1/logs HTTP/1.1\r\n", head, StringComparison.Ordinal);
        Assert.Contains("Content-Type: application/json\r\n", head, StringComparison.Ordinal);
        Assert.Contains("Content-Length: ", head, StringComparison.Ordinal);
        Assert.DoesNotContain("Expect", head, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Accept-Encoding", head, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Content-Encoding", head, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Transfer-Encoding", head, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Item_028_The_path_and_query_of_the_endpoint_go_out_as_they_were_written()
    {
        await using RawServer server = RawServer.Start("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        string url = $"http://127.0.0.1:{server.Endpoint.Port}/a/../%7eb//c?q=%2F&r";
        OtlpDestination destination = Configuration.Resolving.Traces("--protocol http/json", $"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT={url}");
        await Destination.SendOnceAsync(destination);
        Assert.StartsWith("POST /a/../%7eb//c?q=%2F&r HTTP/1.1\r\n", Assert.Single(server.Heads), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tls_failure_is_retryable_and_says_so()
    {
        await using RawServer server = RawServer.Start("");
        Uri endpoint = new(server.Endpoint.OriginalString.Replace("http:", "https:", StringComparison.Ordinal));
        SendResult result = await Destination.SendOnceAsync(Destination.Of(OtlpProtocol.HttpJson, endpoint) with { Timeout = TimeSpan.FromSeconds(2) });
        Assert.Equal(SendOutcome.Retryable, result.Outcome);
        Assert.Contains(endpoint.Port.ToString(CultureInfo.InvariantCulture), result.Message, StringComparison.Ordinal);
    }

    private sealed class NewYear2038 : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2038, 1, 1, 0, 0, 0, TimeSpan.Zero);
    }
}
