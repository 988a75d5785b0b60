using System.Globalization;

namespace OpencodeOtel.Cli.Shim;

/// <summary>The shim as a file among the user's plugins: written, renewed and removed only where it is ours.</summary>
/// <param name="path">The file.</param>
internal sealed class ShimFile(string path)
{
    private const int LongestShimBytes = 1024 * 1024;

    /// <summary>Writes the shim.</summary>
    /// <param name="text">Its source.</param>
    /// <returns>What was done, as a sentence.</returns>
    /// <exception cref="IOException">It cannot be written, or the file is not ours.</exception>
    public string Install(string text)
    {
        string? found = ReadFound();
        int? version = found is null ? null : VersionOrThrow(found);
        if (found == text)
        {
            return $"{path} is there already (version {Show(ShimSource.Version)}); nothing was changed.";
        }

        if (version > ShimSource.Version)
        {
            return $"{path} is newer (version {Show(version.Value)}) than what this program has (version {Show(ShimSource.Version)}); it was left as it is.";
        }

        // Beside it and then in its place: opencode never sees half a file.
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string temporary = $"{path}.new";
        File.WriteAllText(temporary, text);
        File.Move(temporary, path, overwrite: true);
        return version is null ? $"{path} was written."
            : version < ShimSource.Version ? $"{path} was renewed, from version {Show(version.Value)} to {Show(ShimSource.Version)}."
            : $"{path} was renewed: it had been changed, or started another program.";
    }

    /// <summary>Removes the shim.</summary>
    /// <returns>What was done, as a sentence.</returns>
    /// <exception cref="IOException">It cannot be removed, or the file is not ours.</exception>
    public string Uninstall()
    {
        if (ReadFound() is not { } found)
        {
            return $"{path} is not there; nothing was changed.";
        }

        VersionOrThrow(found);
        File.Delete(path);
        var folder = new DirectoryInfo(Path.GetDirectoryName(path)!);
        // A link is the user's own, and so is where it leads.
        if (folder.LinkTarget is null && !folder.EnumerateFileSystemInfos().Any())
        {
            folder.Delete();
        }

        return $"{path} was removed.";
    }

    private static string Show(int number) => number.ToString(CultureInfo.InvariantCulture);

    private string? ReadFound()
    {
        var file = new FileInfo(path);
        return file.Exists ? file.Length > LongestShimBytes ? string.Empty : File.ReadAllText(path)
            : Directory.Exists(path) ? string.Empty
            : null;
    }

    private int VersionOrThrow(string found) => ShimSource.VersionOf(found)
        ?? throw new IOException($"{path} is not a file of this program: its first line does not say so. It was left as it is.");
}
