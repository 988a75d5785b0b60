using System.Text;
using CsCheck;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using OpencodeOtel.Otlp.Answers;
using OpencodeOtel.Otlp.Model;
using OpenTelemetry.Proto.Collector.Trace.V1;

namespace OpencodeOtel.Otlp.Tests.Answers;

/// <summary>The readers of answers never throw and stay within their bounds, whatever the bytes.</summary>
public sealed class AnyBytesTests
{
    private static readonly byte[] Response = new ExportTraceServiceResponse
    {
        PartialSuccess = new() { RejectedSpans = 300, ErrorMessage = "some spans were too old \U0001F600" },
    }.ToByteArray();

    private static readonly byte[] Status = new Status
    {
        Code = 8,
        Message = "slow down",
        Details = { Any.Pack(new RetryInfo { RetryDelay = new Duration { Seconds = 2, Nanos = 5 } }) },
    }.ToByteArray();

    private static readonly byte[] ResponseJson =
        """{"partialSuccess":{"rejectedSpans":"300","errorMessage":"too old \ud83d\ude00"},"x":[1,{"y":null}]}"""u8.ToArray();

    private static readonly byte[] StatusJson =
        """{"code":8,"message":"slow\ndown","details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"2.5s"}]}"""u8.ToArray();

    private static readonly Gen<byte[]> Valid = Gen.OneOf(Response, Status, ResponseJson, StatusJson);

    [Fact]
    public void Random_bytes_are_survived() => Gen.Byte.Array[0, 200].Sample(ReadAll, iter: 20_000);

    [Fact]
    public void Valid_answers_with_bytes_changed_are_survived() =>
        Gen.Select(Valid, Gen.Select(Gen.Int[0, 1_000], Gen.Byte).Array[1, 6]).Sample((valid, changes) =>
        {
            byte[] bytes = [.. valid];
            foreach ((int at, byte value) in changes)
            {
                bytes[at % bytes.Length] = value;
            }

            ReadAll(bytes);
        }, iter: 20_000);

    [Fact]
    public void Valid_answers_cut_off_or_put_together_are_survived() =>
        Gen.Select(Valid, Valid, Gen.Int[0, 1_000], Gen.Int[0, 1_000]).Sample((first, second, a, b) =>
            ReadAll([.. first.AsSpan(0, a % (first.Length + 1)), .. second.AsSpan(b % (second.Length + 1))]), iter: 20_000);

    [Theory]
    [InlineData("[", WireForm.Json)]
    [InlineData("{\"partialSuccess\":", WireForm.Json)]
    [InlineData("{\"details\":[", WireForm.Json)]
    [InlineData("\n\u007f", WireForm.Protobuf)] // a message in a message
    public void Deep_nesting_is_survived(string opening, WireForm form)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(opening, 100_000)));
        Assert.Equal(default, ExportResponse.Read(bytes, form, Signal.Traces));
        RpcStatus.TryRead(bytes, form, out RpcStatus status);
        Assert.Null(status.Message);
    }

    private static void ReadAll(byte[] bytes)
    {
        foreach (WireForm form in System.Enum.GetValues<WireForm>())
        {
            foreach (Signal signal in System.Enum.GetValues<Signal>())
            {
                ExportResponse response = ExportResponse.Read(bytes, form, signal);
                Assert.True(response.RejectedItems >= 0);
                AssertBound(response.ErrorMessage);
            }

            bool read = RpcStatus.TryRead(bytes, form, out RpcStatus status);
            Assert.True(read || status == default);
            AssertBound(status.Message);
            Assert.True(status.RetryDelay is not { } delay || (delay > TimeSpan.Zero && delay <= RetryDelay.Longest && status.HasRetryInfo));
        }
    }

    private static void AssertBound(string? text) => Assert.True(text is null || text.Length is > 0 and <= AnswerText.MaxLength);
}
