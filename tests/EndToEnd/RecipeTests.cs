using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using OpencodeOtel.EndToEnd.Support;
using YamlDotNet.RepresentationModel;

namespace OpencodeOtel.EndToEnd;

/// <summary>The pages of <c>docs/recipes</c>: every configuration parses, and every variable is one that the program takes.</summary>
public sealed partial class RecipeTests
{
    private static readonly string?[] Signals = ["traces", "metrics", "logs"];

    private static readonly string[] Pages = Directory.GetFiles(Path.Combine(CliProcess.RepositoryRoot, "docs", "recipes"), "*.md");

    public static TheoryData<string, string> Configurations => Blocks("yaml");

    public static TheoryData<string, string> Commands => Blocks("sh");

    [Theory]
    [MemberData(nameof(Commands))]
    [UnsupportedOSPlatform("windows")] // The recipes are for a POSIX shell.
    public async Task What_is_exported_is_what_the_program_takes(string page, string commands)
    {
        string[] lines = commands.TrimEnd('\n').Split('\n');
        string[] exported = [.. Export().Matches(commands).Select(match => match.Groups["name"].Value)];
        string[] secrets = [.. Variable().Matches(commands).Select(match => match.Groups["name"].Value).Distinct()];
        string words = string.Join(' ', CliProcess.Command.Select(word => $"'{word}'"));
        Assert.NotEmpty(exported);
        Assert.Equal("opencode-otel attach", lines[^1]);

        // Nothing comes in, so nothing is sent to the services named; all settings are read and shown.
        string script = string.Join('\n', lines.SkipLast(1).Append($"{words} pipe --strict --verbose < /dev/null"));
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string secret in secrets)
        {
            start.Environment[secret] = "marked-secret";
        }

        using Process process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(CliProcess.Deadline);
        CliResult result = await CliProcess.FinishAsync(process, deadline.Token);

        Assert.True(result.ExitCode == 0, $"{page}: {result.Error}");
        Assert.DoesNotContain("warning", result.Error, StringComparison.Ordinal);
        Assert.All(exported, name => Assert.Contains($"({name})\n", result.Error, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Configurations))]
    public void A_configuration_parses_and_a_collectors_pipelines_name_what_it_has(string page, string configuration)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(configuration));
        var root = Assert.IsType<YamlMappingNode>(Assert.Single(yaml.Documents).RootNode);
        if (!configuration.StartsWith("# collector-", StringComparison.Ordinal))
        {
            return;
        }

        foreach ((YamlNode signal, YamlNode pipeline) in (YamlMappingNode)root["service"]["pipelines"])
        {
            Assert.Contains(((YamlScalarNode)signal).Value, Signals);
            foreach ((YamlNode kind, YamlNode names) in (YamlMappingNode)pipeline)
            {
                Assert.All((YamlSequenceNode)names, name => Assert.True(((YamlMappingNode)root[kind]).Children.ContainsKey(name), $"{page}: {kind} has no {name}"));
            }
        }
    }

    private static TheoryData<string, string> Blocks(string language)
    {
        var blocks = new TheoryData<string, string>();
        foreach (string page in Pages)
        {
            foreach (Match match in Block().Matches(File.ReadAllText(page)).Where(match => match.Groups["language"].Value == language))
            {
                blocks.Add(Path.GetFileName(page), match.Groups["text"].Value);
            }
        }

        return blocks;
    }

    [GeneratedRegex("^export (?<name>[A-Z_]+)=", RegexOptions.Multiline)]
    private static partial Regex Export();

    [GeneratedRegex(@"\$(?<name>[A-Z_]+)")]
    private static partial Regex Variable();

    [GeneratedRegex(@"```(?<language>\w+)\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
