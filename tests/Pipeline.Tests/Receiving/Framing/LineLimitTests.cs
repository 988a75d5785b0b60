using System.Text;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Receiving.Framing;

namespace OpencodeOtel.Pipeline.Tests.Receiving.Framing;

public sealed class LineLimitTests
{
    public static TheoryData<string, string, string> Streams => new()
    {
        { "a line of the limit", "{345678901}\n{2}", "1:{345678901} 2:{2}" },
        { "one more", "{3456789012}\n{2}", "1!TooLong 2:{2}" },
        { "at the end", "{1}\n{34567890123", "1:{1} 2!TooLong" },
        { "a data line with its name", "data: {789}\n\ndata: {7890}\n\ndata: {3}\n\n", "1:{789} 3!TooLong 5:{3}" },
        { "the event it belongs to goes with it", "data: {1\ndata: 789012\ndata: }\n\ndata: {2}\n\n", "1!TooLong 5:{2}" },
        { "and what follows it in the event", "data: {789012\ndata: }\ndata: 789012\n\ndata: {2}\n\n", "1!TooLong 5:{2}" },
        { "lines that are too long together", "data: {234\ndata: 6789\ndata: 1\ndata: 2}\n\ndata: {2}\n\n", "1!TooLong 6:{2}" },
        { "an object after it is an event again", "data: {789012\n{2}\ndata: {3}\n\n", "1!TooLong 2:{2} 3:{3}" },
        { "a long object ends an event before it", "data: {1}\n{3456789012}\n", "1:{1} 2!TooLong" },
        { "a long line of text ends none", "data: {1}\nhello world!\ndata: 2\n\n", "2!TooLong 1:{1}\n2" },
        { "two", "{3456789012}\n{3456789012}\n", "1!TooLong 2!TooLong" },
    };

    [Theory]
    [MemberData(nameof(Streams))]
    public void A_line_or_event_longer_than_the_limit_is_skipped_and_counted(string what, string stream, string expected)
    {
        Assert.NotEmpty(what);
        byte[] bytes = Encoding.UTF8.GetBytes(stream);
        for (int cut = 0; cut <= bytes.Length; cut++)
        {
            Assert.Equal(expected, string.Join(' ', FrameLog.Of(bytes, 11, cut)));
        }

        Assert.Equal(expected, string.Join(' ', FrameLog.Of(bytes, 11, [.. Enumerable.Range(0, bytes.Length)])));
    }

    [Fact]
    public void A_line_of_a_hundred_megabytes_is_skipped_and_what_follows_is_read()
    {
        FrameLog log = new();
        FrameReader reader = new(log, new TelemetryOptions().LineLimitBytes);
        reader.Push("{\"text\":\""u8);
        byte[] piece = new byte[1 << 20];
        Array.Fill(piece, (byte)'x');
        int mostKept = 0;
        for (int pushed = 0; pushed < 100; pushed++)
        {
            reader.Push(piece);
            mostKept = Math.Max(mostKept, reader.BufferedCapacity);
        }

        reader.Push("\"}\n{2}\n"u8);
        reader.Complete();
        Assert.Equal(["1!TooLong", "2:{2}"], log.Frames);
        Assert.InRange(mostKept, 1 << 20, 64 << 20);
    }

    [Fact]
    public void Room_for_a_giant_line_is_given_back()
    {
        FrameLog log = new();
        FrameReader reader = new(log, 64 << 20);
        byte[] line = new byte[10 << 20];
        Array.Fill(line, (byte)' ');
        "data: {"u8.CopyTo(line);
        reader.Push(line);
        Assert.InRange(reader.BufferedCapacity, line.Length, 64 << 20);
        reader.Push("}\ndata: x"u8);
        reader.Push("\n\n"u8);
        reader.Push("{"u8);
        Assert.InRange(reader.BufferedCapacity, 1, 2 * LineBuffer.KeptBytes);
        Assert.Single(log.Frames);
    }
}
