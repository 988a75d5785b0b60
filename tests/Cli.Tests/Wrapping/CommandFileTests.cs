using OpencodeOtel.Cli.Wrapping;

namespace OpencodeOtel.Cli.Tests.Wrapping;

public sealed class CommandFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("opencode-otel-").FullName;

    public CommandFileTests()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "first", "folder"));
        Directory.CreateDirectory(Path.Combine(_folder, "second"));
        Make("first/plain", executable: false);
        Make("second/plain", executable: true);
        Make("second/tool", executable: true);
        Make("second/folder", executable: true);
        Make("second/text", executable: false);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("tool", 0, "second/tool")]
    [InlineData("plain", 0, "second/plain")] // The first one cannot be executed: the search goes on.
    [InlineData("folder", 0, "second/folder")]
    [InlineData("text", 126, null)]
    [InlineData("missing", 127, null)]
    [InlineData("", 127, null)]
    public void A_name_is_looked_up_in_the_search_path_alone(string name, int expected, string? file)
    {
        int result = CommandFile.Find(name, $"{_folder}/first:{_folder}/second", out string found);

        Assert.Equal(expected, result);
        if (file is not null)
        {
            Assert.Equal(Path.Combine(_folder, file), found);
        }
    }

    [Theory]
    [InlineData("second/tool", 0)]
    [InlineData("second/text", 126)]
    [InlineData("second", 126)]
    [InlineData("second/missing", 127)]
    public void A_name_with_a_slash_is_a_file(string file, int expected) =>
        Assert.Equal(expected, CommandFile.Find(Path.Combine(_folder, file), "/nowhere", out _));

    private void Make(string name, bool executable)
    {
        string file = Path.Combine(_folder, name);
        File.WriteAllText(file, "#!/bin/sh\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | (executable ? UnixFileMode.UserExecute : UnixFileMode.None));
        }
    }
}
