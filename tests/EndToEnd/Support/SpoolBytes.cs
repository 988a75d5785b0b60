using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;

namespace OpencodeOtel.EndToEnd.Support;

/// <summary>Reads a spool directory by the layout that is written down, without the program: what a killed process has left.</summary>
public static partial class SpoolBytes
{
    private const int SegmentHeader = 16;
    private const int FixedHeader = 32;
    private static readonly byte[] Marker = [0xB5, 0x46, 0x52, 0x4D];

    /// <summary>The session ids in all frames that are there as a whole.</summary>
    public static IReadOnlySet<string> Sessions(string directory)
    {
        HashSet<string> ids = [];
        foreach (string path in Directory.Exists(directory) ? Directory.EnumerateFiles(directory, "*.log", SearchOption.AllDirectories) : [])
        {
            byte[] bytes = File.ReadAllBytes(path);
            for (int at = SegmentHeader; TryFrame(bytes, at, out int end); at = end)
            {
                ids.UnionWith(SessionId().Matches(Encoding.Latin1.GetString(bytes, at, end - at)).Select(match => match.Value));
            }
        }

        return ids;
    }

    private static bool TryFrame(byte[] bytes, int at, out int end)
    {
        end = 0;
        if (bytes.Length - at < FixedHeader || !bytes.AsSpan(at).StartsWith(Marker))
        {
            return false;
        }

        end = at + FixedHeader + BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at + 30)) + BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at + 8));
        return end <= bytes.Length;
    }

    [GeneratedRegex("ses_n[0-9]{9}")]
    private static partial Regex SessionId();
}
