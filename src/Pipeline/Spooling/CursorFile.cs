using System.Globalization;
using System.IO.Hashing;
using System.Text;
using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Spooling;

/// <summary>How far each lane of a log is delivered: a text file that is replaced as a whole.</summary>
/// <remarks>
/// The first line is a CRC-32 of the rest, each further one a lane: segment, offset, signal, wire form, destination. All frames of the
/// lane before that place are done with. A cursor that is lost or damaged costs duplicates, never data, so it is not flushed to disk.
/// </remarks>
internal static class CursorFile
{
    /// <summary>The name of the file.</summary>
    public const string Name = "cursor";

    /// <summary>Reads the cursor of a log; empty if there is none that can be read.</summary>
    public static Dictionary<SpoolLane, SpoolPosition> Read(string logPath)
    {
        try
        {
            return Parse(File.ReadAllText(Path.Combine(logPath, Name)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Replaces the cursor of a log.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string logPath, IEnumerable<KeyValuePair<SpoolLane, SpoolPosition>> positions)
    {
        StringBuilder text = new();
        foreach ((SpoolLane lane, SpoolPosition position) in positions)
        {
            text.Append(CultureInfo.InvariantCulture, $"{position.Segment} {position.Offset} {(int)lane.Signal} {(int)lane.Form} {lane.Destination}\n");
        }

        string path = Path.Combine(logPath, Name);
        string next = path + ".next";
        using (FileStream file = SpoolFiles.Create(next, FileMode.Create))
        {
            file.Write(Encoding.UTF8.GetBytes($"{Checksum(text.ToString())}\n{text}"));
        }

        File.Move(next, path, overwrite: true);
    }

    private static Dictionary<SpoolLane, SpoolPosition> Parse(string text)
    {
        int line = text.IndexOf('\n', StringComparison.Ordinal);
        if (line < 0 || text[..line] != Checksum(text[(line + 1)..]))
        {
            return [];
        }

        Dictionary<SpoolLane, SpoolPosition> positions = [];
        foreach (string entry in text[(line + 1)..].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] words = entry.Split(' ', 5);
            if (words.Length == 5
                && int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out int segment)
                && long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out long offset)
                && int.TryParse(words[2], NumberStyles.None, CultureInfo.InvariantCulture, out int signal)
                && int.TryParse(words[3], NumberStyles.None, CultureInfo.InvariantCulture, out int form))
            {
                positions[new SpoolLane((Signal)signal, (WireForm)form, words[4])] = new SpoolPosition(segment, offset);
            }
        }

        return positions;
    }

    private static string Checksum(string text) => Crc32.HashToUInt32(Encoding.UTF8.GetBytes(text)).ToString("x8", CultureInfo.InvariantCulture);
}
