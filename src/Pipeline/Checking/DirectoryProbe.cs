using System.Security.Cryptography;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Spooling;

namespace OpencodeOtel.Pipeline.Checking;

/// <summary>Writes to a directory for a try, and leaves it as it was: what had to be made is removed again.</summary>
internal static class DirectoryProbe
{
    private const int ProbeBytes = 4096;

    /// <summary>Makes the directory if there is none, and in it a file that is written through to the disk.</summary>
    /// <param name="directory">The full path.</param>
    /// <param name="look">Looks at the directory while it is there.</param>
    /// <returns>Why it failed; <see langword="null"/> when it did not.</returns>
    public static string? Run(string directory, Action look)
    {
        if (Ancestors(directory).FirstOrDefault(File.Exists) is { } file)
        {
            return file == directory ? "it is a file, not a directory" : $"{ShownText.Of(file)} is a file, not a directory";
        }

        List<string> made = [.. Ancestors(directory).TakeWhile(static path => !Directory.Exists(path))];
        try
        {
            SpoolFiles.CreateDirectory(directory);
            Write(Path.Combine(directory, $".opencode-otel-probe-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}"));
            look();
            return null;
        }
        catch (Exception error) when (SpoolFiles.IsExpected(error))
        {
            return SpoolFiles.Reason(error);
        }
        finally
        {
            made.ForEach(Remove);
        }
    }

    /// <summary>The directory and those above it, from the innermost.</summary>
    private static IEnumerable<string> Ancestors(string directory)
    {
        for (string? path = directory; path is not null; path = Path.GetDirectoryName(path))
        {
            yield return path;
        }
    }

    private static void Write(string path)
    {
        try
        {
            using FileStream file = SpoolFiles.Create(path, FileMode.CreateNew);
            file.Write(new byte[ProbeBytes]);
            file.Flush(flushToDisk: true);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void Remove(string directory)
    {
        try
        {
            Directory.Delete(directory);
        }
        catch (Exception error) when (SpoolFiles.IsExpected(error))
        {
            // It was never made, or somebody has put something there meanwhile.
        }
    }
}
