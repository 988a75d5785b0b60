using System.Text;
using OpencodeOtel.TestCollector;
using OpenTelemetry.Proto.Collector.Trace.V1;
using OpenTelemetry.Proto.Common.V1;
using OpenTelemetry.Proto.Logs.V1;
using OpenTelemetry.Proto.Metrics.V1;
using OpenTelemetry.Proto.Trace.V1;

namespace OpencodeOtel.Conformance.Collector;

public sealed class OtlpJsonTests
{
    [Fact]
    public void A_whole_request_reads_as_the_message_that_it_stands_for() =>
        Assert.Equal(Sample.Traces(), Parse<ExportTraceServiceRequest>(Sample.TracesJson));

    [Fact]
    public void Ids_are_hex_in_either_case_in_spans_links_logs_and_exemplars()
    {
        const string json = """{"traceId":"5B8EFFF798038103d269b633813fc60c","spanId":"EEE19b7ec3c1b174"}""";
        Assert.Equal(Sample.Hex("5b8efff798038103d269b633813fc60c"), Parse<Span>(json).TraceId);
        Assert.Equal(Sample.Hex("eee19b7ec3c1b174"), Parse<Span.Types.Link>(json).SpanId);
        Assert.Equal(Sample.Hex("5b8efff798038103d269b633813fc60c"), Parse<LogRecord>(json).TraceId);
        Assert.Equal(Sample.Hex("eee19b7ec3c1b174"), Parse<Exemplar>(json).SpanId);
    }

