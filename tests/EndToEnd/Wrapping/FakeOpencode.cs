using System.Diagnostics;
using OpencodeOtel.EndToEnd.Support;

namespace OpencodeOtel.EndToEnd.Wrapping;

/// <summary>A program that loads plugins and hands them recorded events, as opencode does with live ones.</summary>
internal static class FakeOpencode
{
    /// <summary>Gets the words that start it.</summary>
    public static IReadOnlyList<string> Command { get; } = ["node", Path.Combine(AppContext.BaseDirectory, "Wrapping", "fake-opencode.mjs")];

    /// <summary>Gets the same as text for a shell.</summary>
    public static string Shell => string.Join(' ', Command);

    /// <summary>Gets why it cannot be started; <see langword="null"/> if it can.</summary>
    public static string? WhyMissing { get; } =
        OperatingSystem.IsWindows() ? "Windows has no Unix sockets that node can use."
        : HasNode() ? null
        : "There is no node, which the stand-in for opencode needs.";

    /// <summary>The recordings, as the fake wants them.</summary>
    public static string Events(params string[] names) => string.Join(':', names.Select(Recordings.PathOf));

    private static bool HasNode()
    {
        try
        {
            using Process node = Process.Start(new ProcessStartInfo("node", ["--version"]) { RedirectStandardOutput = true })!;
            node.WaitForExit();
            return node.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
