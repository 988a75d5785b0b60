using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Spooling;

/// <summary>What stands before a payload in a segment: 32 bytes, all numbers little-endian, and the name of the destination.</summary>
/// <remarks>
/// <code>
/// at  bytes
///  0  4   marker
///  4  4   CRC-32 of the log's id and of the header from byte 8 to its end
///  8  4   length of the payload
/// 12  4   CRC-32 of the payload
/// 16  4   items in it
/// 20  8   when it was stored, Unix milliseconds
/// 28  1   signal
/// 29  1   wire form
/// 30  2   length of the destination
/// 32      the destination, UTF-8
/// </code>
/// The header has a checksum of its own, so that of a damaged payload it is still known where it ends and what it held. The log's
/// id, which is random, is in the checksum: bytes of a payload that look like a frame are not taken for one.
/// </remarks>
internal readonly record struct FrameHeader(SpoolLane Lane, int Items, int PayloadLength, uint PayloadChecksum, long UnixMilliseconds)
{
    /// <summary>The bytes before the destination.</summary>
    public const int FixedLength = 32;

    /// <summary>The longest header.</summary>
    public const int MaxLength = FixedLength + SpoolLane.MaxDestinationBytes;

    private const int ChecksumAt = 4;
    private const int PayloadLengthAt = 8;
    private const int PayloadChecksumAt = 12;
    private const int ItemsAt = 16;
    private const int TimeAt = 20;
    private const int SignalAt = 28;
    private const int FormAt = 29;
    private const int DestinationLengthAt = 30;

    /// <summary>Gets the first bytes of a frame: rare in text, for 0xB5 begins no character of UTF-8.</summary>
    public static ReadOnlySpan<byte> Marker => [0xB5, 0x46, 0x52, 0x4D];

    /// <summary>Gets the length of the header.</summary>
    public int Length => FixedLength + Lane.DestinationBytes;

    /// <summary>Gets the length of header and payload.</summary>
    public long FrameLength => (long)Length + PayloadLength;

    /// <summary>The header of a payload.</summary>
    public static FrameHeader Of(SpoolLane lane, int items, ReadOnlySpan<byte> payload, DateTimeOffset time) =>
        new(lane, items, payload.Length, Crc32.HashToUInt32(payload), time.ToUnixTimeMilliseconds());

    /// <summary>Writes the header into <paramref name="target"/>, which has room for it.</summary>
    /// <returns>The bytes written.</returns>
    public int Write(Span<byte> target, uint salt)
    {
        int length = FixedLength + Encoding.UTF8.GetBytes(Lane.Destination, target[FixedLength..]);
        Marker.CopyTo(target);
        BinaryPrimitives.WriteInt32LittleEndian(target[PayloadLengthAt..], PayloadLength);
        BinaryPrimitives.WriteUInt32LittleEndian(target[PayloadChecksumAt..], PayloadChecksum);
        BinaryPrimitives.WriteInt32LittleEndian(target[ItemsAt..], Items);
        BinaryPrimitives.WriteInt64LittleEndian(target[TimeAt..], UnixMilliseconds);
        target[SignalAt] = (byte)Lane.Signal;
        target[FormAt] = (byte)Lane.Form;
        BinaryPrimitives.WriteUInt16LittleEndian(target[DestinationLengthAt..], (ushort)(length - FixedLength));
        BinaryPrimitives.WriteUInt32LittleEndian(target[ChecksumAt..], Checksum(target[..length], salt));
        return length;
    }

    /// <summary>Reads a header that begins with <paramref name="source"/>.</summary>
    /// <returns>Whether there is one, whole and undamaged.</returns>
    public static bool TryRead(ReadOnlySpan<byte> source, uint salt, out FrameHeader header)
    {
        header = default;
        if (source.Length < FixedLength || !source.StartsWith(Marker))
        {
            return false;
        }

        int length = FixedLength + BinaryPrimitives.ReadUInt16LittleEndian(source[DestinationLengthAt..]);
        if (length > MaxLength
            || length > source.Length
            || BinaryPrimitives.ReadUInt32LittleEndian(source[ChecksumAt..]) != Checksum(source[..length], salt))
        {
            return false;
        }

        header = new FrameHeader(
            new SpoolLane((Signal)source[SignalAt], (WireForm)source[FormAt], Encoding.UTF8.GetString(source[FixedLength..length])),
            BinaryPrimitives.ReadInt32LittleEndian(source[ItemsAt..]),
            BinaryPrimitives.ReadInt32LittleEndian(source[PayloadLengthAt..]),
            BinaryPrimitives.ReadUInt32LittleEndian(source[PayloadChecksumAt..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[TimeAt..]));
        return header.PayloadLength >= 0 && header.Items > 0 && header.Lane.Signal <= Signal.Logs && header.Lane.Form <= WireForm.Json;
    }

    /// <summary>The number that stands for a log's id in the checksums of its frames.</summary>
    public static uint SaltOf(string logId) => Crc32.HashToUInt32(Encoding.UTF8.GetBytes(logId));

    private static uint Checksum(ReadOnlySpan<byte> header, uint salt)
    {
        // The salt comes first, as if it were written before each header.
        Span<byte> salted = stackalloc byte[sizeof(uint) + MaxLength];
        BinaryPrimitives.WriteUInt32LittleEndian(salted, salt);
        header[PayloadLengthAt..].CopyTo(salted[sizeof(uint)..]);
        return Crc32.HashToUInt32(salted[..(sizeof(uint) + header.Length - PayloadLengthAt)]);
    }
}
