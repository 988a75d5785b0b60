using System.Globalization;
using System.Text.Json;
using CsCheck;
using Google.Protobuf;
using OpencodeOtel.Otlp.Messages;
using OpencodeOtel.Otlp.Model;
using Wire = OpenTelemetry.Proto;

namespace OpencodeOtel.Otlp.Tests.Messages;

/// <summary>The rules of the two wire forms, one by one.</summary>
public sealed class EncodingRuleTests
{
    [Theory]
    [InlineData("D800", "\uFFFD")]
    [InlineData("DC00", "\uFFFD")]
    [InlineData("0061 D800 0062", "a\uFFFDb")]
    [InlineData("DC00 D800", "\uFFFD\uFFFD")]
    [InlineData("D83D DE00", "\U0001F600")]
    public void Items_098_100_A_lone_surrogate_is_replaced_wherever_a_text_can_be(string units, string expected)
    {
        // By number: metadata, which holds these rows, has no lone surrogates.
        string text = string.Concat(units.Split(' ').Select(unit => (char)int.Parse(unit, NumberStyles.HexNumber, CultureInfo.InvariantCulture)));
        Wire.Trace.V1.Span span = Read<Wire.Trace.V1.Span>(Encoded.Item<SpanEncoder, Span>(WireForm.Protobuf, new Span
        {
            Name = text,
            TraceState = text,
            StatusCode = StatusCode.Error,
            StatusMessage = text,
            Attributes = new KeyValue[] { new(text, text), new("nested", AnyValue.FromArray(text)) },
            Events = new SpanEvent[] { new() { Name = text } },
        }));

        Assert.Equal((expected, expected, expected), (span.Name, span.TraceState, span.Status.Message));
        Assert.Equal((expected, expected), (span.Attributes[0].Key, span.Attributes[0].Value.StringValue));
        Assert.Equal((expected, expected), (span.Attributes[1].Value.ArrayValue.Values[0].StringValue, span.Events[0].Name));
    }

    [Fact]
    public void Item_101_A_length_is_the_shortest_that_holds_it_at_every_width()
    {
        foreach (int length in new[] { 0, 1, 100, 127, 128, 129, 16_000, 16_383, 16_384 })
        {
            var wire = new Wire.Logs.V1.LogRecord { EventName = new string('x', length) };
            byte[] ours = Encoded.Item<LogRecordEncoder, LogRecord>(WireForm.Protobuf, new LogRecord { EventName = wire.EventName });
            Assert.Equal(new Wire.Logs.V1.ScopeLogs { LogRecords = { wire } }.ToByteArray(), ours);
        }
    }

    [Fact]
    public void Item_103_What_is_absent_from_a_histogram_differs_from_zero_in_both_forms()
    {
        var absent = new HistogramDataPoint { Count = 1 };
        var zero = new HistogramDataPoint { Count = 1, Sum = 0.0, Min = 0.0, Max = 0.0 };

        Wire.Metrics.V1.HistogramDataPoint without = Read<Wire.Metrics.V1.HistogramDataPoint>(Encoded.Item<HistogramDataPointEncoder, HistogramDataPoint>(WireForm.Protobuf, absent));
        Wire.Metrics.V1.HistogramDataPoint with = Read<Wire.Metrics.V1.HistogramDataPoint>(Encoded.Item<HistogramDataPointEncoder, HistogramDataPoint>(WireForm.Protobuf, zero));
        Assert.Equal((false, false, false), (without.HasSum, without.HasMin, without.HasMax));
        Assert.Equal((true, true, true), (with.HasSum, with.HasMin, with.HasMax));

        Encoded.AssertJson("""{"count":"1"},""", Encoded.Item<HistogramDataPointEncoder, HistogramDataPoint>(WireForm.Json, absent));
        Encoded.AssertJson("""{"count":"1","sum":0,"min":0,"max":0},""", Encoded.Item<HistogramDataPointEncoder, HistogramDataPoint>(WireForm.Json, zero));
    }

    [Fact]
    public void Item_104_A_null_value_is_there_and_empty()
    {
        Wire.Trace.V1.Span span = Read<Wire.Trace.V1.Span>(
            Encoded.Item<SpanEncoder, Span>(WireForm.Protobuf, new Span { Attributes = new KeyValue[] { new("k", (string?)null) } }));

        Assert.Equal(Wire.Common.V1.AnyValue.ValueOneofCase.None, Assert.Single(span.Attributes).Value.ValueCase);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("00", "AA==")]
    [InlineData("0001", "AAE=")]
    [InlineData("000102", "AAEC")]
    [InlineData("fbefbe", "++++")]
    [InlineData("ffffff", "////")]
    [InlineData("fbff", "+/8=")]
    public void Item_112_Bytes_are_padded_base64_of_the_standard_alphabet(string hexadecimal, string expected) => Encoded.AssertJson(
        "\"attributes\":[{\"key\":\"k\",\"value\":{\"bytesValue\":\"" + expected + "\"}}],",
        Encoded.Attributes(WireForm.Json, new KeyValue("k", AnyValue.FromBytes(Convert.FromHexString(hexadecimal)))));

