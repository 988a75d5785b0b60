namespace OpencodeOtel.Pipeline.Tests.Exporting.Credentials;

/// <summary>Programs of a few lines in a directory of their own.</summary>
internal sealed class HelperScript : IDisposable
{
    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("otel-").FullName;

    /// <summary>Writes a program for <c>sh</c> that may be executed.</summary>
    /// <returns>Its path.</returns>
    public string Write(string body, string firstLine = "#!/bin/sh") =>
        WriteFile($"{firstLine}\n{body}\n", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    /// <summary>Writes a file.</summary>
    public string WriteFile(string text, UnixFileMode mode)
    {
        string path = Path.Combine(Directory, $"helper-{Guid.NewGuid():N}");
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }

        return path;
    }

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);
}
