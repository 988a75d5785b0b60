using System.Globalization;
using System.Text;
using System.Text.Json;

namespace OpencodeOtel.Cli.Shim;

/// <summary>The shim: the plugin that hands opencode's events to this program.</summary>
internal static class ShimSource
{
    /// <summary>The variable that tells the shim where <c>run</c> listens; it then starts no consumer of its own.</summary>
    public const string SocketVariable = "OPENCODE_OTEL_SOCKET";

    /// <summary>Its name in opencode's folder of plugins.</summary>
    public const string FileName = "opencode-otel.js";

    /// <summary>Its name where no package says of what kind the file is.</summary>
    public const string ModuleName = "opencode-otel.mjs";

    private const string VersionMark = "// opencode-otel shim, version ";
    private const string Command = "const COMMAND = [\"opencode-otel\"]";

    /// <summary>Gets the source.</summary>
    public static string Text { get; } = Read();

    /// <summary>Gets the version of the source.</summary>
    public static int Version { get; } = VersionOf(Text)!.Value;

    /// <summary>The source with another command to start the consumer with.</summary>
    public static string TextFor(IEnumerable<string> command) =>
        Text.Replace(Command, $"const COMMAND = [{string.Join(", ", command.Select(Quote))}]", StringComparison.Ordinal);

    /// <summary>The version that a file says in its first line; <see langword="null"/> for a file that is not ours.</summary>
    public static int? VersionOf(string text)
    {
        int end = text.IndexOf('\n', StringComparison.Ordinal);
        string line = (end < 0 ? text : text[..end]).TrimEnd();
        return line.StartsWith(VersionMark, StringComparison.Ordinal)
            && int.TryParse(line.AsSpan(VersionMark.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int version)
            ? version
            : null;
    }

    private static string Quote(string word) => $"\"{JsonEncodedText.Encode(word)}\"";

    private static string Read()
    {
        using Stream stream = typeof(ShimSource).Assembly.GetManifestResourceStream(FileName)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
