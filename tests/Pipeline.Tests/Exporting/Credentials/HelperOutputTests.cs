using System.Text;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Exporting.Credentials;

namespace OpencodeOtel.Pipeline.Tests.Exporting.Credentials;

public class HelperOutputTests
{
    /// <summary>What is printed, and what is said of it.</summary>
    public static TheoryData<string, string> Bad => new()
    {
        { "", "printed nothing" },
        { " \r\n\t ", "printed nothing" },
        { "MARKED", "printed what is not JSON" },
        { "authorization=MARKED", "printed what is not JSON" },
        { """{"a":"MARKED" """, "printed what is not JSON" },
        { """{"a":"MARKED"} MARKED""", "printed what is not JSON" },
        { """{"a":"MARKED"}{}""", "printed what is not JSON" },
        { """{"a":"MARKED",}""", "printed what is not JSON" },
        { """{"a":1,"b":MARKED}""", "printed what is not JSON" },
        { """{"a":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[""", "printed what is not JSON" },
        { """["MARKED"] MARKED""", "printed what is not JSON" },
        { """["MARKED"]""", "printed JSON that is not an object" },
        { "\"MARKED\"", "printed JSON that is not an object" },
        { "null", "printed JSON that is not an object" },
        { "17", "printed JSON that is not an object" },
        { """{"a":"b","expires":17}""", "gives 'expires' a value that is not a string" },
        { """{"token":null}""", "gives 'token' a value that is not a string" },
        { """{"headers":{"authorization":"MARKED"},"a":1}""", "gives 'headers' a value that is not a string" },
        { """{"a":["MARKED"]}""", "gives 'a' a value that is not a string" },
        { """{"":"MARKED"}""", "gives '', a name that is not allowed as gRPC metadata" },
        { """{"bad name":"MARKED"}""", "gives 'bad name', a name that is not allowed as gRPC metadata" },
        { """{"a\nb":"MARKED"}""", "gives 'a b', a name that is not allowed as gRPC metadata" },
        { """{"a\ud800":"MARKED"}""", "gives '', a name that is not allowed as gRPC metadata" },
        { """{"a!":"MARKED"}""", "gives 'a!', a name that is not allowed as gRPC metadata" },
        { """{"Content-Type":"MARKED"}""", "gives 'Content-Type', which the exporter sets itself" },
        { """{"a":"MARKED\n"}""", "gives 'a' a value with characters that are not allowed in a header; only printable ASCII is" },
        { """{"a":"MARKED\u00e4"}""", "gives 'a' a value with characters that are not allowed in a header; only printable ASCII is" },
        { """{"a":"MARKED\ud800"}""", "gives 'a' a value with characters that are not allowed in a header; only printable ASCII is" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void What_is_wrong_is_said_with_the_key_and_never_with_a_value(string output, string problem)
    {
        Assert.Equal(problem, HelperOutput.Read(Encoding.UTF8.GetBytes(output), grpc: true, out List<KeyValuePair<string, Secret>> headers));
        Assert.Empty(headers);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_not_JSON() =>
        Assert.Equal("printed what is not JSON", HelperOutput.Read([.. "{\"a\":\""u8, 0xFF, .. "\"}"u8], grpc: false, out _));

    [Theory]
    [InlineData("""{}""", "")]
    [InlineData("""{"authorization":"Bearer one"}""", "authorization=Bearer one")]
    [InlineData(" {\"a\":\"\",\n\"B\":\"\\u0041 =,\\\"\"}\n", "a=|B=A =,\"")]
    [InlineData("""{"a":"one","b":"two","A":"three"}""", "a=three|b=two")]
    public void An_object_of_strings_is_read(string output, string expected)
    {
        Assert.Null(HelperOutput.Read(Encoding.UTF8.GetBytes(output), grpc: true, out List<KeyValuePair<string, Secret>> headers));
        Assert.Equal(expected, string.Join('|', headers.Select(header => $"{header.Key}={header.Value.Reveal()}")));
    }

    [Fact]
    public void HTTP_allows_more_in_a_name() => Assert.Null(HelperOutput.Read("{\"a!\":\"one\"}"u8, grpc: false, out _));
}
