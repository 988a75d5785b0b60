using OpencodeOtel.Cli.Shim;
using OpencodeOtel.Cli.Wrapping;

namespace OpencodeOtel.Cli.Tests.Wrapping;

public sealed class PackageWaitTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("opencode-otel-").FullName;

    public PackageWaitTests()
    {
        Directory.CreateDirectory(Project);
        Directory.CreateDirectory(Path.Combine(_root, "other", "part"));
    }

    private string Project => Path.Combine(_root, "project", "part");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData(true, "opencode", "run", "hello")]
    [InlineData(true, "/opt/bin/opencode")]
    [InlineData(true, "timeout", "60", "opencode", "run", "hello")]
    [InlineData(true, "env", "A=1", "/opt/bin/opencode", "run")]
    [InlineData(true, "bash", "-eo", "pipefail", "-c", " opencode run \"make $WHAT\"\n")]
    [InlineData(false, "bash", "-c", "npm ci\nopencode run hello")]
    [InlineData(false, "bash", "-c", "opencode run \"$(npm ci)\"")]
    [InlineData(false, "bash", "-c", "opencode run hello && npm ci")]
    [InlineData(false, "bash", "script", "opencode")]
    [InlineData(false, "sh", "-c", "opencode run hello")]
    [InlineData(false, "npm", "install", "opencode")]
    [InlineData(false, "make", "review")]
    [InlineData(false, "opencode", "--pure", "run", "hello")]
    [InlineData(false, "bash", "-c", "opencode --pure run hello")]
    public void Only_an_opencode_that_is_the_command_itself_is_spared_the_wait(bool expected, params string[] words) => Assert.Equal(expected, IsNeedless(words));

    [Theory]
    [InlineData("home/.config/opencode/opencode.json", """{"plugin":["x"]}""")]
    [InlineData("home/.config/opencode/opencode.jsonc", """{"plugin":["x"]}""")]
    [InlineData("home/.config/opencode/tui.json", """{"plugin":["x"]}""")]
    [InlineData("home/.config/opencode/plugin/mine.ts", "")]
    [InlineData("home/.config/opencode/plugins/mine.js", "")]
    [InlineData("home/.config/opencode/tool/mine.ts", "")]
    [InlineData("home/.opencode/tools/mine.ts", "")]
    [InlineData("project/opencode.json", """{"plugin":["x"]}""")]
    [InlineData("project/.opencode/opencode.json", """{"plugin":["x"]}""")]
    [InlineData("project/.opencode/plugin/mine.js", "")]
    [InlineData("project/part/.opencode/tool/mine.js", "")]
    [InlineData("home/.local/share/opencode/auth.json", """{"https://x":{"type":"wellknown"}}""")]
    public void Whatever_may_need_the_package_is_left_as_it_is(string file, string text)
    {
        Write(file, text);

        Assert.False(IsNeedless(["opencode", "run", "hello"]));
    }

    [Theory]
    [InlineData("home/.config/opencode/opencode.json", """{"model":"a/b"}""")]
    [InlineData("home/.config/opencode/plugin/" + ShimSource.FileName, "")]
    [InlineData("home/.config/opencode/plugin/readme.md", "")]
    [InlineData("home/.config/opencode/agent/mine.md", "")]
    [InlineData("project/plugin/code.js", "")]
    [InlineData("other/opencode.json", """{"plugin":["x"]}""")]
    public void What_does_not_need_it_changes_nothing(string file, string text)
    {
        Write(file, text);

        Assert.True(IsNeedless(["opencode", "run", "hello"]));
    }

    [Theory]
    [InlineData("OPENCODE_CONFIG_CONTENT", """{"plugin":["x"]}""", false)]
    [InlineData("OPENCODE_CONFIG_CONTENT", """{"model":"a/b"}""", true)]
    [InlineData("OPENCODE_CONFIG", "{root}/other/config.json", false)]
    [InlineData("OPENCODE_CONFIG_DIR", "{root}/other", false)]
    [InlineData("XDG_CONFIG_HOME", "{root}/other", false)]
    [InlineData("PWD", "{root}/other", false)]
    [InlineData("PWD", "{root}/nowhere", true)]
    [InlineData("OPENCODE_PURE", "1", false)]
    [InlineData("OPENCODE_AUTH_CONTENT", """{"https://x":{"type":"wellknown"}}""", false)]
    [InlineData(PackageWait.Variable, "https://mine", false)]
    public void Variables_count_as_they_do_for_opencode(string name, string value, bool expected)
    {
        Write("other/config.json", """{"plugin":["x"]}""");
        Write("other/opencode.json", """{"plugin":["x"]}""");
        Write("other/opencode/opencode.json", """{"plugin":["x"]}""");

        Assert.Equal(expected, IsNeedless(["opencode", "run", "hello"], (name, value.Replace("{root}", _root, StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("opencode", "run", "--dir", "../../other/part")]
    [InlineData("opencode", "run", "--dir=../../other/part", "hello")]
    [InlineData("bash", "-c", "opencode run --dir '../../other/part' hello")]
    public void A_folder_that_opencode_is_told_to_work_in_counts(params string[] words)
    {
        Assert.True(IsNeedless(words));

        Write("other/opencode.json", """{"plugin":["x"]}""");

        Assert.False(IsNeedless(words));
    }

    private void Write(string file, string text)
    {
        string path = Path.Combine(_root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private bool IsNeedless(string[] words, params (string Name, string Value)[] variables)
    {
        var all = new Dictionary<string, string?> { ["HOME"] = Path.Combine(_root, "home") };
        foreach ((string name, string value) in variables)
        {
            all[name] = value;
        }

        return PackageWait.IsNeedless(words, all.GetValueOrDefault, Project);
    }
}
