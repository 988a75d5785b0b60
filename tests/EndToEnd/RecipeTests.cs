using System.Text.RegularExpressions;
using OpencodeOtel.EndToEnd.Support;
using YamlDotNet.RepresentationModel;

namespace OpencodeOtel.EndToEnd;

/// <summary>The pages of <c>docs/recipes</c>: every configuration parses.</summary>
public sealed partial class RecipeTests
{
    private static readonly string?[] Signals = ["traces", "metrics", "logs"];

    private static readonly string[] Pages = Directory.GetFiles(Path.Combine(CliProcess.RepositoryRoot, "docs", "recipes"), "*.md");

    public static TheoryData<string, string> Configurations => Blocks("yaml");

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
}