    [Theory]
    [InlineData(double.NaN, "\"NaN\"")]
    [InlineData(double.PositiveInfinity, "\"Infinity\"")]
    [InlineData(double.NegativeInfinity, "\"-Infinity\"")]
    [InlineData(0.0, "0")]
    [InlineData(-0.0, "-0")]
    [InlineData(0.1, "0.1")]
    public void Item_113_A_double_that_is_no_number_is_a_word(double value, string expected) => Assert.Equal(expected, Double(value).GetRawText());

    [Fact]
    public void Item_113_Every_other_double_comes_back_as_it_was() =>
        Random.RandomValues.Real.Where(double.IsFinite).Sample(
            value => Assert.Equal(
                BitConverter.DoubleToInt64Bits(value),
                BitConverter.DoubleToInt64Bits(double.Parse(Double(value).GetRawText(), CultureInfo.InvariantCulture))),
            iter: 5_000);

    [Theory]
    [InlineData(SpanKind.Internal, 1)]
    [InlineData(SpanKind.Server, 2)]
    [InlineData(SpanKind.Client, 3)]
    [InlineData(SpanKind.Producer, 4)]
    [InlineData(SpanKind.Consumer, 5)]
    public void Items_109_128_A_kind_of_span_is_its_number(SpanKind kind, int number)
    {
        Assert.Equal(number, (int)Read<Wire.Trace.V1.Span>(Encoded.Item<SpanEncoder, Span>(WireForm.Protobuf, new Span { Kind = kind })).Kind);
        Encoded.AssertJson($$"""{"kind":{{number}}},""", Encoded.Item<SpanEncoder, Span>(WireForm.Json, new Span { Kind = kind }));
    }

    [Theory]
    [InlineData(0x0000_0000u)]
    [InlineData(0x0000_0101u)]
    [InlineData(0x0000_0303u)]
    [InlineData(0xFFFF_FFFFu)]
    public void Items_125_126_The_flags_of_a_span_and_of_a_link_are_written_as_they_came(uint flags)
    {
        Wire.Trace.V1.Span span = Read<Wire.Trace.V1.Span>(Encoded.Item<SpanEncoder, Span>(
            WireForm.Protobuf, new Span { Flags = (SpanFlags)flags, Links = new SpanLink[] { new() { SpanId = Some.SpanId, Flags = (SpanFlags)flags } } }));

        Assert.Equal((flags, flags), (span.Flags, Assert.Single(span.Links).Flags));
    }

    [Theory]
    [InlineData((byte)0x00)]
    [InlineData((byte)0x01)]
    [InlineData((byte)0xFF)]
    public void Item_139_The_flags_of_a_log_record_have_eight_bits(byte flags) => Assert.Equal(
        flags, Read<Wire.Logs.V1.LogRecord>(Encoded.Item<LogRecordEncoder, LogRecord>(WireForm.Protobuf, new LogRecord { Flags = flags })).Flags);

    [Fact]
    public void Item_142_A_body_is_any_value()
    {
        AnyValue[] bodies = ["text", true, 0L, 0.0, AnyValue.FromBytes([1]), AnyValue.FromArray("a", 1L), AnyValue.FromList(new KeyValue("k", "v"))];
        Assert.Equal(
            ["StringValue", "BoolValue", "IntValue", "DoubleValue", "BytesValue", "ArrayValue", "KvlistValue"],
            bodies.Select(body => Read<Wire.Logs.V1.LogRecord>(
                Encoded.Item<LogRecordEncoder, LogRecord>(WireForm.Protobuf, new LogRecord { Body = body })).Body.ValueCase.ToString()));
        Assert.Null(Read<Wire.Logs.V1.LogRecord>(Encoded.Item<LogRecordEncoder, LogRecord>(WireForm.Protobuf, default)).Body);
    }

