using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Exporting;

namespace OpencodeOtel.Pipeline.Tests.Exporting;

/// <summary>gRPC where no server of a library would go: frame by frame.</summary>
public class GrpcWireTests
{
    private static readonly (string, string) Ok = (":status", "200");
    private static readonly (string, string) Grpc = ("content-type", "application/grpc");

    [Theory]
    [InlineData(0, "Accepted")]
    [InlineData(14, "Retryable")]
    [InlineData(13, "Refused")]
    [InlineData(99, "Refused")] // A code that nobody knows.
    public async Task Item_022_A_status_may_come_in_trailers(int status, string outcome) => Assert.Equal(outcome, await SendAsync(async call =>
    {
        await call.HeadersAsync(end: false, Ok, Grpc);
        await call.MessageAsync(end: false);
        await call.HeadersAsync(end: true, Status(status));
    }));

    [Theory]
    [InlineData(14, "Retryable")]
    [InlineData(16, "Unauthenticated")]
    [InlineData(3, "Refused")]
    public async Task Item_022_A_status_may_come_with_the_headers_and_nothing_after(int status, string outcome) =>
        Assert.Equal(outcome, await SendAsync(call => call.HeadersAsync(end: true, Ok, Grpc, Status(status))));

    [Theory] // The table of gRPC's HTTP/2 mapping.
    [InlineData(0, "Retryable")] // NO_ERROR is also what the client makes of a connection that was closed in order.
    [InlineData(1, "Retryable")] // PROTOCOL_ERROR is also what the client makes of a peer that speaks something else.
    [InlineData(2, "Refused")]
    [InlineData(3, "Refused")]
    [InlineData(6, "Refused")]
    [InlineData(7, "Retryable")]
    [InlineData(8, "Retryable")]
    [InlineData(9, "Refused")]
    [InlineData(11, "Refused")]
    [InlineData(12, "Unauthenticated")]
    public async Task Item_022_A_reset_stream_has_the_status_of_its_error(int error, string outcome) =>
        Assert.Equal(outcome, await SendAsync(call => call.ResetAsync(error)));

    [Fact]
    public async Task Item_022_A_connection_that_is_cut_is_retryable()
    {
        Assert.Equal("Retryable", await SendAsync(call => call.CutAsync()));
        Assert.Equal("Retryable", await SendAsync(async call =>
        {
            await call.HeadersAsync(end: false, Ok, Grpc);
            await call.CutAsync();
        }));
    }

    [Fact]
    public async Task Item_022_An_answer_without_trailers_says_nothing_of_what_became_of_the_request() => Assert.Equal("Retryable", await SendAsync(async call =>
    {
        await call.HeadersAsync(end: false, Ok, Grpc);
        await call.MessageAsync(end: true);
    }));

    [Theory]
    [InlineData(400, "Refused")]
    [InlineData(401, "Unauthenticated")]
    [InlineData(403, "Unauthenticated")]
    [InlineData(404, "Refused")]
    [InlineData(408, "Refused")]
    [InlineData(429, "Retryable")]
    [InlineData(500, "Refused")]
    [InlineData(502, "Retryable")]
    [InlineData(503, "Retryable")]
    [InlineData(504, "Retryable")]
    [InlineData(307, "Refused")]
    public async Task Item_023_An_http_status_without_one_of_grpc_is_mapped(int status, string outcome) => Assert.Equal(outcome, await SendAsync(call =>
        call.HeadersAsync(end: true, (":status", status.ToString(CultureInfo.InvariantCulture)), ("content-type", "text/html"), ("location", "http://elsewhere.invalid/"))));

