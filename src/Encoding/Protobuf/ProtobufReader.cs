using OpencodeOtel.Otlp.Schema;

namespace OpencodeOtel.Otlp.Protobuf;

/// <summary>Walks the fields of a message whose bytes may be anything: never throws, never reads beyond them, never recurses.</summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    private ReadOnlySpan<byte> _rest = message;

    /// <summary>Gets a value indicating whether the bytes turned out to be no message; the fields before may have been read.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>Gets how many bytes of the message stand behind the current field.</summary>
    public readonly int Remaining => _rest.Length;

    /// <summary>Gets number and wire type of the current field.</summary>
    public uint Tag { get; private set; }

    /// <summary>Gets the value of a current field of wire type 0, 1 or 5.</summary>
    public ulong Number { get; private set; }

    /// <summary>Gets the content of a current field of wire type 2.</summary>
    public ReadOnlySpan<byte> Content { get; private set; }

    /// <summary>Goes to the next field; <see langword="false"/> at the end, and where the bytes are no message.</summary>
    public bool Read()
    {
        if (_rest.IsEmpty || IsMalformed)
        {
            return false;
        }

        bool read = TryReadVarint(out ulong tag) && tag is >= 8 and <= uint.MaxValue && TryReadValue((WireType)(tag & 7));
        Tag = (uint)tag;
        IsMalformed = !read;
        return read;
    }

    private bool TryReadValue(WireType wireType)
    {
        switch (wireType)
        {
            case WireType.Varint:
                bool read = TryReadVarint(out ulong number);
                Number = number;
                return read;
            case WireType.Fixed64:
                return TryReadFixed(sizeof(ulong));
            case WireType.Fixed32:
                return TryReadFixed(sizeof(uint));
            case WireType.LengthDelimited:
                if (!TryReadVarint(out ulong length) || length > (ulong)_rest.Length)
                {
                    return false;
                }

                Content = _rest[..(int)length];
                _rest = _rest[(int)length..];
                return true;
            default:
                return false; // Groups are older than proto3; no answer of an OTLP server has them.
        }
    }

    private bool TryReadFixed(int size)
    {
        if (_rest.Length < size)
        {
            return false;
        }

        Number = 0;
        for (int index = size - 1; index >= 0; index--)
        {
            Number = (Number << 8) | _rest[index];
        }

        _rest = _rest[size..];
        return true;
    }

    private bool TryReadVarint(out ulong value)
    {
        value = 0;
        int size = Math.Min(_rest.Length, Varint.MaxSize);
        for (int index = 0; index < size; index++)
        {
            byte next = _rest[index];
            value |= (ulong)(next & 0x7F) << (7 * index);
            if (next < 0x80)
            {
                _rest = _rest[(index + 1)..];
                return true;
            }
        }

        return false;
    }
}
