using System.Diagnostics;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using OpencodeOtel.EndToEnd.Support;
using YamlDotNet.RepresentationModel;

namespace OpencodeOtel.EndToEnd.Automation;

/// <summary>The GitHub action: what it declares, and its two scripts, with releases on loopback.</summary>
[UnsupportedOSPlatform("windows")] // The scripts are for bash.
public sealed partial class ActionTests : IDisposable
{
    private const string Archive = "opencode-otel-linux-x64.tar.gz";

    private static readonly string Scripts = Path.Combine(CliProcess.RepositoryRoot, ".github", "scripts");

    private static readonly string Definition = File.ReadAllText(Path.Combine(CliProcess.RepositoryRoot, "action.yml"));

    private readonly TemporaryDirectory _folder = new();

    private string PathFile => Path.Combine(_folder.Path, "path");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("1.2.3")]
    [InlineData("v1.2.3")]
    [InlineData("")]
    public async Task A_release_is_put_on_the_path_of_the_steps_that_follow(string asked)
    {
        string version = asked.Length > 0 ? asked.TrimStart('v') : Version().Match(File.ReadAllText(Path.Combine(CliProcess.RepositoryRoot, "Directory.Build.props"))).Groups[1].Value;
        byte[] archive = await PackAsync("echo 'the program'");
        await using ReleaseServer server = await ReleaseServer.StartAsync(version, (Archive, archive), ("SHA256SUMS", Sums(archive)));

        CliResult result = await InstallAsync(("VERSION", asked), ("DOWNLOAD", server.Address));

        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        Assert.DoesNotContain("::warning", result.OutputText, StringComparison.Ordinal);
        string folder = (await File.ReadAllTextAsync(PathFile)).TrimEnd('\n');
        Assert.Equal(["opencode-otel", "SHA256SUMS"], Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.OrdinalIgnoreCase));
        Assert.Equal("the program\n", (await RunAsync(Path.Combine(folder, "opencode-otel"))).OutputText);
    }

    [Theory]
    [InlineData("other bytes", "not what its checksum says")]
    [InlineData("no archive", "could not be loaded")]
    [InlineData("no sums", "could not be loaded")]
    [InlineData("sums of others", "not what its checksum says")]
    [InlineData("no archive inside", "could not be unpacked")]
    [InlineData("no number", "no version number")]
    [InlineData("no such system", "there is no program for")]
    public async Task Whatever_is_wrong_with_a_release_is_a_warning_and_the_job_goes_on(string wrong, string expected)
    {
        byte[] good = await PackAsync("echo 'the program'");
        byte[] archive = wrong == "no archive inside" ? [1, 2, 3] : good;
        byte[] sums = Sums(wrong switch { "other bytes" => [.. archive, 0], _ => archive }, wrong == "sums of others" ? "another.tar.gz" : Archive);
        List<(string, byte[])> files = [(Archive, archive), ("SHA256SUMS", sums)];
        files.RemoveAll(file => file.Item1 == (wrong == "no archive" ? Archive : wrong == "no sums" ? "SHA256SUMS" : null));
        await using ReleaseServer server = await ReleaseServer.StartAsync("1.2.3", [.. files]);

        CliResult result = await InstallAsync(
            ("DOWNLOAD", server.Address),
            ("VERSION", wrong == "no number" ? "../1" : "1.2.3"),
            ("RUNNER_ARCH", wrong == "no such system" ? "S390X" : "X64"));

        Assert.Equal(0, result.ExitCode);
        string warning = Assert.Single(result.OutputText.Split('\n'), line => line.StartsWith("::warning", StringComparison.Ordinal));
        Assert.Contains(expected, warning, StringComparison.Ordinal);
        Assert.False(File.Exists(PathFile));
        Assert.Empty(Directory.EnumerateFiles(_folder.Path, "opencode-otel", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("", "https://github.com/opencode-otel/opencode-otel/releases/download/v1.2.3/opencode-otel-linux-x64.tar.gz")]
    [InlineData("someone/fork", "https://github.com/someone/fork/releases/download/v1.2.3/opencode-otel-linux-x64.tar.gz")]
    public async Task Releases_are_those_of_the_actions_repository_also_when_the_runner_does_not_tell_it(string repository, string expected)
    {
        string asked = Path.Combine(_folder.Path, "asked");
        string bin = Directory.CreateDirectory(Path.Combine(_folder.Path, "bin")).FullName;
        WriteProgram(Path.Combine(bin, "curl"), $"for last; do :; done; echo \"$last\" >> '{asked}'; exit 22");

        CliResult result = await InstallAsync(("VERSION", "1.2.3"), ("REPOSITORY", repository), ("PATH", $"{bin}:{Environment.GetEnvironmentVariable("PATH")}"));

        Assert.Equal(0, result.ExitCode);
        Assert.Equal([expected], await File.ReadAllLinesAsync(asked));
    }

    [Theory]
    [InlineData("true", "run --strict -- bash -eo pipefail -c")]
    [InlineData("false", "run -- bash -eo pipefail -c")]
    public async Task A_command_runs_under_the_program(string strict, string words)
    {
        string bin = Directory.CreateDirectory(Path.Combine(_folder.Path, "bin")).FullName;
        WriteProgram(Path.Combine(bin, "opencode-otel"), "printf '[%s]' \"$*\"; while [ \"$1\" != -- ]; do shift; done; shift; exec \"$@\"");

        CliResult result = await RunAsync(
            Path.Combine(Scripts, "observe.sh"),
            ("COMMAND", "echo hello\nexit 7"),
            ("STRICT", strict),
            ("PATH", $"{bin}:{Environment.GetEnvironmentVariable("PATH")}"));

        Assert.Equal(7, result.ExitCode);
        Assert.Equal($"[{words} echo hello\nexit 7]hello\n", result.OutputText);
    }

    [Theory]
    [InlineData("echo hello", 0)]
    [InlineData("echo hello; false | true", 1)]
    [InlineData("echo hello; false; echo never", 1)]
    public async Task Without_the_program_a_command_runs_all_the_same(string command, int exitCode)
    {
        CliResult result = await RunAsync(Path.Combine(Scripts, "observe.sh"), ("COMMAND", command), ("STRICT", "true"));

        Assert.Equal((exitCode, "hello\n"), (result.ExitCode, result.OutputText));
    }

    [Fact]
    public void The_action_gives_its_scripts_what_they_read_and_uses_all_its_inputs()
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Definition));
        YamlNode root = yaml.Documents[0].RootNode;
        foreach (YamlMappingNode step in ((YamlSequenceNode)root["runs"]["steps"]).Cast<YamlMappingNode>())
        {
            string script = ScriptOf().Match(step["run"].ToString()).Groups[1].Value;
            string text = File.ReadAllText(Path.Combine(Scripts, script));
            HashSet<string> given = [.. ((YamlMappingNode)step["env"]).Children.Keys.Select(key => key.ToString())];

            // DOWNLOAD is for tests and mirrors; the variables of the runner are there without being given.
            Assert.All(
                ReadVariable().Matches(text).Select(match => match.Groups[1].Value).Where(name => name != "DOWNLOAD" && !Runners().IsMatch(name)),
                name => Assert.Contains(name, given));
            Assert.True((File.GetUnixFileMode(Path.Combine(Scripts, script)) & UnixFileMode.UserExecute) != 0, $"{script} cannot be executed.");
        }

        Assert.All(
            ((YamlMappingNode)root["inputs"]).Children.Keys,
            input => Assert.Matches($@"\binputs\.{Regex.Escape(input.ToString())}\b", Definition));
        Assert.Contains("REPOSITORY: ${{ github.action_repository }}", Definition, StringComparison.Ordinal);
    }

    private static byte[] Sums(byte[] archive, string name = Archive) =>
        System.Text.Encoding.ASCII.GetBytes($"{new string('0', 64)}  packages.nupkg\n{Convert.ToHexStringLower(SHA256.HashData(archive))}  {name}\n");

    private static void WriteProgram(string path, string script)
    {
        File.WriteAllText(path, $"#!/bin/bash\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static async Task<CliResult> RunAsync(string program, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(CliProcess.Deadline);
        return await CliProcess.FinishAsync(process, deadline.Token);
    }

    /// <summary>An archive as the release workflow makes it.</summary>
    private async Task<byte[]> PackAsync(string script)
    {
        string content = Directory.CreateDirectory(Path.Combine(_folder.Path, "content")).FullName;
        WriteProgram(Path.Combine(content, "opencode-otel"), script);
        string archive = Path.Combine(_folder.Path, "packed");
        using Process tar = Process.Start("tar", ["-czf", archive, "-C", content, "."]);
        await tar.WaitForExitAsync();
        Directory.Delete(content, recursive: true);
        return await File.ReadAllBytesAsync(archive);
    }

    private Task<CliResult> InstallAsync(params (string Name, string Value)[] environment) => RunAsync(
        Path.Combine(Scripts, "install.sh"),
        [
            ("RUNNER_OS", "Linux"),
            ("RUNNER_ARCH", "X64"),
            ("RUNNER_TEMP", Path.Combine(_folder.Path, "a folder")),
            ("GITHUB_PATH", PathFile),
            ("GITHUB_ACTION_PATH", CliProcess.RepositoryRoot),
            .. environment,
        ]);

    [GeneratedRegex(@"\$\{?([A-Z][A-Z_]+)")]
    private static partial Regex ReadVariable();

    [GeneratedRegex("^(RUNNER|GITHUB)_")]
    private static partial Regex Runners();

    [GeneratedRegex(@"/scripts/([\w.]+)")]
    private static partial Regex ScriptOf();

    [GeneratedRegex("<Version>(.*)</Version>")]
    private static partial Regex Version();
}
