using System.CommandLine;
using OpencodeOtel.Cli.Running;
using OpencodeOtel.Cli.Spooling;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Spooling;

namespace OpencodeOtel.Cli.Commands;

/// <summary><c>spool</c>: what waits on disk.</summary>
internal static class SpoolCommand
{
    /// <summary>Builds the command and those below it.</summary>
    public static Command Create(CommandContext context)
    {
        var command = new Command("spool", "Look at, send or drop the telemetry that waits on disk.");
        command.Subcommands.Add(CreateList(context));
        command.Subcommands.Add(CreateFlush(context));
        command.Subcommands.Add(CreatePurge(context));
        return command;
    }

    private static Command CreateList(CommandContext context)
    {
        var settings = new SettingOptions();
        var command = new Command("list", "Show what waits, by destination and signal.");
        settings.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            string directory = DirectoryOf(context.Resolve(settings.Typed(parsed)));
            await using TextWriter output = context.OpenOutputText();
            await output.WriteAsync(SpoolText.List(directory, Reach(directory, SpoolAdministration.Read)));
            return Terminal.ExitCode.Done;
        });
        return command;
    }

    private static Command CreateFlush(CommandContext context)
    {
        var settings = new SettingOptions();
        var run = new RunOptions();
        var command = new Command("flush", "Send what waits for the configured destination now.");
        run.AddTo(command);
        settings.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            ResolvedOptions resolved = context.Resolve(settings.Typed(parsed));
            string directory = DirectoryOf(resolved);
            Reach(directory, SpoolAdministration.Read);
            using var flush = new SpoolFlush(context, resolved, run.Read(parsed), directory);
            return await flush.RunAsync();
        });
        return command;
    }

    private static Command CreatePurge(CommandContext context)
    {
        var olderThan = new Option<string>("--older-than")
        {
            Description = "Drop only what has waited for longer, such as 12h or 3d (default: everything)",
            HelpName = "TIME",
        };
        olderThan.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !SpoolSettings.TryParseAge(token.Value, out _))
            {
                result.AddError($"--older-than is '{token.Value}'; it must be a time such as 90s, 12h or 7d, and at most 365d.");
            }
        });
        var settings = new SettingOptions();
        var command = new Command("purge", "Drop what waits, without asking.");
        command.Options.Add(olderThan);
        settings.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            string directory = DirectoryOf(context.Resolve(settings.Typed(parsed)));
            TimeSpan? age = parsed.GetValue(olderThan) is { } text && SpoolSettings.TryParseAge(text, out TimeSpan value) ? value : null;
            await using TextWriter output = context.OpenOutputText();
            await output.WriteAsync(SpoolText.Purged(Reach(directory, path => SpoolAdministration.Purge(path, age, TimeProvider.System))));
            return Terminal.ExitCode.Done;
        });
        return command;
    }

    private static string DirectoryOf(ResolvedOptions resolved) =>
        resolved.Options.SpoolDirectory ?? throw new ConfigurationException("there is no spool; give --spool DIR or set OPENCODE_OTLP_SPOOL.");

    /// <summary>Does something with the directory; one that cannot be used is a matter of configuration.</summary>
    private static T Reach<T>(string directory, Func<string, T> work)
    {
        try
        {
            return work(directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string reason = e is UnauthorizedAccessException ? "permission denied" : e.Message;
            throw new ConfigurationException($"--spool is '{directory}', which cannot be used: {reason}");
        }
    }
}
