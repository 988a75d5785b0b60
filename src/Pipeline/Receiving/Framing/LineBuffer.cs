namespace OpencodeOtel.Pipeline.Receiving.Framing;

/// <summary>Holds what is known of a line, or of an event of several lines, until the rest has come.</summary>
/// <param name="limit">The most bytes that it is asked to hold.</param>
/// <remarks>Grows by doubling; after <see cref="Clear"/> it keeps at most <see cref="KeptBytes"/>, so one giant line costs no memory after it.</remarks>
internal sealed class LineBuffer(int limit)
{
    /// <summary>The capacity that survives <see cref="Clear"/>.</summary>
    public const int KeptBytes = 1024 * 1024;

    private const int FirstBytes = 16 * 1024;

    private byte[] _buffer = [];

    /// <summary>Gets how many bytes are held.</summary>
    public int Length { get; private set; }

    /// <summary>Gets how many bytes there is room for without growing.</summary>
    public int Capacity => _buffer.Length;

    /// <summary>Gets what is held, valid until the next change.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    /// <summary>Whether there is room for so many bytes more within the limit.</summary>
    public bool HasRoomFor(int count) => count <= limit - Length;

    /// <summary>Adds bytes, for which there is room.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        int needed = Length + bytes.Length;
        if (needed > _buffer.Length)
        {
            long doubled = Math.Max(FirstBytes, 2L * _buffer.Length);
            byte[] larger = GC.AllocateUninitializedArray<byte>((int)Math.Max(needed, Math.Min(doubled, limit)));
            Written.CopyTo(larger);
            _buffer = larger;
        }

        bytes.CopyTo(_buffer.AsSpan(Length));
        Length = needed;
    }

    /// <summary>Lets go of everything.</summary>
    public void Clear()
    {
        Length = 0;
        if (_buffer.Length > KeptBytes)
        {
            _buffer = [];
        }
    }
}
