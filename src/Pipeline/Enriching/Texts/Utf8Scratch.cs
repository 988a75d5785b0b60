using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Enriching.Texts;

/// <summary>Room for the texts of the signal in the making. A text is good until the next <see cref="Reset"/>.</summary>
/// <remarks>When it grows, texts already taken keep the array that they are in.</remarks>
internal sealed class Utf8Scratch
{
    private const int Small = 4 * 1024;
    private const int LargestKept = 1024 * 1024;

    private byte[] _buffer = new byte[Small];
    private int _used;

    /// <summary>Forgets all texts; a buffer that one huge text needed is given up.</summary>
    public void Reset()
    {
        _used = 0;
        if (_buffer.Length > LargestKept)
        {
            _buffer = new byte[Small];
        }
    }

    /// <summary>Gives room for <paramref name="count"/> bytes, to be followed by <see cref="Take"/>.</summary>
    public Span<byte> Reserve(int count)
    {
        if (_buffer.Length - _used < count)
        {
            _buffer = new byte[Math.Max(count, _buffer.Length * 2)];
            _used = 0;
        }

        return _buffer.AsSpan(_used, count);
    }

    /// <summary>Makes a text of the first bytes of the room reserved last.</summary>
    public OtlpString Take(int written)
    {
        OtlpString text = OtlpString.WrapValidUtf8(_buffer, _used, written);
        _used += written;
        return text;
    }

    /// <summary>Copies a text, cut between characters at <paramref name="limit"/> bytes.</summary>
    public OtlpString Append(ReadOnlySpan<byte> utf8, int limit = int.MaxValue)
    {
        ReadOnlySpan<byte> kept = Utf8Cut.Prefix(utf8, limit);
        kept.CopyTo(Reserve(kept.Length));
        return Take(kept.Length);
    }

    /// <summary>Copies a text of an event, cut between characters at <paramref name="limit"/> bytes.</summary>
    public OtlpString Append(JsonText text, int limit) =>
        Take(text.CopyUtf8(Reserve(Math.Min(text.Raw.Length, limit))));
}
