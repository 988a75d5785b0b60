using System.Text;
using System.Text.Json;

namespace OpencodeOtel.Pipeline.Attaching;

/// <summary>Finds the directories that a global stream speaks of: each event says its own first.</summary>
/// <remarks>A name that is cut by the end of a piece is found at the directory's next event. Bounded.</remarks>
internal sealed class DirectoryScanner
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly List<byte[]> _written = [];

    /// <summary>Gets the directories seen so far.</summary>
    public IReadOnlyCollection<string> Seen => _seen;

    private static ReadOnlySpan<byte> Mark => "data: {\"directory\":\""u8;

    /// <summary>Makes one known; <see langword="false"/> if it was, or if there is no room.</summary>
    public bool Add(string directory) => _seen.Count < AttachLimits.Directories && _seen.Add(directory);

    /// <summary>Scans a piece of the stream.</summary>
    /// <returns>A directory that is new; <see langword="null"/> if there is none.</returns>
    public string? FindNew(ReadOnlySpan<byte> bytes)
    {
        int start;
        while ((start = bytes.IndexOf(Mark)) >= 0)
        {
            bytes = bytes[(start + Mark.Length)..];
            int length = EndOfString(bytes);
            if (length < 0)
            {
                return null;
            }

            ReadOnlySpan<byte> raw = bytes[..length];
            bytes = bytes[length..];
            if (_written.Count < AttachLimits.Directories && !IsWritten(raw))
            {
                _written.Add(raw.ToArray());
                if (Text(raw) is { } directory && Add(directory))
                {
                    return directory;
                }
            }
        }

        return null;
    }

    private bool IsWritten(ReadOnlySpan<byte> raw)
    {
        foreach (byte[] written in _written)
        {
            if (raw.SequenceEqual(written))
            {
                return true;
            }
        }

        return false;
    }

    private static int EndOfString(ReadOnlySpan<byte> bytes)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == '"')
            {
                return i;
            }

            i += bytes[i] == '\\' ? 1 : 0;
        }

        return -1;
    }

    private static string? Text(ReadOnlySpan<byte> raw)
    {
        if (!raw.Contains((byte)'\\'))
        {
            return Encoding.UTF8.GetString(raw);
        }

        try
        {
            var reader = new Utf8JsonReader([(byte)'"', .. raw, (byte)'"']);
            return reader.Read() ? reader.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
