using System.Text;
using OpencodeOtel.Pipeline.Receiving;
using OpencodeOtel.Pipeline.Receiving.Framing;

namespace OpencodeOtel.Pipeline.Tests.Receiving.Framing;

/// <summary>Writes down what a frame reader hands on, as <c>line:text</c>, or <c>line!cause</c>.</summary>
internal sealed class FrameLog : IFrameSink
{
    public List<string> Frames { get; } = [];

    /// <summary>The frames of a stream that comes in pieces, cut at the given places.</summary>
    public static List<string> Of(ReadOnlySpan<byte> stream, int limit, params ReadOnlySpan<int> cuts)
    {
        FrameLog log = new();
        FrameReader reader = new(log, limit);
        int from = 0;
        foreach (int cut in cuts)
        {
            reader.Push(stream[from..cut]);
            from = cut;
        }

        reader.Push(stream[from..]);
        reader.Complete();
        return log.Frames;
    }

    public void Take(ReadOnlySpan<byte> text, long line) => Frames.Add($"{line}:{Encoding.Latin1.GetString(text)}");

    public void Reject(EventOutcome cause, long line) => Frames.Add($"{line}!{cause}");
}