    [Fact]
    public void Item_118_Scopes_that_differ_in_anything_have_envelopes_of_their_own()
    {
        var plain = new InstrumentationScope { Name = "n", Version = "1", SchemaUrl = "s", Attributes = Some.Attribute };
        InstrumentationScope[] scopes =
        [
            plain,
            new() { Name = "other", Version = "1", SchemaUrl = "s", Attributes = Some.Attribute },
            new() { Name = "n", Version = "2", SchemaUrl = "s", Attributes = Some.Attribute },
            new() { Name = "n", Version = "1", SchemaUrl = "other", Attributes = Some.Attribute },
            new() { Name = "n", Version = "1", SchemaUrl = "s", Attributes = new KeyValue[] { new("k", "other") } },
        ];
        Wire.Trace.V1.ScopeSpans[] encoded = [.. scopes.Select(scope => Wire.Collector.Trace.V1.ExportTraceServiceRequest.Parser.ParseFrom(Encoded.Request(
            Signal.Traces, WireForm.Protobuf, new Resource(), scope, builder => builder.TryAppend(Some.Span, 1 << 20))).ResourceSpans.Single().ScopeSpans.Single())];

        Assert.Equal(["n", "other", "n", "n", "n"], encoded.Select(scope => scope.Scope.Name));
        Assert.Equal(["1", "1", "2", "1", "1"], encoded.Select(scope => scope.Scope.Version));
        Assert.Equal(["s", "s", "s", "other", "s"], encoded.Select(scope => scope.SchemaUrl));
        Assert.Equal(["v", "v", "v", "v", "other"], encoded.Select(scope => scope.Scope.Attributes.Single().Value.StringValue));
    }

    [Theory]
    [InlineData("resource", "", "resource", "")]
    [InlineData("", "scope", "", "scope")]
    [InlineData("resource", "scope", "resource", "scope")]
    public void Item_119_The_schema_of_the_resource_and_that_of_the_scope_are_apart(string resource, string scope, string outer, string inner)
    {
        Wire.Logs.V1.ResourceLogs logs = Wire.Collector.Logs.V1.ExportLogsServiceRequest.Parser.ParseFrom(Encoded.Request(
            Signal.Logs,
            WireForm.Protobuf,
            new Resource { SchemaUrl = resource },
            new InstrumentationScope { SchemaUrl = scope },
            builder => builder.TryAppend(Some.Log, 1 << 20))).ResourceLogs.Single();

        Assert.Equal((outer, inner), (logs.SchemaUrl, logs.ScopeLogs.Single().SchemaUrl));
    }

    [Fact]
    public void Item_120_The_attributes_of_a_scope_and_its_dropped_count_are_in_every_signal()
    {
        var scope = new InstrumentationScope { Attributes = Some.Attribute, DroppedAttributesCount = 7 };
        Wire.Common.V1.InstrumentationScope[] scopes =
        [
            Wire.Collector.Trace.V1.ExportTraceServiceRequest.Parser.ParseFrom(Encoded.Request(
                Signal.Traces, WireForm.Protobuf, new Resource(), scope, builder => builder.TryAppend(Some.Span, 1 << 20))).ResourceSpans[0].ScopeSpans[0].Scope,
            Wire.Collector.Logs.V1.ExportLogsServiceRequest.Parser.ParseFrom(Encoded.Request(
                Signal.Logs, WireForm.Protobuf, new Resource(), scope, builder => builder.TryAppend(Some.Log, 1 << 20))).ResourceLogs[0].ScopeLogs[0].Scope,
            Wire.Collector.Metrics.V1.ExportMetricsServiceRequest.Parser.ParseFrom(Encoded.Request(
                Signal.Metrics, WireForm.Protobuf, new Resource(), scope, builder => builder.TryAppend(new Metric { Kind = MetricKind.Gauge }, Some.Number, 1 << 20))).ResourceMetrics[0].ScopeMetrics[0].Scope,
        ];

        Assert.All(scopes, one => Assert.Equal(("k", "v", 7u), (one.Attributes.Single().Key, one.Attributes.Single().Value.StringValue, one.DroppedAttributesCount)));
    }

    private static JsonElement Double(double value)
    {
        string json = System.Text.Encoding.UTF8.GetString(Encoded.Attributes(WireForm.Json, new KeyValue("k", value)));
        using JsonDocument document = JsonDocument.Parse($"{{{json.TrimEnd(',')}}}");
        return document.RootElement.GetProperty("attributes")[0].GetProperty("value").GetProperty("doubleValue").Clone();
    }

    /// <summary>Reads the message of an item: what follows its tag and length.</summary>
    private static T Read<T>(byte[] item)
        where T : IMessage<T>, new()
    {
        var input = new CodedInputStream(item);
        Assert.NotEqual(0u, input.ReadTag());
        var message = new T();
        input.ReadMessage(message);
        Assert.True(input.IsAtEnd);
        return message;
    }
}
