using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace OpencodeOtel.EndToEnd.Live.Opencode;

/// <summary>A git repository and a home of its own for opencode, whose only model is a <see cref="ScriptedModel"/>. Goes with the test.</summary>
public sealed class OpencodeWorkspace : IDisposable
{
    /// <summary>The provider in the configuration.</summary>
    public const string Provider = "scripted";

    /// <summary>The model of the main agent.</summary>
    public const string Large = "scripted-large";

    /// <summary>The model of the sub-agent <see cref="Reviewer"/>.</summary>
    public const string Medium = "scripted-medium";

    /// <summary>The model for titles.</summary>
    public const string Small = "scripted-small";

    /// <summary>A sub-agent.</summary>
    public const string Reviewer = "reviewer";

    /// <summary>A file of the repository, and a text in it that occurs once.</summary>
    public const string SourceFile = "greet.txt";

    /// <summary>The first line of <see cref="SourceFile"/>.</summary>
    public const string SourceLine = "hello world";

    private readonly string _root = Directory.CreateTempSubdirectory("opencode-live-").FullName;

    /// <summary>Makes the folders, the configuration and a first commit.</summary>
    /// <param name="model">The model.</param>
    /// <param name="permissions">What opencode must ask for, such as <c>bash</c>; nothing by default.</param>
    public OpencodeWorkspace(ScriptedModel model, params string[] permissions)
    {
        Repository = Directory.CreateDirectory(Path.Combine(_root, "repo")).FullName;
        Home = Directory.CreateDirectory(Path.Combine(_root, "home")).FullName;
        Environment = MakeEnvironment(Home);
        File.WriteAllText(Path.Combine(Repository, SourceFile), SourceLine + "\nsecond line\n");
        File.WriteAllText(Path.Combine(Repository, "opencode.json"), Configuration(model, permissions));
        Git("init", "-q", "-b", "main");
        Git("config", "user.email", "dev@example.com");
        Git("config", "user.name", "Dev");
        Git("add", "-A");
        Git("commit", "-q", "-m", "First");
    }

    /// <summary>Gets the git repository, which is the working directory of opencode.</summary>
    public string Repository { get; }

    /// <summary>Gets the home directory.</summary>
    public string Home { get; }

    /// <summary>Gets the whole environment of opencode: it keeps to this home, and off the network.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Directory.Delete(_root, recursive: true);
        }
        catch (IOException)
        {
            // A process that was just killed may still write; what is left is in the system's temporary folder.
        }
    }

    private static Dictionary<string, string> MakeEnvironment(string home) => new()
    {
        ["PATH"] = System.Environment.GetEnvironmentVariable("PATH") ?? string.Empty,
        ["LANG"] = "C.UTF-8",
        ["TERM"] = "dumb",
        ["HOME"] = home,
        ["XDG_DATA_HOME"] = Path.Combine(home, "data"),
        ["XDG_CONFIG_HOME"] = Path.Combine(home, "config"),
        ["XDG_STATE_HOME"] = Path.Combine(home, "state"),
        ["XDG_CACHE_HOME"] = Path.Combine(home, "cache"),
        ["OPENCODE_DISABLE_MODELS_FETCH"] = "1",
        ["OPENCODE_DISABLE_AUTOUPDATE"] = "1",
        ["OPENCODE_DISABLE_DEFAULT_PLUGINS"] = "1",
        ["OPENCODE_DISABLE_LSP_DOWNLOAD"] = "1",
        ["OPENCODE_DISABLE_SHARE"] = "1",
        ["OPENCODE_DISABLE_EMBEDDED_WEB_UI"] = "1",
        ["npm_config_offline"] = "true", // With a plugin, opencode waits for the install of its own package.
    };

    private static string Configuration(ScriptedModel model, string[] permissions)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("model", $"{Provider}/{Large}");
            json.WriteString("small_model", $"{Provider}/{Small}");
            json.WriteBoolean("autoupdate", false);
            json.WriteString("share", "disabled");
            json.WriteStartObject("provider");
            json.WriteStartObject(Provider);
            json.WriteString("npm", "@ai-sdk/openai-compatible");
            json.WriteStartObject("options");
            json.WriteString("baseURL", model.BaseAddress.ToString());
            json.WriteString("apiKey", "none-needed");
            json.WriteEndObject();
            json.WriteStartObject("models");
            WriteModel(json, Large, input: 3, output: 15);
            WriteModel(json, Medium, input: 0.8, output: 4);
            WriteModel(json, Small, input: 0.25, output: 1.25);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteStartObject("agent");
            json.WriteStartObject(Reviewer);
            json.WriteString("description", "Reviews a change.");
            json.WriteString("mode", "subagent");
            json.WriteString("model", $"{Provider}/{Medium}");
            json.WriteString("prompt", "You review.");
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteStartObject("permission");
            foreach (string permission in permissions)
            {
                json.WriteString(permission, "ask");
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static void WriteModel(Utf8JsonWriter json, string name, double input, double output)
    {
        json.WriteStartObject(name);
        json.WriteString("name", name);
        json.WriteStartObject("limit");
        json.WriteNumber("context", 200_000);
        json.WriteNumber("output", 8192);
        json.WriteEndObject();
        json.WriteStartObject("cost");
        json.WriteNumber("input", input);
        json.WriteNumber("output", output);
        json.WriteNumber("cache_read", input / 10);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void Git(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = Repository, RedirectStandardError = true };
        start.Environment["HOME"] = Home;
        using Process git = Process.Start(start) ?? throw new InvalidOperationException("git did not start.");
        string error = git.StandardError.ReadToEnd();
        git.WaitForExit();
        if (git.ExitCode != 0)
        {
            throw new InvalidOperationException($"git {arguments[0]} failed: {error}");
        }
    }
}
