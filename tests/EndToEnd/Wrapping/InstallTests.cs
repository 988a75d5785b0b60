using OpencodeOtel.EndToEnd.Support;

namespace OpencodeOtel.EndToEnd.Wrapping;

public sealed class InstallTests : IDisposable
{
    private readonly TemporaryDirectory _home = new();

    private string Folder => Path.Combine(_home.Path, "opencode", "plugin");

    private string Shim => Path.Combine(Folder, "opencode-otel.js");

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Install_writes_the_plugin_says_so_and_does_it_once()
    {
        CliResult first = await RunAsync("install");
        byte[] written = await File.ReadAllBytesAsync(Shim);
        DateTime time = File.GetLastWriteTimeUtc(Shim);
        CliResult second = await RunAsync("install");

        Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));
        Assert.Equal($"{Shim} was written.\n", first.OutputText);
        Assert.Contains("nothing was changed", second.OutputText, StringComparison.Ordinal);
        Assert.Equal(written, await File.ReadAllBytesAsync(Shim));
        Assert.Equal(time, File.GetLastWriteTimeUtc(Shim));
        Assert.Equal([Shim], Directory.EnumerateFiles(_home.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task An_older_shim_is_renewed_and_other_plugins_stay()
    {
        Directory.CreateDirectory(Folder);
        string other = Path.Combine(Folder, "other.js");
        await File.WriteAllTextAsync(other, "export const Other = async () => ({})\n");
        await File.WriteAllTextAsync(Shim, "// opencode-otel shim, version 0\nexport const Old = async () => ({})\n");

        CliResult install = await RunAsync("install");
        string renewed = await File.ReadAllTextAsync(Shim);
        CliResult uninstall = await RunAsync("uninstall");

        Assert.Contains("from version 0 to 1", install.OutputText, StringComparison.Ordinal);
        Assert.StartsWith("// opencode-otel shim, version 1\n", renewed, StringComparison.Ordinal);
        Assert.Equal($"{Shim} was removed.\n", uninstall.OutputText);
        Assert.Equal([other], Directory.EnumerateFiles(Folder));
    }

    [Fact]
    public async Task A_newer_shim_is_left_as_it_is()
    {
        Directory.CreateDirectory(Folder);
        const string Newer = "// opencode-otel shim, version 999\n";
        await File.WriteAllTextAsync(Shim, Newer);

        CliResult install = await RunAsync("install");

        Assert.Equal(0, install.ExitCode);
        Assert.Contains("newer", install.OutputText, StringComparison.Ordinal);
        Assert.Equal(Newer, await File.ReadAllTextAsync(Shim));
    }

    [Theory]
    [InlineData("install")]
    [InlineData("uninstall")]
    public async Task A_file_of_somebody_else_is_never_touched(string command)
    {
        Directory.CreateDirectory(Folder);
        await File.WriteAllTextAsync(Shim, "// mine\n");

        CliResult result = await RunAsync(command);

        Assert.Equal(1, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.Contains("not a file of this program", result.Error, StringComparison.Ordinal);
        Assert.Equal("// mine\n", await File.ReadAllTextAsync(Shim));
    }

    [Fact]
    public async Task Uninstall_without_a_shim_says_so()
    {
        CliResult result = await RunAsync("uninstall");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("nothing was changed", result.OutputText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Uninstall_leaves_a_folder_that_is_the_users_link()
    {
        string dotfiles = Directory.CreateDirectory(Path.Combine(_home.Path, "dotfiles")).FullName;
        Directory.CreateDirectory(Path.GetDirectoryName(Folder)!);
        Directory.CreateSymbolicLink(Folder, dotfiles);

        await RunAsync("install");
        CliResult uninstall = await RunAsync("uninstall");

        Assert.Equal(0, uninstall.ExitCode);
        Assert.Equal(dotfiles, new DirectoryInfo(Folder).LinkTarget);
        Assert.Empty(Directory.EnumerateFileSystemEntries(dotfiles));
    }

    [Fact]
    public async Task Install_says_what_opencode_waits_for_while_its_package_is_not_there()
    {
        CliResult without = await RunAsync("install");
        Directory.CreateDirectory(Path.Combine(_home.Path, "opencode", "node_modules", "@opencode-ai", "plugin"));
        CliResult with = await RunAsync("install");

        Assert.Contains("@opencode-ai/plugin", without.Error, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(_home.Path, "opencode", ".npmrc"), without.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("@opencode-ai/plugin", with.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_project_the_plugin_goes_into_the_working_directory()
    {
        CliResult install = await RunAsync("install", "--project");
        string file = Path.Combine(_home.Path, ".opencode", "plugin", "opencode-otel.js");
        bool wasThere = File.Exists(file);
        CliResult uninstall = await RunAsync("uninstall", "--project");

        Assert.Equal((0, 0), (install.ExitCode, uninstall.ExitCode));
        Assert.True(wasThere);
        Assert.False(File.Exists(file));
    }

    private Task<CliResult> RunAsync(params string[] arguments) => CliProcess.RunAsync(
        arguments, environment: new Dictionary<string, string> { ["XDG_CONFIG_HOME"] = _home.Path }, workingDirectory: _home.Path);
}
