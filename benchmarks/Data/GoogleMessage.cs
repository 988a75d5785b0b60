using Google.Protobuf;

namespace OpencodeOtel.Benchmarks.Data;

/// <summary>Google.Protobuf writing a message into a buffer that is kept: what a sender without a copy would do.</summary>
internal sealed class GoogleMessage
{
    private byte[] _buffer = [];

    /// <summary>Writes <paramref name="message"/>.</summary>
    /// <returns>Its length.</returns>
    public int Write(IMessage message)
    {
        int length = message.CalculateSize();
        if (_buffer.Length < length)
        {
            _buffer = new byte[length];
        }

        message.WriteTo(_buffer.AsSpan(0, length));
        return length;
    }
}
