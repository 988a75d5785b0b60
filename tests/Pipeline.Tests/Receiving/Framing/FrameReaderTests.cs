using System.Text;
using CsCheck;
using OpencodeOtel.Pipeline.Receiving;
using OpencodeOtel.Pipeline.Receiving.Framing;

namespace OpencodeOtel.Pipeline.Tests.Receiving.Framing;

public sealed class FrameReaderTests
{
    private const int NoLimit = 1 << 20;

    public static TheoryData<string, string, string> Streams => new()
    {
        { "nothing", "", "" },
        { "one object", "{1}\n", "1:{1}" },
        { "objects, one a line", "{1}\n{2}\r\n{3}\r{4}", "1:{1} 2:{2} 3:{3} 4:{4}" },
        { "empty lines between objects", "\n\n{1}\n\n\n{2}\n", "3:{1} 6:{2}" },
        { "white space before an object", "  \t{1}\n   \n\t\n{2}\n", "1:{1} 4:{2}" },
        { "byte order mark before an object", "\u00EF\u00BB\u00BF{1}\n", "1:{1}" },
        { "one event", "data: {1}\n\n", "1:{1}" },
        { "no space after the colon", "data:{1}\n\n", "1:{1}" },
        { "only one space is taken off", "data:  {1}\n\n", "1: {1}" },
        { "byte order mark before a field", "\u00EF\u00BB\u00BFdata: {1}\n\n", "1:{1}" },
        { "joined recordings, each with a byte order mark", "\u00EF\u00BB\u00BFdata: {1}\n\n\u00EF\u00BB\u00BFdata: {2}\n\n", "1:{1} 3:{2}" },
        { "CRLF", "data: {1}\r\n\r\ndata: {2}\r\n\r\n", "1:{1} 3:{2}" },
        { "CR", "data: {1}\r\rdata: {2}\r\r", "1:{1} 3:{2}" },
        { "line ends of all kinds", "data: {1}\n\rdata: {2}\r\n\ndata: {3}\r\r\n", "1:{1} 3:{2} 5:{3}" },
        { "several data lines are joined by a line feed", "data: {\ndata: 1\r\ndata:}\n\n", "1:{\n1\n}" },
        { "a data field without a colon is an empty line of data", "data: {1\ndata\ndata: }\n\n", "1:{1\n\n}" },
        { "data without content is no event", "data\n\ndata:\n\ndata: \n\ndata:\ndata:\n\n", "" },
        { "the last event needs no empty line", "data: {1}\n\ndata: {2}\n", "1:{1} 3:{2}" },
        { "the last line needs no end", "data: {1}\n\ndata: {2}", "1:{1} 3:{2}" },
        { "other fields of the standard", "event: message\nid: 7\nretry: 100\ndata: {1}\nid\nevent\nretry\n\n", "4:{1}" },
        { "comments", ": heartbeat\n\n:\n:{9}\ndata: {1}\n: c\ndata: {2}\n\n", "5:{1}\n{2}" },
        { "unknown fields are ignored in an event stream", "data: {1}\n\nfoo: bar\nx-y_1: {9}\ndata: {2}\n\n", "1:{1} 5:{2}" },
        { "but not before it has shown to be one", "foo: bar\ndata: {1}\n\n", "1!BadJson 2:{1}" },
        { "a comment shows it, too", ": hi\nfoo: bar\ndata: {1}\n\n", "3:{1}" },
        { "both forms mixed", "data: {1}\n\n{2}\ndata: {3}\n{4}\n\n: c\n{5}", "1:{1} 3:{2} 4:{3} 5:{4} 8:{5}" },
        { "an object ends an event", "data: {1}\ndata: x\n{2}\n", "1:{1}\nx 3:{2}" },
        { "a line of text", "hello\n{1}\n", "1!BadJson 2:{1}" },
        { "a line with a colon among objects", "{1}\nError: no space left\n{2}\n", "1:{1} 2!BadJson 3:{2}" },
        { "text in an event stream", "data: {1}\n\nhello world\n2026-11-22 10:00:00 done\n\n", "1:{1} 3!BadJson 4!BadJson" },
        { "text does not end an event", "data: {1}\nhello\ndata: {2}\n\n", "2!BadJson 1:{1}\n{2}" },
        { "JSON that is no object", "[1]\n\"x\"\n7\nnull\n", "1!BadJson 2!BadJson 3!BadJson 4!BadJson" },
        { "data that is no object is left to the reader of events", "data: hello\n\n", "1:hello" },
        { "the field name is told by case and without space", "Data: {1}\n data: {1}\ndata : {1}\n", "1!BadJson 2!BadJson 3!BadJson" },
        { "a name that only begins like data", "data: {1}\n\ndatabase: x\ndata2\n", "1:{1} 4!BadJson" },
        { "a JPEG", "\u00FF\u00D8\u00FF\u00E0\0\u0010JFIF\0\u0001\n\u00FF\u00D9", "1!BadJson 2!BadJson" },
    };

