namespace OpencodeOtel.Pipeline.Receiving.Reading;

/// <summary>A copy of a few bytes of an event, for a later event; its room is used again.</summary>
internal sealed class KeptBytes
{
    private byte[] _buffer = [];
    private int _length;

    /// <summary>Gets the bytes; empty for none.</summary>
    public ReadOnlySpan<byte> Span => _buffer.AsSpan(0, _length);

    /// <summary>Gets how much room there is, in bytes.</summary>
    public int Capacity => _buffer.Length;

    /// <summary>Forgets the bytes.</summary>
    public void Clear() => _length = 0;

    /// <summary>Forgets the bytes, and gives up their room if it is more than <paramref name="limit"/>.</summary>
    public void Clear(int limit)
    {
        Clear();
        _buffer = Capacity > limit ? [] : _buffer;
    }

    /// <summary>Copies bytes behind the ones that are there.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _buffer.Length - _length)
        {
            Array.Resize(ref _buffer, Math.Max(_length + bytes.Length, 2 * _buffer.Length));
        }

        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>Copies these bytes in place of what was there, or nothing if they are more than <paramref name="limit"/>.</summary>
    /// <returns>Whether they are kept.</returns>
    public bool TrySet(ReadOnlySpan<byte> bytes, int limit)
    {
        Clear();
        if (bytes.Length > limit)
        {
            return false;
        }

        Append(bytes);
        return true;
    }
}
