using System.Runtime.Versioning;

namespace OpencodeOtel.EndToEnd.Support;

/// <summary>A headers helper: a few lines of shell in a git work tree of its own.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class HelperProgram : IDisposable
{
    private readonly TemporaryDirectory _root = new();

    /// <summary>Writes the program.</summary>
    /// <param name="body">Its lines; it runs in <see cref="WorkingDirectory"/>.</param>
    public HelperProgram(string body)
    {
        Directory.CreateDirectory(Path.Combine(_root.Path, ".git"));
        Directory.CreateDirectory(WorkingDirectory);
        Write(body);
    }

    /// <summary>Gets a program whose tokens are <c>token-1</c>, <c>token-2</c> and so on, one a run.</summary>
    public static HelperProgram Counting => new(
        """n=$(($(cat runs 2>/dev/null || echo 0) + 1)); echo $n > runs; printf '{"Authorization":"Bearer token-%s"}' $n""");

    /// <summary>Gets a directory of the work tree, to run in.</summary>
    public string WorkingDirectory => Path.Combine(_root.Path, "sub");

    /// <summary>Gets the setting that names it.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; } =
        new Dictionary<string, string> { ["OPENCODE_OTLP_HEADERS_HELPER"] = "${PROJECT_ROOT}/bin/token" };

    /// <summary>Gets how often a counting program was run.</summary>
    public int Runs => File.Exists(PathOf("runs")) ? int.Parse(File.ReadAllText(PathOf("runs")), System.Globalization.CultureInfo.InvariantCulture) : 0;

    /// <summary>Gets where it is.</summary>
    public string FilePath => Path.Combine(_root.Path, "bin", "token");

    /// <summary>Puts another program in its place.</summary>
    public void Write(string body)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        File.WriteAllText(FilePath, $"#!/bin/sh\n{body}\n");
        File.SetUnixFileMode(FilePath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>The path of a file that it writes.</summary>
    public string PathOf(string name) => Path.Combine(WorkingDirectory, name);

    /// <inheritdoc/>
    public void Dispose() => _root.Dispose();
}
