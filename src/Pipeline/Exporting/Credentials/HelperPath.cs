namespace OpencodeOtel.Pipeline.Exporting.Credentials;

/// <summary>Finds the file that a setting names.</summary>
internal static class HelperPath
{
    private const string Git = ".git";

    /// <summary>Puts directories in the place of <c>${PROJECT_ROOT}</c>, <c>${WORKTREE}</c> and <c>${DIRECTORY}</c>; nothing else is expanded.</summary>
    /// <param name="path">The path as written.</param>
    /// <param name="directory">The working directory.</param>
    /// <returns>The full path.</returns>
    public static string Expand(string path, string directory)
    {
        string worktree = WorktreeOf(directory) ?? directory;
        string expanded = path
            .Replace("${PROJECT_ROOT}", worktree, StringComparison.Ordinal)
            .Replace("${WORKTREE}", worktree, StringComparison.Ordinal)
            .Replace("${DIRECTORY}", directory, StringComparison.Ordinal);
        return Path.GetFullPath(expanded, directory);
    }

    /// <summary>The root of the git work tree that holds a directory; in a linked tree <c>.git</c> is a file.</summary>
    private static string? WorktreeOf(string directory)
    {
        for (DirectoryInfo? at = new(directory); at is not null; at = at.Parent)
        {
            if (Path.Exists(Path.Combine(at.FullName, Git)))
            {
                return at.FullName;
            }
        }

        return null;
    }
}