    [Theory]
    [InlineData("W47/95gDgQPSabYzgT/GDA==")] // base64, as proto3 JSON would have it
    [InlineData("5b8efff798038103d269b633813fc60")]
    [InlineData("5b8efff798038103d269b633813fc60c00")]
    [InlineData("5b8efff7-98038103-d269b633813fc6")]
    [InlineData("5b8efff798038103d269b633813fc60g")]
    public void A_trace_id_that_is_not_32_hex_digits_is_an_error(string id)
    {
        string json = $$"""{"scopeSpans":[{"spans":[{},{"traceId":"{{id}}"}]}]}""";
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Parse<ResourceSpans>(json));
        Assert.StartsWith(
            "scopeSpans.[0].spans.[1].traceId: expected 32 hex digits", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"18446744073709551615\"", ulong.MaxValue)]
    [InlineData("18446744073709551615", ulong.MaxValue)]
    [InlineData("9007199254740993", 9007199254740993)] // 2^53 + 1, which no double holds
    [InlineData("1e3", 1000)]
    public void A_64_bit_integer_may_be_a_string_or_a_number_and_loses_no_digit(string value, ulong expected) =>
        Assert.Equal(expected, Parse<Span>($$"""{"startTimeUnixNano":{{value}}}""").StartTimeUnixNano);

    [Theory]
    [InlineData("""{"asInt":"-9223372036854775808"}""", long.MinValue)]
    [InlineData("""{"asInt":-9223372036854775808}""", long.MinValue)]
    [InlineData("""{"asInt":"0"}""", 0)]
    public void A_signed_integer_reads_likewise(string json, long expected)
    {
        NumberDataPoint point = Parse<NumberDataPoint>(json);
        Assert.Equal(NumberDataPoint.ValueOneofCase.AsInt, point.ValueCase);
        Assert.Equal(expected, point.AsInt);
    }

    [Fact]
    public void An_enum_is_an_integer()
    {
        Assert.Equal(SeverityNumber.Info, Parse<LogRecord>("""{"severityNumber":9}""").SeverityNumber);
        Assert.Equal(99, (int)Parse<LogRecord>("""{"severityNumber":99}""").SeverityNumber);
    }

    [Fact]
    public void Doubles_know_the_values_that_are_no_numbers()
    {
        HistogramDataPoint point = Parse<HistogramDataPoint>(
            """{"sum":"NaN","min":"-Infinity","max":"Infinity","explicitBounds":[0.1,5e-324]}""");
        Assert.Equal((double.NaN, double.NegativeInfinity, double.PositiveInfinity), (point.Sum, point.Min, point.Max));
        Assert.Equal([0.1, double.Epsilon], point.ExplicitBounds);
    }

    [Theory]
    [InlineData("-_8=")]
    [InlineData("+/8=")]
    [InlineData("-_8")]
    [InlineData("+/8")]
    public void Bytes_are_base64_of_either_alphabet_padded_or_not(string value) =>
        Assert.Equal(Sample.Hex("FBFF"), Parse<AnyValue>($$"""{"bytesValue":"{{value}}"}""").BytesValue);

    [Fact]
    public void Names_of_the_proto_file_and_unknown_members_are_ignored_whatever_they_hold()
    {
        const string json =
            """{"trace_id":"zz","start_time_unix_nano":{},"new":[{"traceId":"zz","kind":"SERVER"}],"name":"kept"}""";
        Assert.Equal(new Span { Name = "kept" }, Parse<Span>(json));
    }

    [Fact]
    public void Null_is_the_default() =>
        Assert.Equal(new Span(), Parse<Span>("""{"traceId":null,"kind":null,"attributes":null,"status":null}"""));

    [Fact]
    public void Attribute_values_nest_as_deep_as_the_specification_allows()
    {
        const int depth = 64;
        string json = string.Concat(Enumerable.Repeat("""{"kvlistValue":{"values":[{"key":"k","value":""", depth))
            + """{"boolValue":false}""" + string.Concat(Enumerable.Repeat("}]}}", depth));
        AnyValue value = Parse<AnyValue>(json);
        for (int level = 0; level < depth; level++)
        {
            value = Assert.Single(value.KvlistValue.Values).Value;
        }

        Assert.Equal(AnyValue.ValueOneofCase.BoolValue, value.ValueCase);
    }

    [Theory]
    [InlineData("""{"kind":"SPAN_KIND_SERVER"}""")]
    [InlineData("""{"kind":"2"}""")]
    [InlineData("""{"kind":1.5}""")]
    [InlineData("""{"flags":"1"}""")]
    [InlineData("""{"flags":-1}""")]
    [InlineData("""{"startTimeUnixNano":"1.5"}""")]
    [InlineData("""{"startTimeUnixNano":"-1"}""")]
    [InlineData("""{"startTimeUnixNano":"18446744073709551616"}""")]
    [InlineData("""{"startTimeUnixNano":true}""")]
    [InlineData("""{"name":1}""")]
    [InlineData("""{"name":"a","name":"b"}""")]
    [InlineData("""{"name":"\ud800"}""")]
    [InlineData("""{"attributes":{}}""")]
    [InlineData("""{"attributes":[null]}""")]
    [InlineData("""{"attributes":[{"key":"k","value":{"intValue":"1","boolValue":true}}]}""")]
    [InlineData("""{"attributes":[{"key":"k","value":{"bytesValue":"*"}}]}""")]
    [InlineData("""{"attributes":[{"key":"k","value":"v"}]}""")]
    [InlineData("""{"status":[]}""")]
    [InlineData("""{"name":"a"} {"name":"b"}""")]
    [InlineData("""{"name":"a",}""")]
    [InlineData("""{"name":"a""")]
    [InlineData("[]")]
    [InlineData("")]
    public void What_breaks_a_rule_is_an_error(string json) =>
        Assert.Throws<InvalidDataException>(() => Parse<Span>(json));

    [Fact]
    public void Text_that_is_not_utf8_is_an_error()
    {
        byte[] json = "{'name':'?'}"u8.ToArray();
        json.AsSpan().Replace((byte)'\'', (byte)'"');
        Assert.Equal("?", OtlpJson.Parse<Span>(json).Name);
        json.AsSpan().Replace((byte)'?', (byte)0xFF);
        Assert.Throws<InvalidDataException>(() => OtlpJson.Parse<Span>(json));
    }

    private static T Parse<T>(string json)
        where T : Google.Protobuf.IMessage<T>, new() => OtlpJson.Parse<T>(Encoding.UTF8.GetBytes(json));
}
