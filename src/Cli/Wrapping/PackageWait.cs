using System.Buffers;

namespace OpencodeOtel.Cli.Wrapping;

/// <summary>
/// With any plugin, opencode starts no session before npm has put the package <c>@opencode-ai/plugin</c> into each of its configuration
/// folders; without one it does not wait. Ours does not need the package. So where nothing of the user's may need it either, npm is told
/// of a registry for it that is no address, at which it fails at once; the shim takes the variable away before any tool is started.
/// </summary>
internal static class PackageWait
{
    /// <summary>The variable that npm reads. No shell can set it, and some drop it, so it reaches an opencode that is the command itself.</summary>
    public const string Variable = "npm_config_@opencode-ai:registry";

    /// <summary>Its value, by which the shim knows that it is ours.</summary>
    public const string Value = "opencode-otel";

    private const int LongestFile = 1024 * 1024;

    // Commands that become the one that follows their options.
    private static readonly string[] Prefixes = ["env", "nice", "nohup", "stdbuf", "timeout"];

    private static readonly SearchValues<char> BetweenCommands = SearchValues.Create("\n;&|`(");

    private static readonly char[] BetweenWords = [' ', '=', '\'', '"'];

    private static readonly string[] ConfigVariables = ["OPENCODE_CONFIG", "OPENCODE_TUI_CONFIG"];

    private static readonly string[] ConfigFiles = ["config", "config.json", "opencode.json", "opencode.jsonc", "tui.json", "tui.jsonc"];

    private static readonly string[] CodeFolders = ["plugin", "plugins", "tool", "tools"];

    /// <summary>Whether the variable is to be set.</summary>
    /// <param name="words">The command and its arguments.</param>
    /// <param name="variables">Looks up an environment variable.</param>
    /// <param name="directory">The working directory.</param>
    /// <returns><see langword="true"/> when the command is opencode, will load the shim, and configures nothing that waits for the package anyway.</returns>
    public static bool IsNeedless(IReadOnlyList<string> words, Func<string, string?> variables, string directory)
    {
        if (!IsOpencode(words) || words.Any(word => word.Contains("--pure", StringComparison.Ordinal)) || Set(variables("OPENCODE_PURE")) is not null || variables(Variable) is not null)
        {
            return false;
        }

        try
        {
            string[] folders = [.. StartsOf(words, variables, directory).SelectMany(Upwards).Distinct()];
            string[] configured = [.. FoldersOfUser(variables), .. folders.Select(folder => Path.Combine(folder, ".opencode"))];
            return !configured.Any(HasCode)
                && !FilesOf([.. folders, .. configured], variables).Any(file => Mentions(file, "plugin"))
                && !Remote(variables).Any(file => Mentions(file, "wellknown"))
                && variables("OPENCODE_AUTH_CONTENT")?.Contains("wellknown", StringComparison.Ordinal) != true
                && variables(OpencodeConfig.Variable)?.Contains("plugin", StringComparison.Ordinal) != true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false; // What cannot be seen may need the package.
        }
    }

    private static bool IsOpencode(IReadOnlyList<string> words) =>
        IsOpencode(words[0])
        || (Prefixes.Contains(Path.GetFileName(words[0])) && words.Skip(1).Any(IsOpencode))
        || (Path.GetFileName(words[0]) == "bash" && words.Zip(words.Skip(1)).Any(pair => pair.First == "-c" && IsOneOpencode(pair.Second.Trim())));

    private static bool IsOneOpencode(string script) =>
        script.StartsWith("opencode ", StringComparison.Ordinal) && !script.AsSpan().ContainsAny(BetweenCommands);

    private static bool IsOpencode(string word) => Path.GetFileName(word) == "opencode";

    /// <summary>Where opencode may look for a project: where it is started, and what it is told to work in.</summary>
    private static IEnumerable<string> StartsOf(IReadOnlyList<string> words, Func<string, string?> variables, string directory) =>
        words.Skip(1).SelectMany(word => word.Split(BetweenWords).Append(word))
            .Append(Set(variables("PWD")) ?? directory)
            .Select(path => Path.Combine(directory, path))
            .Where(Directory.Exists)
            .Append(directory);

    private static IEnumerable<string> Upwards(string folder)
    {
        for (DirectoryInfo? current = new(Path.GetFullPath(folder)); current is not null; current = current.Parent)
        {
            yield return current.FullName;
        }
    }

    private static IEnumerable<string> FoldersOfUser(Func<string, string?> variables)
    {
        string home = Home(variables);
        yield return Path.Combine(Set(variables("XDG_CONFIG_HOME")) ?? Path.Combine(home, ".config"), "opencode");
        yield return Path.Combine(home, ".opencode");
        yield return "/etc/opencode";
        yield return "/Library/Application Support/opencode";
        if (Set(variables("OPENCODE_CONFIG_DIR")) is { } own)
        {
            yield return own;
        }
    }

    private static IEnumerable<string> FilesOf(IEnumerable<string> folders, Func<string, string?> variables) =>
        folders.SelectMany(_ => ConfigFiles, Path.Combine)
            .Concat(ConfigVariables.Select(variables).OfType<string>().Where(file => file.Length > 0));

    /// <summary>Where opencode keeps what lets it in elsewhere: a configuration may come from there.</summary>
    private static IEnumerable<string> Remote(Func<string, string?> variables)
    {
        yield return Path.Combine(Set(variables("XDG_DATA_HOME")) ?? Path.Combine(Home(variables), ".local", "share"), "opencode", "auth.json");
    }

    private static bool HasCode(string folder) =>
        CodeFolders.Select(name => Path.Combine(folder, name)).Where(Directory.Exists)
            .SelectMany(Directory.EnumerateFiles)
            .Any(file => Path.GetExtension(file) is ".js" or ".ts" && Path.GetFileName(file) != Shim.ShimSource.FileName);

    private static bool Mentions(string file, string word)
    {
        var found = new FileInfo(file);
        return found.Exists && (found.Length > LongestFile || File.ReadAllText(file).Contains(word, StringComparison.Ordinal));
    }

    private static string Home(Func<string, string?> variables) =>
        Set(variables("HOME")) ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    private static string? Set(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
