using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;

namespace OpencodeOtel.Pipeline.Spooling;

/// <summary>The beginning of a segment file, and its name: 8 bytes that name the format, its version, and a CRC-32 of both.</summary>
internal static class SegmentFormat
{
    /// <summary>The bytes before the first frame.</summary>
    public const int HeaderLength = 16;

    /// <summary>What this program writes, and the last that it reads.</summary>
    public const uint Version = 1;

    private const string Extension = ".log";
    private const int VersionAt = 8;
    private const int ChecksumAt = 12;

    private static ReadOnlySpan<byte> Magic => "OCOTSPL\n"u8;

    /// <summary>The beginning of a segment.</summary>
    public static byte[] Header()
    {
        byte[] header = new byte[HeaderLength];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(VersionAt), Version);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(ChecksumAt), Crc32.HashToUInt32(header.AsSpan(0, ChecksumAt)));
        return header;
    }

    /// <summary>Whether a segment may be read. A damaged beginning costs nothing: frames speak for themselves.</summary>
    /// <returns><see langword="false"/> only for a beginning that is whole and says a later version.</returns>
    public static bool IsReadable(ReadOnlySpan<byte> start) =>
        start.Length < HeaderLength
        || !start.StartsWith(Magic)
        || BinaryPrimitives.ReadUInt32LittleEndian(start[ChecksumAt..]) != Crc32.HashToUInt32(start[..ChecksumAt])
        || BinaryPrimitives.ReadUInt32LittleEndian(start[VersionAt..]) <= Version;

    /// <summary>Whether the beginning is as it was written.</summary>
    public static bool IsIntact(ReadOnlySpan<byte> start) => start.StartsWith(Header());

    /// <summary>The name of a segment's file.</summary>
    public static string NameOf(int number) => number.ToString("D8", CultureInfo.InvariantCulture) + Extension;

    /// <summary>Reads the number from the name of a segment's file.</summary>
    public static bool TryReadName(string name, out int number)
    {
        number = 0;
        return name.EndsWith(Extension, StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(0, name.Length - Extension.Length), NumberStyles.None, CultureInfo.InvariantCulture, out number)
            && number > 0;
    }
}
