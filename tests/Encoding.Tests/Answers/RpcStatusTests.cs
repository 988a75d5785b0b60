using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Otlp.Tests.Answers;

/// <summary>What a server says when it refuses.</summary>
public sealed class RpcStatusTests
{
    public static TheoryData<long, int, double?> Delays => new()
    {
        { 0, 0, null },
        { 3, 0, 3 },
        { 3, 500_000_000, 3.5 },
        { 0, 1, 0.0000001 }, // rounded up to the smallest TimeSpan
        { 0, 999_999_999, 1 },
        { 86_400, 0, 86_400 },
        { 86_400, 1, null }, // longer than a day is not believed
        { -1, 0, null },
        { 1, -1, null },
        { 1, 1_000_000_000, null },
        { long.MaxValue, 0, null },
        { long.MinValue, 0, null },
    };

    public static TheoryData<string, double?> JsonDelays => new()
    {
        { "3s", 3 },
        { "3.5s", 3.5 },
        { "0.000000001s", 0.0000001 },
        { "3.123456789s", 3.1234568 },
        { "0s", null },
        { "-1s", null },
        { "1.0000000000s", null },
        { "3", null },
        { "s", null },
        { ".5s", null },
        { "3.s", null },
        { "3 s", null },
        { "3.-5s", null },
        { "1e3s", null },
        { "99999999999999999999s", null },
        { "315576000001s", null },
        { "", null },
    };

    [Theory]
    [MemberData(nameof(Delays))]
    public void A_delay_in_protobuf(long seconds, int nanoseconds, double? expected)
    {
        var details = new Status { Code = 8, Message = "later" };
        details.Details.Add(Any.Pack(new Status()));
        details.Details.Add(Any.Pack(new RetryInfo { RetryDelay = new Duration { Seconds = seconds, Nanos = nanoseconds } }));
        Assert.True(RpcStatus.TryRead(details.ToByteArray(), WireForm.Protobuf, out RpcStatus status));
        Assert.Equal(new RpcStatus(8, "later", Delay(expected)) { HasRetryInfo = true }, status);
    }

    [Theory]
    [MemberData(nameof(JsonDelays))]
    public void A_delay_in_JSON(string text, double? expected)
    {
        foreach (string members in new[]
        {
            $"\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"{text}\"",
            $"\"retryDelay\":\"{text}\",\"other\":[{{}}],\"@type\":\"google.rpc.RetryInfo\"",
        })
        {
            string json = "{\"code\":8,\"details\":[5,{\"@type\":\"type.googleapis.com/x\",\"retryDelay\":\"9s\"},{" + members + "}]}";
            Assert.True(RpcStatus.TryRead(Encoding.UTF8.GetBytes(json), WireForm.Json, out RpcStatus status));
            Assert.Equal(new RpcStatus(8, null, Delay(expected)) { HasRetryInfo = true }, status);
        }
    }

    [Fact]
    public void RetryInfo_without_a_delay_is_present()
    {
        var details = new Status { Details = { Any.Pack(new RetryInfo()) } };
        Assert.True(RpcStatus.TryRead(details.ToByteArray(), WireForm.Protobuf, out RpcStatus status));
        Assert.Equal(new RpcStatus(0, null, null) { HasRetryInfo = true }, status);
        byte[] json = """{"details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo"}]}"""u8.ToArray();
        Assert.True(RpcStatus.TryRead(json, WireForm.Json, out RpcStatus same));
        Assert.Equal(status, same);
    }

    [Theory]
    [InlineData("type.googleapis.com/google.rpc.RetryInfo", true)]
    [InlineData("google.rpc.RetryInfo", true)]
    [InlineData("type.googleapis.com/not.google.rpc.RetryInfo", false)]
    [InlineData("type.googleapis.com/google.rpc.RetryInfo2", false)]
    [InlineData("", false)]
    public void A_detail_is_known_by_the_last_segment_of_its_type(string type, bool known)
    {
        var details = new Status { Code = 1, Details = { new Any { TypeUrl = type, Value = new RetryInfo().ToByteString() } } };
        Assert.True(RpcStatus.TryRead(details.ToByteArray(), WireForm.Protobuf, out RpcStatus status));
        Assert.Equal(known, status.HasRetryInfo);
    }

    [Fact]
    public void A_damaged_detail_costs_itself_only()
    {
        var details = new Status { Code = 3, Message = "m", Details = { new Any { TypeUrl = "google.rpc.RetryInfo", Value = ByteString.CopyFrom(0x0A, 0x7F) } } };
        Assert.True(RpcStatus.TryRead(details.ToByteArray(), WireForm.Protobuf, out RpcStatus status));
        Assert.Equal(new RpcStatus(3, "m", null) { HasRetryInfo = true }, status);
    }

    [Theory]
    [InlineData("""{"code":3,"message":"bad"}""", 3, "bad")]
    [InlineData("""{"message":"bad"}""", 0, "bad")]
    [InlineData("""{"code":"3"}""", 3, null)]
    [InlineData("""{"code":-1}""", -1, null)]
    [InlineData("""{"code":99999999999}""", int.MaxValue, null)]
    [InlineData("""{"code":null,"message":null,"details":null}""", 0, null)]
    [InlineData("""{"code":{},"message":[],"details":{"a":1}}""", 0, null)]
    [InlineData("""{"error":{"code":1},"message":"\ud800"}""", 0, "\\ud800")]
    public void A_status_in_JSON(string json, int code, string? message)
    {
        Assert.True(RpcStatus.TryRead(Encoding.UTF8.GetBytes(json), WireForm.Json, out RpcStatus status));
        Assert.Equal(new RpcStatus(code, message, null), status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("404 page not found")]
    [InlineData("<html></html>")]
    [InlineData("{\"error\":\"x\"}")]
    [InlineData("{\"code\":3")]
    [InlineData("{\"code\":3}}")]
    [InlineData("{\"co\\ud800de\":3}")]
    public void What_is_no_status_is_none(string body)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        Assert.False(RpcStatus.TryRead(bytes, WireForm.Json, out RpcStatus json));
        Assert.Equal(default, json);
        Assert.False(RpcStatus.TryRead(bytes, WireForm.Protobuf, out RpcStatus protobuf));
        Assert.Equal(default, protobuf);
    }

    private static TimeSpan? Delay(double? seconds) => seconds is { } value ? TimeSpan.FromTicks((long)Math.Round(value * TimeSpan.TicksPerSecond)) : null;
}
