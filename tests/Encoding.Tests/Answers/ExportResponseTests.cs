using System.Text;
using CsCheck;
using Google.Protobuf;
using OpencodeOtel.Otlp.Model;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;

namespace OpencodeOtel.Otlp.Tests.Answers;

/// <summary>What a server says about a request that it took.</summary>
public sealed class ExportResponseTests
{
    public static TheoryData<string, long, string?> JsonAnswers => new()
    {
        { "", 0, null },
        { "{}", 0, null },
        { "null", 0, null },
        { "[]", 0, null },
        { "\"text\"", 0, null },
        { "<html>Not found</html>", 0, null },
        { """{"partialSuccess":{}}""", 0, null },
        { """{"partialSuccess":null}""", 0, null },
        { """{"partialSuccess":5}""", 0, null },
        { """{"partialSuccess":{"rejectedSpans":"7","errorMessage":"m"}}""", 7, "m" },
        { """{"partialSuccess":{"rejectedSpans":7}}""", 7, null },
        { """{"partialSuccess":{"rejectedSpans":7.0}}""", 7, null },
        { """{"partialSuccess":{"rejectedSpans":"7e1"}}""", 70, null },
        { """{"partialSuccess":{"rejectedSpans":7.5}}""", 0, null },
        { """{"partialSuccess":{"rejectedSpans":-7}}""", 0, null },
        { """{"partialSuccess":{"rejectedSpans":"-7"}}""", 0, null },
        { """{"partialSuccess":{"rejectedSpans":"9223372036854775807"}}""", long.MaxValue, null },
        { """{"partialSuccess":{"rejectedSpans":1e400}}""", 0, null },
        { """{"partialSuccess":{"rejectedSpans":"many"}}""", 0, null },
        { """{"partialSuccess":{"rejectedSpans":{"a":[1]},"errorMessage":["x"]}}""", 0, null },
        { """{"partialSuccess":{"rejectedSpans":null,"errorMessage":null}}""", 0, null },
        { """{"partialSuccess":{"rejected_spans":"7","error_message":"m"}}""", 0, null },
        { """{"partial_success":{"rejectedSpans":"7"}}""", 0, null },
        { """{"new":[{"partialSuccess":{"rejectedSpans":"1"}}],"partialSuccess":{"more":{},"errorMessage":"only a warning"}}""", 0, "only a warning" },
        { """{"partialSuccess":{"errorMessage":""}}""", 0, null },
        { """{"partialSuccess":{"error\u004dessage":"\u00e9"}}""", 0, "é" },
        { """{"partialSuccess":{"rejectedSpans":"7"}} trailing""", 0, null },
        { """{"partialSuccess":{"rejectedSpans":"7"}""", 0, null },
        { "\uFEFF{\"partialSuccess\":{\"rejectedSpans\":\"7\"}}", 7, null },
        { """{"":1,"partialSuccess":{"":2,"rejectedSpans":3}}""", 3, null },
    };

    [Theory]
    [MemberData(nameof(JsonAnswers))]
    public void JSON(string body, long rejected, string? message) => Assert.Equal(
        new ExportResponse(rejected, message), ExportResponse.Read(Encoding.UTF8.GetBytes(body), WireForm.Json, Signal.Traces));

    [Theory]
    [InlineData("rejectedSpans", Signal.Traces)]
    [InlineData("rejectedDataPoints", Signal.Metrics)]
    [InlineData("rejectedLogRecords", Signal.Logs)]
    public void JSON_has_a_name_for_each_signal(string name, Signal signal)
    {
        byte[] body = Encoding.UTF8.GetBytes($$$"""{"partialSuccess":{"{{{name}}}":"2"}}""");
        foreach (Signal other in Enum.GetValues<Signal>())
        {
            Assert.Equal(other == signal ? 2 : 0, ExportResponse.Read(body, WireForm.Json, other).RejectedItems);
        }
    }

