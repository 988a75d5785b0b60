using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using OpencodeOtel.EndToEnd.Support;
using OpencodeOtel.TestCollector;
using YamlDotNet.RepresentationModel;

namespace OpencodeOtel.EndToEnd;

/// <summary>The pages of <c>docs/recipes</c>: every command runs, with servers of our own in place of those named; every configuration parses.</summary>
[UnsupportedOSPlatform("windows")] // The recipes are for a POSIX shell.
public sealed partial class RecipeTests
{
    private static readonly long Now = DateTimeOffset.UnixEpoch.AddDays(30_000).ToUnixTimeMilliseconds();

    private static readonly string?[] Signals = ["traces", "metrics", "logs"];

    private static readonly string[] Pages = Directory.GetFiles(Path.Combine(CliProcess.RepositoryRoot, "docs", "recipes"), "*.md");

    public static TheoryData<string, string> Commands => Blocks("sh");

    public static TheoryData<string, string> Configurations => Blocks("yaml");

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_recipe_ships_what_happens_in_a_session(string page, string commands)
    {
        await using OtlpTestServer collector = await OtlpTestServer.StartAsync();
        await using FakeOpencode opencode = await FakeOpencode.StartAsync();
        using var directory = new TemporaryDirectory();
        string program = Path.Combine(directory.Path, "opencode-otel");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\nexec {string.Join(' ', CliProcess.Command.Select(word => $"'{word}'"))} \"$@\" '{opencode.Address}'\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        bool isHttp = commands.Contains("http/protobuf", StringComparison.Ordinal);
        Uri server = isHttp ? collector.HttpEndpoint : collector.GrpcEndpoint;
        string script = Server().Replace(commands, match => $"{server.Scheme}://{server.Authority}{(match.Groups["path"].Value is ['/', 'v', '1', ..] path ? path : "")}");
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{directory.Path}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.GrpcEndpoint.ToString();
        foreach (Match variable in Variable().Matches(commands))
        {
            start.Environment[variable.Groups["name"].Value] = "a-key";
        }

        using Process process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(CliProcess.Deadline);
        Task<CliResult> finished = CliProcess.FinishAsync(process, deadline.Token);
        FakeStream stream = await opencode.NextStreamAsync();
        await stream.SendAllAsync(
        [
            Said.Created(Said.Session("ses_a", Now, Now)),
            Said.Updated(Said.User("ses_a", "msg_1", Now)),
            Said.Updated(Said.Assistant("ses_a", "msg_2", "msg_1", Now + 1)),
            Said.Updated(Said.Assistant("ses_a", "msg_2", "msg_1", Now + 1, Now + 2)),
            Said.Idle("ses_a"),
        ]);
        CliResult result = await finished;

        Assert.True(result.ExitCode == 0, $"{page}\n{result.Error}");
        Assert.DoesNotContain("warning", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("a-key", result.Error, StringComparison.Ordinal);
        Assert.NotEmpty(collector.LogRecords);
        Assert.NotEmpty(collector.Metrics);
        Assert.Equal(commands.Contains("DISABLE_TRACES=all", StringComparison.Ordinal), collector.Spans.Count == 0);
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

    [GeneratedRegex(@"```(?<language>\w+)\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"https?://[^/\s""]+(?<path>/[^\s""]*)?")]
    private static partial Regex Server();

    [GeneratedRegex(@"\$(?<name>[A-Z][A-Z0-9_]*)")]
    private static partial Regex Variable();
}
