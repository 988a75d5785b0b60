using System.Text;
using OpencodeOtel.Pipeline.Receiving;
using OpencodeOtel.Pipeline.Receiving.Reading;

namespace OpencodeOtel.Pipeline.Tests.Receiving.Reading;

public sealed class EnvelopeTests
{
    private const string Used = "SessionIdle session=s1";

    public static TheoryData<string, string, string> Shapes => new()
    {
        { "bus", """{"id":"e","type":"session.idle","properties":{"sessionID":"s1"}}""", Used },
        { "bus of older versions, without id", """{"type":"session.idle","properties":{"sessionID":"s1"}}""", Used },
        { "api", """{"id":"e","type":"session.idle","durable":{"aggregateID":"s","seq":1},"location":{"directory":"/repo"},"data":{"sessionID":"s1"}}""", Used },
        { "global", """{"directory":"/repo","project":"p","payload":{"id":"e","type":"session.idle","properties":{"sessionID":"s1"}}}""", Used },
        { "global without directory", """{"payload":{"id":"e","type":"session.idle","properties":{"sessionID":"s1"}}}""", Used },
        { "global, payload first", """{"payload":{"id":"e","type":"session.idle","properties":{"sessionID":"s1"}},"project":"p","directory":"/repo"}""", Used },
        { "global, durable", """{"payload":{"type":"sync","syncEvent":{"id":"e","type":"session.idle.1","data":{"sessionID":"s1"}},"id":"e"}}""", "Skipped" },
        { "global, durable, type last", """{"payload":{"syncEvent":{"id":"e","type":"session.idle","data":{"sessionID":"s1"}},"id":"e","type":"sync"}}""", "Skipped" },
        { "hook", """{"at":1,"hook":"event","event":{"id":"e","type":"session.idle","properties":{"sessionID":"s1"}}}""", Used },
        { "hook, name last", """{"event":{"id":"e","type":"session.idle","properties":{"sessionID":"s1"}},"hook":"event"}""", Used },
        { "another hook", """{"at":1,"hook":"tool.execute.before","input":{"tool":"glob","sessionID":"s1"}}""", "Skipped" },
        { "a shim's loss", """{"hook":"lost","count":3}""", "Skipped" },
        { "another hook, name last", """{"event":{"id":"e","type":"session.idle","properties":{"sessionID":"s1"}},"hook":"x"}""", "Skipped" },
        { "run without a part", """{"type":"step_start","timestamp":1,"sessionID":"s1","part":{}}""", "BadShape" },
        { "type last", """{"properties":{"sessionID":"s1"},"id":"e","type":"session.idle"}""", Used },
        { "id last", """{"type":"session.idle","properties":{"sessionID":"s1"},"id":"e"}""", Used },
        { "global, all in the other order", """{"payload":{"properties":{"sessionID":"s1"},"type":"session.idle","id":"e"},"directory":"/repo"}""", Used },
        { "white space everywhere", " { \"id\" : \"e\" ,\n\t\"type\" : \"session.idle\" , \"properties\" : { \"sessionID\" : \"s1\" } } \r\n", Used },
        { "escapes in names and values", """{"\u0069d":"e","ty\u0070e":"session\u002eidle","properties":{"session\u0049D":"\u0073\u0031"}}""", Used },
        { "unknown members", """{"id":"e","x":[{"type":"y"},[]],"type":"session.idle","properties":{"a":{"sessionID":"s9"},"sessionID":"s1","b":[1]},"z":null}""", Used },
        { "the last of equal members counts", """{"type":"session.idle","properties":{"sessionID":"s0","sessionID":"s1"}}""", Used },
        { "the last type counts", """{"type":"session.error","properties":{"sessionID":"s1"},"type":"session.idle"}""", Used },
        { "the last body counts", """{"type":"session.idle","properties":{"sessionID":"s0"},"properties":{"sessionID":"s1"}}""", Used },
        { "the last payload counts", """{"payload":{"type":"session.idle","properties":{"sessionID":"s0"}},"payload":{"type":"session.idle","properties":{"sessionID":"s1"}}}""", Used },
        { "an id that is no string is none", """{"id":7,"type":"session.idle","properties":{"sessionID":"s1"}}""", Used },
        { "unknown type", """{"id":"e","type":"plugin.added","properties":{"id":"x"}}""", "Skipped" },
        { "unknown type, what follows is not looked at", """{"id":"e","type":"message.part.delta","properties":{"x":""", "Skipped" },
        { "no type", """{"id":"e","properties":{"sessionID":"s1"}}""", "BadShape" },
        { "empty object", "{}", "BadShape" },
        { "type is no string", """{"type":1,"properties":{"sessionID":"s1"}}""", "BadShape" },
        { "type is null", """{"type":null,"properties":{"sessionID":"s1"}}""", "BadShape" },
        { "no body", """{"id":"e","type":"session.idle"}""", "BadShape" },
        { "body is null", """{"id":"e","type":"session.idle","properties":null}""", "BadShape" },
        { "body is a list", """{"id":"e","type":"session.idle","properties":[]}""", "BadShape" },
        { "payload is no object", """{"payload":"x"}""", "BadShape" },
        { "a list", "[]", "BadJson" },
        { "a word", "hello", "BadJson" },
        { "nothing", "", "BadJson" },
        { "cut short", """{"id":"e","type":"session.idle","properties":{"sessionID":"s1"}""", "BadJson" },
        { "something after it", """{"id":"e","type":"session.idle","properties":{"sessionID":"s1"}} {}""", "BadJson" },
        { "bad after the body", """{"type":"session.idle","properties":{"sessionID":"s1"},}""", "BadJson" },
        { "bad in the body", """{"type":"session.idle","properties":{"sessionID":'s1'}}""", "BadJson" },
        { "bad before the body", """{"x":01,"type":"session.idle","properties":{"sessionID":"s1"}}""", "BadJson" },
        { "bad and of the wrong type", """{"type":"session.idle","properties":{"sessionID":{"a" 1}}}""", "BadJson" },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_shape_is_told_by_the_event_itself(string what, string text, string expected)
    {
        Assert.NotEmpty(what);
        Assert.Equal(expected, Reading.Of(text));
    }

    [Fact]
    public void Every_event_cut_anywhere_is_bad_JSON_or_was_dropped_by_its_type()
    {
        string text = """{"directory":"/repo","payload":{"id":"e","type":"session.idle","properties":{"sessionID":"s\u0031","n":-1.5e3,"l":[true,null]}}}""";
        Assert.Equal(Used, Reading.Of(text));
        for (int length = 0; length < text.Length; length++)
        {
            Assert.Equal("BadJson", Reading.Of(text[..length]));
        }
    }

    [Theory]
    [InlineData(61, "SessionIdle session=s1")]
    [InlineData(510, "SessionIdle session=s1")]
    [InlineData(511, "TooDeep")]
    [InlineData(100_000, "TooDeep")]
    public void Nesting_deeper_than_512_is_too_deep(int lists, string expected)
    {
        string nested = new string('[', lists) + new string(']', lists);
        Assert.Equal(expected, Reading.Of("session.idle", $$"""{"sessionID":"s1","x":{{nested}}}"""));
    }

    [Fact]
    public void Envelopes_within_envelopes_end_at_the_bound_too()
    {
        string open = string.Concat(Enumerable.Repeat("""{"payload":""", 100_000));
        Assert.Equal("TooDeep", Reading.Of(open));
    }

    [Theory]
    [InlineData("\u00FF")]
    [InlineData("\u00C3")]
    [InlineData("\u00ED\u00A0\u0080")]
    [InlineData("\u00C0\u00AF")]
    public void Bytes_that_are_not_UTF_8_make_an_event_bad(string bytes)
    {
        byte[] text = [.. """{"type":"session.idle","properties":{"sessionID":"s1","x":" """u8, .. Encoding.Latin1.GetBytes(bytes), .. "\"}}"u8];
        CallLog log = new();
        Assert.Equal(EventOutcome.BadUtf8, new EventReader(log).Read(text, out _));
        Assert.Empty(log.Calls);
    }
}