    [Theory]
    [InlineData("", 0, null)]
    [InlineData("0a00", 0, null)]
    [InlineData("0a02 0807", 7, null)]
    [InlineData("0a05 0807 12016d", 7, "m")]
    [InlineData("0a03 12016d", 0, "m")]
    [InlineData("0a0b 08 ffffffffffffffffff01", 0, null)] // -1
    [InlineData("0a02 0807 0a03 12016d", 7, "m")] // a message sent in two parts is one
    [InlineData("1801 0a06 0807 2002 1200 2200", 7, null)] // unknown fields, of every kind below
    [InlineData("21 0000000000000000 2d 00000000 0a02 0807", 7, null)]
    [InlineData("0807", 0, null)] // partial_success as a number: not it
    [InlineData("0a03 0a0107", 0, null)] // rejected as bytes: not it
    [InlineData("0a03 1201ff", 0, "\uFFFD")]
    [InlineData("0a05 0807", 0, null)] // cut off
    [InlineData("0a02 0887", 0, null)]
    [InlineData("0a0a 08 ffffffffffffffffff", 0, null)]
    [InlineData("0a02 0807 ffffffffffffffffffffff", 0, null)]
    [InlineData("0b 0c", 0, null)] // groups
    [InlineData("00", 0, null)] // field number 0
    [InlineData("0aff ffffffffffffffff01", 0, null)] // a length beyond everything
    public void Protobuf(string hexadecimal, long rejected, string? message)
    {
        byte[] body = Convert.FromHexString(hexadecimal.Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal(new ExportResponse(rejected, message), ExportResponse.Read(body, WireForm.Protobuf, Signal.Traces));
    }

    [Fact]
    public void What_the_generated_classes_write_is_read_in_both_forms() =>
        Gen.Select(Gen.Long[0, long.MaxValue], Random.RandomValues.Text.Where(text => text.Length <= 400)).Sample((rejected, text) =>
        {
            var traces = new ExportTraceServiceResponse { PartialSuccess = new() { RejectedSpans = rejected, ErrorMessage = text } };
            var metrics = new ExportMetricsServiceResponse { PartialSuccess = new() { RejectedDataPoints = rejected, ErrorMessage = text } };
            var logs = new ExportLogsServiceResponse { PartialSuccess = new() { RejectedLogRecords = rejected, ErrorMessage = text } };
            string valid = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
            var expected = new ExportResponse(rejected, valid.Length == 0 ? null : valid);
            Assert.Equal(expected, ExportResponse.Read(traces.ToByteArray(), WireForm.Protobuf, Signal.Traces));
            Assert.Equal(expected, ExportResponse.Read(metrics.ToByteArray(), WireForm.Protobuf, Signal.Metrics));
            Assert.Equal(expected, ExportResponse.Read(logs.ToByteArray(), WireForm.Protobuf, Signal.Logs));
            string json = JsonFormatter.Default.Format(ExportTraceServiceResponse.Parser.ParseFrom(traces.ToByteArray()));
            Assert.Equal(expected, ExportResponse.Read(Encoding.UTF8.GetBytes(json), WireForm.Json, Signal.Traces));
        });

    [Theory]
    [InlineData("a", 4_096)]
    [InlineData("ü", 4_096)]
    [InlineData("€", 4_096)]
    [InlineData("\U0001F600", 4_096)]
    [InlineData("\U0001F600a", 4_096)]
    public void A_long_message_is_cut_between_characters(string unit, int most)
    {
        string text = string.Concat(Enumerable.Repeat(unit, 10_000));
        var response = new ExportTraceServiceResponse { PartialSuccess = new() { ErrorMessage = text } };
        foreach ((byte[] body, WireForm form) in new[]
        {
            (response.ToByteArray(), WireForm.Protobuf),
            (Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(response)), WireForm.Json),
        })
        {
            string message = ExportResponse.Read(body, form, Signal.Traces).ErrorMessage!;
            Assert.InRange(message.Length, most - 1, most);
            Assert.StartsWith(message, text, StringComparison.Ordinal);
            Assert.False(char.IsHighSurrogate(message[^1]));
        }
    }
}
