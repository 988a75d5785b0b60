namespace OpencodeOtel.Pipeline.Receiving.Reading;

/// <summary>Room for the few short strings of one event that have escapes, reused from event to event.</summary>
/// <remarks>What was given out stays valid until the next event is read, also when more room is needed: old room is left to it.</remarks>
internal sealed class ScratchBuffer
{
    private const int KeptBytes = 4096;

    private byte[] _buffer = new byte[KeptBytes];
    private int _used;

    /// <summary>Takes back what was given out for the event before.</summary>
    public void Reset()
    {
        _used = 0;
        if (_buffer.Length > KeptBytes)
        {
            _buffer = new byte[KeptBytes];
        }
    }

    /// <summary>Gives the unescaped text of a string, given as it stands between its quotes.</summary>
    public ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> raw)
    {
        if (raw.Length > _buffer.Length - _used)
        {
            // An escape is never shorter than what it stands for.
            _buffer = new byte[Math.Max(KeptBytes, raw.Length)];
            _used = 0;
        }

        Span<byte> room = _buffer.AsSpan(_used);
        int length = JsonEscapes.Copy(raw, room);
        _used += length;
        return room[..length];
    }
}
