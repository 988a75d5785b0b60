namespace OpencodeOtel.Cli.Wrapping;

/// <summary>Finds the file of a command as a shell does: by <c>PATH</c>, or as it stands if it has a slash.</summary>
internal static class CommandFile
{
    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The exit code that shells use when there is no such command.</summary>
    public const int NotFound = 127;

    /// <summary>The exit code that shells use when the command cannot be executed.</summary>
    public const int NotExecutable = 126;

    /// <summary>Finds the file of <paramref name="name"/>.</summary>
    /// <param name="name">The first word of the command.</param>
    /// <param name="searchPath">The text of <c>PATH</c>.</param>
    /// <param name="file">The file, when the result is 0.</param>
    /// <returns>0, <see cref="NotFound"/> or <see cref="NotExecutable"/>.</returns>
    /// <remarks>Not left to <see cref="System.Diagnostics.Process"/>, which looks beside this program and in the working directory first.</remarks>
    public static int Find(string name, string? searchPath, out string file)
    {
        file = name;
        if (OperatingSystem.IsWindows())
        {
            return 0; // The system's own search, which knows of extensions.
        }

        if (name.Contains('/', StringComparison.Ordinal))
        {
            file = Path.GetFullPath(name);
            return Judge(file);
        }

        int result = NotFound;
        foreach (string folder in (searchPath ?? string.Empty).Split(Path.PathSeparator))
        {
            string candidate = Path.GetFullPath(Path.Combine(folder.Length == 0 ? "." : folder, name));
            int judged = name.Length == 0 ? NotFound : Judge(candidate);
            if (judged == 0)
            {
                file = candidate;
                return 0;
            }

            result = judged == NotExecutable && !Directory.Exists(candidate) ? judged : result;
        }

        return result;
    }

    private static int Judge(string file)
    {
        if (OperatingSystem.IsWindows() || !Path.Exists(file))
        {
            return NotFound;
        }

        return !Directory.Exists(file) && (File.GetUnixFileMode(file) & AnyExecute) != 0 ? 0 : NotExecutable;
    }
}
