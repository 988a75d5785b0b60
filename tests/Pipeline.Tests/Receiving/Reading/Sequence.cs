using System.Text;
using OpencodeOtel.Pipeline.Receiving;

namespace OpencodeOtel.Pipeline.Tests.Receiving.Reading;

/// <summary>Reads events that belong together, and the end of their stream.</summary>
internal sealed class Sequence
{
    private readonly CallLog _log = new();

    private Sequence() => Receiver = new EventReceiver(_log, 64 << 20);

    public EventReceiver Receiver { get; }

    public List<string> Calls => _log.Calls;

    /// <summary>Reads a stream and its end.</summary>
    public static Sequence Of(ReadOnlySpan<byte> stream)
    {
        Sequence sequence = new();
        sequence.Receiver.Push(stream);
        sequence.Receiver.Complete();
        return sequence;
    }

    /// <summary>Reads one object a line.</summary>
    public static Sequence Of(params IEnumerable<string> lines) => Of(Encoding.UTF8.GetBytes(string.Join('\n', lines)));

    /// <summary>What one of the calls says under a name; empty for nothing. Not for texts with blanks.</summary>
    public static string Said(string call, string name) =>
        call.Split(' ').FirstOrDefault(word => word.StartsWith(name + '=', StringComparison.Ordinal))?[(name.Length + 1)..] ?? "";
}
