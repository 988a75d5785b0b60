using System.Globalization;
using System.Security.Cryptography;

namespace OpencodeOtel.Pipeline.Spooling;

/// <summary>The directory that processes share: a folder and a lock for each log, named by when it was begun and a random number.</summary>
internal sealed class SpoolDirectory(string path)
{
    private const string LockExtension = ".lock";
    private const string TimeForm = "yyyyMMdd'T'HHmmssfff'Z'";
    private const int RandomBytes = 4;
    private const int TimeLength = 19;
    private const int IdLength = TimeLength + 1 + (2 * RandomBytes);

    /// <summary>Gets the directory.</summary>
    public string Path { get; } = path;

    /// <summary>A name for a new log.</summary>
    public static string NewId(TimeProvider time)
    {
        string begun = time.GetUtcNow().ToString(TimeForm, CultureInfo.InvariantCulture);
        return $"{begun}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RandomBytes))}";
    }

    /// <summary>The folder of a log.</summary>
    public string LogPath(string id) => System.IO.Path.Combine(Path, id);

    /// <summary>The lock of a log.</summary>
    public string LockPath(string id) => System.IO.Path.Combine(Path, id + LockExtension);

    /// <summary>Makes the directory.</summary>
    public void Create() => SpoolFiles.CreateDirectory(Path);

    /// <summary>The logs and what is left of logs, the oldest first; none if there is no directory.</summary>
    /// <exception cref="IOException">The directory cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory may not be read.</exception>
    public IReadOnlyList<string> LogIds()
    {
        SortedSet<string> ids = new(StringComparer.Ordinal);
        if (Directory.Exists(Path))
        {
            foreach (string entry in Directory.EnumerateFileSystemEntries(Path))
            {
                string name = System.IO.Path.GetFileName(entry);
                string id = name.EndsWith(LockExtension, StringComparison.Ordinal) ? name[..^LockExtension.Length] : name;
                if (IsId(id))
                {
                    ids.Add(id);
                }
            }
        }

        return [.. ids];
    }

    /// <summary>The segments of a log, the oldest first; none if the log is gone.</summary>
    /// <exception cref="IOException">The log cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The log may not be read.</exception>
    public IReadOnlyList<(int Number, string Path)> Segments(string id)
    {
        try
        {
            return
            [
                .. from file in Directory.EnumerateFiles(LogPath(id))
                   let number = SegmentFormat.TryReadName(System.IO.Path.GetFileName(file), out int read) ? read : 0
                   where number > 0
                   orderby number
                   select (number, file),
            ];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    /// <summary>The bytes of all segments of a log that can be seen: a log of another user is not for us to measure.</summary>
    public long Measure(string id)
    {
        long bytes = 0;
        try
        {
            foreach ((_, string file) in Segments(id))
            {
                bytes += LengthOf(file);
            }
        }
        catch (Exception error) when (SpoolFiles.IsExpected(error))
        {
            // Whoever may read it keeps to the limit.
        }

        return bytes;
    }

    private static long LengthOf(string file)
    {
        try
        {
            return new FileInfo(file).Length;
        }
        catch (FileNotFoundException)
        {
            return 0; // Its owner has just done with it.
        }
    }

    private static bool IsId(string name) =>
        name.Length == IdLength
        && name[TimeLength] == '-'
        && name.AsSpan(0, 8).IndexOfAnyExceptInRange('0', '9') < 0
        && name.Skip(TimeLength + 1).All(char.IsAsciiHexDigitLower);
}
