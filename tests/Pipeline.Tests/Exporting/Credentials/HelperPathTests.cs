using OpencodeOtel.Pipeline.Exporting.Credentials;

namespace OpencodeOtel.Pipeline.Tests.Exporting.Credentials;

public sealed class HelperPathTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("otel-").FullName;

    [Theory]
    [InlineData("/bin/token", "/bin/token")]
    [InlineData("token", "{directory}/token")]
    [InlineData("./bin/../token", "{directory}/token")]
    [InlineData("../token", "{worktree}/token")]
    [InlineData("${PROJECT_ROOT}/bin/token", "{worktree}/bin/token")]
    [InlineData("${WORKTREE}/bin/token", "{worktree}/bin/token")]
    [InlineData("${DIRECTORY}/bin/token", "{directory}/bin/token")]
    [InlineData("${DIRECTORY}/../${DIRECTORY}", "{worktree}{directory}")]
    [InlineData("$DIRECTORY/token", "{directory}/$DIRECTORY/token")]
    [InlineData("${HOME}/token", "{directory}/${HOME}/token")]
    [InlineData("${Directory}/token", "{directory}/${Directory}/token")]
    [InlineData("~/token --now", "{directory}/~/token --now")]
    [InlineData("$(id)", "{directory}/$(id)")]
    public void Three_directories_are_replaced_and_nothing_else(string written, string expected)
    {
        string worktree = Path.Combine(_root, "tree");
        string directory = Path.Combine(worktree, "sub");
        Directory.CreateDirectory(Path.Combine(worktree, ".git"));
        Directory.CreateDirectory(directory);
        Assert.Equal(
            expected.Replace("{worktree}", worktree, StringComparison.Ordinal).Replace("{directory}", directory, StringComparison.Ordinal),
            HelperPath.Expand(written, directory));
    }

    [Fact]
    public void A_linked_work_tree_has_a_file_in_the_place_of_the_directory()
    {
        string nested = Path.Combine(_root, "linked", "a", "b");
        Directory.CreateDirectory(nested);
        Directory.CreateDirectory(Path.Combine(_root, ".git"));
        File.WriteAllText(Path.Combine(_root, "linked", ".git"), "gitdir: elsewhere");
        Assert.Equal(Path.Combine(_root, "linked", "token"), HelperPath.Expand("${PROJECT_ROOT}/token", nested));
    }

    [Fact]
    public void Without_git_the_working_directory_serves()
    {
        Assert.Equal(Path.Combine(_root, "token"), HelperPath.Expand("${PROJECT_ROOT}/token", _root));
        Assert.Equal(Path.Combine(_root, "token"), HelperPath.Expand("${WORKTREE}/token", _root));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
