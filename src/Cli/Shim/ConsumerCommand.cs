using OpencodeOtel.Cli.Wrapping;

namespace OpencodeOtel.Cli.Shim;

/// <summary>The words that start this program from a shim.</summary>
internal static class ConsumerCommand
{
    private const string Name = "opencode-otel";

    /// <summary>The name alone where <c>PATH</c> leads to this very program, so that it may move; else where it is.</summary>
    public static IReadOnlyList<string> Find(string? searchPath)
    {
        string self = Environment.ProcessPath ?? Name;
        if (Path.GetFileNameWithoutExtension(self) == "dotnet")
        {
            return [self, Path.Combine(AppContext.BaseDirectory, $"{Name}.dll")];
        }

        return !OperatingSystem.IsWindows() && CommandFile.Find(Name, searchPath, out string found) == 0 && Resolve(found) == Resolve(self) ? [Name] : [self];
    }

    private static string Resolve(string file) => File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file;
}
