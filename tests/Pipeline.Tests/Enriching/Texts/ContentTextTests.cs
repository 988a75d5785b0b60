using System.Text;
using System.Text.Json;
using OpencodeOtel.Pipeline.Enriching.Texts;

namespace OpencodeOtel.Pipeline.Tests.Enriching.Texts;

public class ContentTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("\"quoted\" \\ \n\r\t\b\f\u0001\u001f")]
    [InlineData("grüß 😀 €")]
    public void A_message_is_json_at_every_limit(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        for (int limit = 30; limit < 200; limit++)
        {
            string made = new ContentText(new Utf8Scratch(), limit).Message("user"u8, utf8).ToString();

            using JsonDocument json = JsonDocument.Parse(made);
            string content = json.RootElement[0].GetProperty("content").GetString()!;
            Assert.StartsWith(content, text, StringComparison.Ordinal);
            Assert.True(Encoding.UTF8.GetByteCount(made) <= limit);
            Assert.True(content == text || Encoding.UTF8.GetByteCount(made) > limit - 6);
            Assert.Equal("user", json.RootElement[0].GetProperty("role").GetString());
        }
    }

    [Theory]
    [InlineData("", "")]
    [InlineData(" { \"a\" : 1 } ", "{\"a\":1}")]
    [InlineData("{\"a b\":\" \\\" \\\\\" , \"c\" : [ ] }", "{\"a b\":\" \\\" \\\\\",\"c\":[]}")]
    [InlineData("\"\\", "\"\\")]
    public void Compact_json_keeps_white_space_in_texts_only(string json, string compact) =>
        Assert.Equal(compact, new ContentText(new Utf8Scratch(), 100).CompactJson(Encoding.UTF8.GetBytes(json)).ToString());
}