    [Theory]
    [MemberData(nameof(Streams))]
    public void Events_and_bad_lines_are_told_apart_wherever_the_stream_is_cut(string what, string stream, string expected)
    {
        Assert.NotEmpty(what);
        byte[] bytes = Encoding.Latin1.GetBytes(stream);
        Assert.Equal(expected, string.Join(' ', FrameLog.Of(bytes, NoLimit)));
        Assert.Equal(expected, string.Join(' ', FrameLog.Of(bytes, NoLimit, [.. Enumerable.Range(0, bytes.Length)])));
        for (int first = 0; first <= bytes.Length; first++)
        {
            for (int second = first; second <= bytes.Length; second++)
            {
                Assert.Equal(expected, string.Join(' ', FrameLog.Of(bytes, NoLimit, first, second)));
            }
        }
    }

    [Fact]
    public void Any_stream_gives_the_same_frames_however_it_is_cut()
    {
        string[] pieces = ["data:", "data", " ", "{", "}", "\n", "\r", "\r\n", "\n\n", ":", "id: 1", "foo: x", "hello", "\u00EF\u00BB\u00BF", "x", "0123456789"];
        Gen<byte[]> streams = Gen.OneOf(pieces).Array[0, 40].Select(parts => Encoding.Latin1.GetBytes(string.Concat(parts)));
        Gen.Select(streams, Gen.Int[1, 30], Gen.Int[0, 1000].Array[0, 8]).Sample((stream, limit, places) =>
        {
            int[] cuts = [.. places.Select(place => place % (stream.Length + 1)).Order()];
            return FrameLog.Of(stream, limit).SequenceEqual(FrameLog.Of(stream, limit, cuts));
        });
    }

    [Fact]
    public void An_event_on_one_line_is_handed_on_in_place()
    {
        byte[] stream = "data: {1}\n\n{2}\ndata: {3}\r\n\r\n"u8.ToArray();
        PlaceLog log = new(stream);
        new FrameReader(log, NoLimit).Push(stream);
        Assert.Equal([true, true, true], log.InPlace);
    }

    [Fact]
    public void After_the_end_another_stream_may_begin_and_lines_are_counted_on()
    {
        FrameLog log = new();
        FrameReader reader = new(log, NoLimit);
        reader.Push("data: {1}\r"u8);
        reader.Complete();
        reader.Push("\n{2}\nda"u8);
        reader.Complete();
        reader.Push("ta: x\n"u8);
        reader.Complete();
        reader.Complete();
        Assert.Equal(["1:{1}", "3:{2}", "4!BadJson", "5!BadJson"], log.Frames);
    }

    private sealed class PlaceLog(byte[] stream) : IFrameSink
    {
        public List<bool> InPlace { get; } = [];

        public void Take(ReadOnlySpan<byte> text, long line) => InPlace.Add(stream.AsSpan().Overlaps(text));

        public void Reject(EventOutcome cause, long line) => Assert.Fail("Nothing is bad here.");
    }
}
