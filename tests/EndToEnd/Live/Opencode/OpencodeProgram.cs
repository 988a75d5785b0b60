using System.Diagnostics;

namespace OpencodeOtel.EndToEnd.Live.Opencode;

/// <summary>The real opencode, which <c>OPENCODE_BIN</c> names: the native program of the npm package <c>opencode-ai</c>.</summary>
public static class OpencodeProgram
{
    /// <summary>Nothing that is waited for may take longer. On a quiet machine a turn takes a second; opencode starts slowly on a busy one.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromMinutes(4);

    private static readonly string? NamedPath = Environment.GetEnvironmentVariable("OPENCODE_BIN");

    /// <summary>Gets why there is none; <see langword="null"/> if there is one.</summary>
    public static string? WhyMissing { get; } = string.IsNullOrEmpty(NamedPath) ? "OPENCODE_BIN names no opencode."
        : File.Exists(NamedPath) ? null
        : "OPENCODE_BIN names a file that is not there.";

    /// <summary>Gets where it is.</summary>
    public static string Path => NamedPath ?? throw new InvalidOperationException(WhyMissing);

    /// <summary>Describes a process of it: its three streams redirected, only the workspace's environment, in the workspace's repository.</summary>
    public static ProcessStartInfo Describe(
        OpencodeWorkspace workspace, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(Path, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workspace.Repository,
        };
        start.Environment.Clear();
        foreach ((string name, string value) in workspace.Environment.Concat(environment ?? new Dictionary<string, string>()))
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
