namespace OpencodeOtel.Cli.Shim;

/// <summary>Where opencode looks for plugins.</summary>
internal static class ShimPlace
{
    /// <summary>The file of the shim for everything that the user does.</summary>
    /// <param name="variables">Looks up an environment variable.</param>
    /// <returns>The file; <see langword="null"/> when there is no home.</returns>
    public static string? ForUser(Func<string, string?> variables)
    {
        if (Set(variables("OPENCODE_CONFIG_DIR")) is { } own)
        {
            return In(own);
        }

        if (Set(variables("XDG_CONFIG_HOME")) is { } configuration)
        {
            return In(Path.Combine(configuration, "opencode"));
        }

        string? home = Set(variables("HOME")) ?? Set(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));
        return home is null ? null : In(Path.Combine(home, ".config", "opencode"));
    }

    /// <summary>The file of the shim for one project.</summary>
    public static string ForProject(string directory) => In(Path.Combine(directory, ".opencode"));

    private static string In(string folder) => Path.GetFullPath(Path.Combine(folder, "plugin", ShimSource.FileName));

    private static string? Set(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
