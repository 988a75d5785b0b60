using System.CommandLine;
using OpencodeOtel.Cli.Running;
using OpencodeOtel.Cli.Shim;
using OpencodeOtel.Cli.Terminal;

namespace OpencodeOtel.Cli.Commands;

/// <summary><c>install</c>: writes the shim among opencode's plugins.</summary>
internal static class InstallCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CommandContext context)
    {
        Option<bool> project = ProjectOption();
        var command = new Command("install", "Write the small opencode plugin that feeds 'opencode-otel pipe', for every session from now on.");
        command.Options.Add(project);
        command.SetAction((parsed, _) => RunAsync(context, parsed.GetValue(project)));
        return command;
    }

    /// <summary>The option that <c>install</c> and <c>uninstall</c> share.</summary>
    internal static Option<bool> ProjectOption() =>
        new("--project") { Description = "In .opencode/plugin/ of the working directory, not among the user's own plugins" };

    /// <summary>Does something to the file of the shim, and says what, or why not.</summary>
    internal static async Task<int> ActAsync(CommandContext context, bool project, Func<ShimFile, string> act)
    {
        string? path = PlaceOf(context, project);
        if (path is null)
        {
            await context.Error.WriteLineAsync("opencode-otel: HOME is not set, so there is no folder for the plugin; set it, or XDG_CONFIG_HOME, or give --project.");
            return ExitCode.Usage;
        }

        try
        {
            string done = act(new ShimFile(path));
            await using TextWriter output = context.OpenOutputText();
            await output.WriteLineAsync(done);
            return ExitCode.Done;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await context.Error.WriteLineAsync($"opencode-otel: {e.Message}");
            return ExitCode.Unexpected;
        }
    }

    private static string? PlaceOf(CommandContext context, bool project) =>
        project ? ShimPlace.ForProject(Environment.CurrentDirectory) : ShimPlace.ForUser(context.Variables);

    /// <summary>What the first start costs, while opencode's own package is not where the plugin is.</summary>
    private static string? WaitOf(string? plugin)
    {
        string? folder = Path.GetDirectoryName(Path.GetDirectoryName(plugin));
        return folder is null || Directory.Exists(Path.Combine(folder, "node_modules", "@opencode-ai", "plugin")) ? null
            : "opencode-otel: with any plugin, opencode starts no session before npm has put its package @opencode-ai/plugin into "
                + $"{folder}: seconds, once. Where no npm registry answers, each start waits a minute or more; "
                + $"the lines 'fetch-retries=0' and 'fetch-timeout=5000' in {Path.Combine(folder, ".npmrc")} make that shorter.";
    }

    private static async Task<int> RunAsync(CommandContext context, bool project)
    {
        IReadOnlyList<string> consumer = ConsumerCommand.Find(context.Variables("PATH"));
        int code = await ActAsync(context, project, file => file.Install(ShimSource.TextFor(consumer)));
        if (code == ExitCode.Done && string.IsNullOrWhiteSpace(context.Variables("OPENCODE_ENABLE_TELEMETRY")))
        {
            await context.Error.WriteLineAsync("opencode-otel: it stays silent until OPENCODE_ENABLE_TELEMETRY=1 is in opencode's environment.");
        }

        if (code == ExitCode.Done && WaitOf(PlaceOf(context, project)) is { } wait)
        {
            await context.Error.WriteLineAsync(wait);
        }

        return code;
    }
}
