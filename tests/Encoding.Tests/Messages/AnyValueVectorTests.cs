using System.Text;
using System.Text.Json;
using Google.Protobuf;
using OpencodeOtel.Otlp.Model;
using WireResource = OpenTelemetry.Proto.Resource.V1.Resource;

namespace OpencodeOtel.Otlp.Tests.Messages;

/// <summary>Attributes with every kind of value, in both forms.</summary>
public sealed class AnyValueVectorTests
{
    public static TheoryData<string, string, string> Values => new()
    {
        { "empty", "1200", "{}" },
        { "text", "1203 0a0176", """{"stringValue":"v"}""" },
        { "empty text", "1202 0a00", """{"stringValue":""}""" },
        { "false", "1202 1000", """{"boolValue":false}""" },
        { "true", "1202 1001", """{"boolValue":true}""" },
        { "zero", "1202 1800", """{"intValue":"0"}""" },
        { "-1", "120b 18 ffffffffffffffffff01", """{"intValue":"-1"}""" },
        { "300", "1203 18 ac02", """{"intValue":"300"}""" },
        { "0.0", "1209 21 0000000000000000", """{"doubleValue":0}""" },
        { "-0.0", "1209 21 0000000000000080", """{"doubleValue":-0}""" },
        { "0.1", "1209 21 9a9999999999b93f", """{"doubleValue":0.1}""" },
        { "NaN", "1209 21 000000000000f8ff", """{"doubleValue":"NaN"}""" },
        { "infinity", "1209 21 000000000000f07f", """{"doubleValue":"Infinity"}""" },
        { "-infinity", "1209 21 000000000000f0ff", """{"doubleValue":"-Infinity"}""" },
        { "bytes", "1204 3a02 fbff", """{"bytesValue":"+/8="}""" },
        { "no bytes", "1202 3a00", """{"bytesValue":""}""" },
        { "array", "1209 2a07 0a03 0a0176 0a00", """{"arrayValue":{"values":[{"stringValue":"v"},{}]}}""" },
        { "empty array", "1202 2a00", """{"arrayValue":{}}""" },
        { "list", "1209 3207 0a05 0a0161 1200", """{"kvlistValue":{"values":[{"key":"a","value":{}}]}}""" },
        { "empty list", "1202 3200", """{"kvlistValue":{}}""" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Items_102_104_105_A_value_of_each_kind_is_written_also_at_its_default(string name, string protobuf, string json)
    {
        string value = string.Concat(protobuf.Where(char.IsAsciiHexDigit));
        Encoded.AssertBytes($"0a {(value.Length / 2) + 3:x2} 0a016b {value}", Encoded.Attributes(WireForm.Protobuf, new KeyValue("k", Named(name))));
        Encoded.AssertJson("\"attributes\":[{\"key\":\"k\",\"value\":" + json + "}],", Encoded.Attributes(WireForm.Json, new KeyValue("k", Named(name))));
    }

    [Fact]
    public void An_empty_key_is_left_out()
    {
        Encoded.AssertBytes("0a05 1203 0a0176", Encoded.Attributes(WireForm.Protobuf, new KeyValue("", "v")));
        Encoded.AssertJson("""
            "attributes":[{"value":{"stringValue":"v"}}],
            """, Encoded.Attributes(WireForm.Json, new KeyValue("", "v")));
    }

    [Fact]
    public void Item_100_What_JSON_cannot_hold_is_escaped_and_what_is_no_Unicode_is_replaced()
    {
        var attribute = new KeyValue("\"\\\b\f\n\r\t\0\u001f\u007f/", "é€\U0001F600\uD800x\uDC00");
        const string Key = """\"\\\b\f\n\r\t\u0000\u001f""" + "\u007f/";
        Encoded.AssertJson(
            "\"attributes\":[{\"key\":\"" + Key + "\",\"value\":{\"stringValue\":\"é€\U0001F600\uFFFDx\uFFFD\"}}],",
            Encoded.Attributes(WireForm.Json, attribute));
    }

    [Fact]
    public void Item_100_Invalid_UTF8_is_replaced_when_it_is_taken()
    {
        var attribute = new KeyValue(OtlpString.FromUtf8([0x61, 0xFF]), OtlpString.FromUtf8([0xE2, 0x82]));
        Encoded.AssertJson(
            "\"attributes\":[{\"key\":\"a\uFFFD\",\"value\":{\"stringValue\":\"\uFFFD\"}}],", Encoded.Attributes(WireForm.Json, attribute));
    }

    [Theory]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(100_000)]
    public void Item_133_A_value_nested_deeper_than_the_limit_is_empty(int depth)
    {
        AnyValue arrays = "leaf";
        AnyValue lists = "leaf";
        for (int level = 0; level < depth; level++)
        {
            arrays = AnyValue.FromArray(arrays);
            lists = AnyValue.FromList(new KeyValue("k", lists));
        }

        int expected = Math.Min(depth, AnyValue.DepthLimit);
        foreach (AnyValue value in new[] { arrays, lists })
        {
            byte[] protobuf = Encoded.Attributes(WireForm.Protobuf, new KeyValue("k", value));
            byte[] json = Encoded.Attributes(WireForm.Json, new KeyValue("k", value));
            using var input = CodedInputStream.CreateWithLimits(new MemoryStream(protobuf), int.MaxValue, 1_000);
            string oracle = JsonFormatter.Default.Format(WireResource.Parser.ParseFrom(input));
            Assert.Equal(expected, Count(oracle, "\"values\""));
            Assert.Equal(depth <= AnyValue.DepthLimit ? 1 : 0, Count(oracle, "leaf"));
            using JsonDocument ours = JsonDocument.Parse($"{{{Encoding.UTF8.GetString(json).TrimEnd(',')}}}", new JsonDocumentOptions { MaxDepth = 1_000 });
            using JsonDocument theirs = JsonDocument.Parse(oracle, new JsonDocumentOptions { MaxDepth = 1_000 });
            Assert.True(JsonElement.DeepEquals(theirs.RootElement, ours.RootElement));
        }
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static AnyValue Named(string name) => name switch
    {
        "empty" => default,
        "text" => "v",
        "empty text" => "",
        "false" => false,
        "true" => true,
        "zero" => 0L,
        "-1" => -1L,
        "300" => 300L,
        "0.0" => 0.0,
        "-0.0" => -0.0,
        "0.1" => 0.1,
        "NaN" => double.NaN,
        "infinity" => double.PositiveInfinity,
        "-infinity" => double.NegativeInfinity,
        "bytes" => AnyValue.FromBytes([0xFB, 0xFF]),
        "no bytes" => AnyValue.FromBytes([]),
        "array" => AnyValue.FromArray("v", default),
        "empty array" => AnyValue.FromArray(),
        "list" => AnyValue.FromList(new KeyValue("a", default)),
        "empty list" => AnyValue.FromList(),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such value."),
    };
}