    [Fact]
    public async Task Item_024_A_request_that_a_going_server_did_not_look_at_is_sent_again_at_once_elsewhere()
    {
        await using RawHttp2Server server = RawHttp2Server.Start(async call =>
        {
            if (call.Connection == 1)
            {
                await call.GoAwayAsync(lastStream: 0, error: 0);
                return;
            }

            await call.HeadersAsync(end: false, Ok, Grpc);
            await call.MessageAsync(end: false);
            await call.HeadersAsync(end: true, Status(0));
        });
        SendResult result = await Destination.SendOnceAsync(Destination.Of(OtlpProtocol.Grpc, server.Endpoint) with { Timeout = TimeSpan.FromMinutes(1) });
        Assert.Equal(new SendResult(SendOutcome.Accepted, Status: 0), result);
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task A_server_that_goes_after_it_has_looked_is_asked_again_later() => Assert.Equal("Retryable", await SendAsync(async call =>
    {
        await call.GoAwayAsync(lastStream: 1, error: 0);
        await call.CutAsync();
    }));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Item_014_Retry_info_is_read_with_padding_or_without(bool padded)
    {
        RetryInfo retry = new() { RetryDelay = Duration.FromTimeSpan(TimeSpan.FromSeconds(3)) };
        string text = Enumerable.Range(1, 3)
            .Select(length => new Google.Rpc.Status { Code = 8, Message = new string('x', length), Details = { Any.Pack(retry) } })
            .Select(details => Convert.ToBase64String(details.ToByteArray()))
            .First(text => text.EndsWith('='));
        SendResult result = await ResultAsync(call => call.HeadersAsync(
            end: true, Ok, Grpc, Status(8), ("grpc-status-details-bin", padded ? text : text.TrimEnd('='))));
        Assert.Equal((SendOutcome.Retryable, TimeSpan.FromSeconds(3)), (result.Outcome, result.RetryDelay));
    }

    [Theory]
    [InlineData("!!!! this is no base64 !!!!")]
    [InlineData("AAAA")]
    [InlineData("")]
    public async Task Item_013_Junk_in_place_of_retry_info_is_none(string details)
    {
        SendResult result = await ResultAsync(call => call.HeadersAsync(end: true, Ok, Grpc, Status(14), ("grpc-status-details-bin", details)));
        Assert.Equal((SendOutcome.Retryable, (TimeSpan?)null), (result.Outcome, result.RetryDelay));
    }

    [Theory]
    [InlineData(315_576_000_000, 0)]
    [InlineData(100_000, 0)]
    [InlineData(-1, 0)]
    [InlineData(0, 0)]
    [InlineData(0, -1)]
    public async Task Item_013_A_delay_beyond_belief_is_none(long seconds, int nanoseconds)
    {
        RetryInfo retry = new() { RetryDelay = new Duration { Seconds = seconds, Nanos = nanoseconds } };
        byte[] details = new Google.Rpc.Status { Details = { Any.Pack(retry) } }.ToByteArray();
        SendResult result = await ResultAsync(call => call.HeadersAsync(
            end: true, Ok, Grpc, Status(14), ("grpc-status-details-bin", Convert.ToBase64String(details))));
        Assert.Equal((SendOutcome.Retryable, (TimeSpan?)null), (result.Outcome, result.RetryDelay));
    }

    [Fact]
    public async Task Junk_in_a_message_that_comes_with_success_is_a_success() => Assert.Equal("Accepted", await SendAsync(async call =>
    {
        await call.HeadersAsync(end: false, Ok, Grpc);
        await call.MessageAsync(end: false, 0, 0xFF, 0xFF, 0xFF);
        await call.HeadersAsync(end: true, Status(0));
    }));

    [Theory]
    [InlineData("gzip")]
    [InlineData("zstd")]
    public async Task Item_019_An_answer_that_is_beyond_the_limit_only_when_unpacked_is_final_and_not_unpacked_whole(string encoding)
    {
        byte[] bomb = Pack(encoding, new byte[32 * 1024 * 1024]);
        Assert.InRange(bomb.Length, 500, 60_000); // Fits into the client's window.
        bomb.AsSpan(bomb.Length - 200).Fill(0xFF); // Who comes here has unpacked far too much, and finds it broken.
        await using RawHttp2Server server = RawHttp2Server.Start(async call =>
        {
            await call.HeadersAsync(end: false, Ok, Grpc, ("grpc-encoding", encoding));
            foreach (byte[] part in Framed(bomb).Chunk(16 * 1024))
            {
                await call.DataAsync(part);
            }

            await call.HeadersAsync(end: true, Status(0));
        });
        OtlpDestination destination = Destination.Of(OtlpProtocol.Grpc, server.Endpoint) with
        {
            Timeout = TimeSpan.FromMinutes(1),
            Compression = encoding == "zstd" ? OtlpCompression.Zstd : OtlpCompression.Gzip,
        };
        SendResult result = await Destination.SendOnceAsync(destination);
        Assert.Equal(SendOutcome.Refused, result.Outcome);
        Assert.EndsWith("is longer than 4194304 bytes and was not read", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Item_019_A_packed_answer_within_the_limit_is_read()
    {
        await using RawHttp2Server server = RawHttp2Server.Start(async call =>
        {
            await call.HeadersAsync(end: false, Ok, Grpc, ("grpc-encoding", "gzip"));
            await call.MessageAsync(end: false, 1, Pack("gzip", [10, 2, 8, 1]));
            await call.HeadersAsync(end: true, Status(0));
        });
        SendResult result = await Destination.SendOnceAsync(Destination.Of(OtlpProtocol.Grpc, server.Endpoint) with { Timeout = TimeSpan.FromMinutes(1) }, items: 3);
        Assert.Equal((SendOutcome.Accepted, 1), (result.Outcome, result.RejectedItems));
    }

    private static byte[] Pack(string encoding, byte[] message)
    {
        using MemoryStream packed = new();
        using (Stream packing = encoding == "zstd" ? new ZstdSharp.CompressionStream(packed, leaveOpen: true) : new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            packing.Write(message);
        }

        return packed.ToArray();
    }

    private static byte[] Framed(byte[] message)
    {
        byte[] framed = [1, 0, 0, 0, 0, .. message];
        BinaryPrimitives.WriteInt32BigEndian(framed.AsSpan(1), message.Length);
        return framed;
    }

    private static (string, string) Status(int code) => ("grpc-status", code.ToString(CultureInfo.InvariantCulture));

    private static async Task<string> SendAsync(Func<RawHttp2Server.Call, Task> answer) => (await ResultAsync(answer)).Outcome.ToString();

    private static async Task<SendResult> ResultAsync(Func<RawHttp2Server.Call, Task> answer)
    {
        await using RawHttp2Server server = RawHttp2Server.Start(answer);
        return await Destination.SendOnceAsync(Destination.Of(OtlpProtocol.Grpc, server.Endpoint) with { Timeout = TimeSpan.FromMinutes(1) });
    }
}
