using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using OpencodeOtel.EndToEnd.Support;

namespace OpencodeOtel.EndToEnd;

/// <summary>What a person finds out by asking the program itself.</summary>
[UnsupportedOSPlatform("windows")] // The completions are tried in bash.
public sealed partial class HelpTests
{
    [Fact]
    public async Task Every_command_explains_itself_with_examples()
    {
        CliResult root = await CliProcess.RunAsync(["--help"]);
        string[] commands = [.. Command().Matches(root.OutputText).Select(match => match.Groups["name"].Value)];

        Assert.Contains("replay", commands);
        foreach (string command in commands)
        {
            CliResult help = await CliProcess.RunAsync([command, "--help"]);
            Assert.Equal(0, help.ExitCode);
            Assert.Empty(help.Error);
            Assert.Contains($"opencode-otel {command}", help.OutputText, StringComparison.Ordinal);
            Assert.Contains("Examples:\n", help.OutputText, StringComparison.Ordinal);
            Assert.Contains("Exit codes:\n", help.OutputText, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_usage_of_run_is_one_that_it_takes()
    {
        CliResult help = await CliProcess.RunAsync(["run", "--help"]);
        CliResult root = await CliProcess.RunAsync(["--help"]);

        Assert.Contains("opencode-otel run [options] -- <COMMAND>...\n", help.OutputText, StringComparison.Ordinal);
        Assert.Contains("127", help.OutputText, StringComparison.Ordinal);
        Assert.Contains("opencode-otel run --enable -- opencode run", root.OutputText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("install")]
    [InlineData("uninstall")]
    [InlineData("completions")]
    public async Task A_command_without_a_pipeline_says_nothing_of_one(string command)
    {
        CliResult help = await CliProcess.RunAsync([command, "--help"]);

        Assert.DoesNotContain("--strict", help.OutputText, StringComparison.Ordinal);
        Assert.DoesNotContain("OTEL_*", help.OutputText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shell_that_has_no_completions_is_told_which_have()
    {
        CliResult result = await CliProcess.RunAsync(["completions", "tcsh"]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("SHELL is 'tcsh'; it must be one of bash, zsh, fish, pwsh.", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("opencode-otel rep", "replay")]
    [InlineData("opencode-otel doc", "doctor")]
    [InlineData("opencode-otel replay --proto", "--protocol")]
    [InlineData("opencode-otel completions z", "zsh")]
    public async Task Bash_completes_a_line_with_what_the_program_offers(string line, string expected)
    {
        using var directory = new TemporaryDirectory();
        string program = Path.Combine(directory.Path, "opencode-otel");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\nexec {string.Join(' ', CliProcess.Command.Select(word => $"'{word}'"))} \"$@\"\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        const string Script = """
            eval "$(opencode-otel completions bash)"
            COMP_LINE=$1 COMP_POINT=${#1}
            read -ra COMP_WORDS <<<"$1"
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _opencode_otel
            printf '%s\n' "${COMPREPLY[@]}"
            """;
        var start = new ProcessStartInfo("bash", ["-c", Script, "bash", line]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{directory.Path}:{Environment.GetEnvironmentVariable("PATH")}";

        using Process process = Process.Start(start)!;
        CliResult result = await CliProcess.FinishAsync(process, CancellationToken.None);

        Assert.Equal($"{expected}\n", result.OutputText);
    }

    [GeneratedRegex(@"^  (?<name>[a-z]+) [^\n]*  [A-Z]", RegexOptions.Multiline)]
    private static partial Regex Command();
}
