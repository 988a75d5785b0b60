using System.CommandLine;
using OpencodeOtel.Cli.Running;
using OpencodeOtel.Cli.Terminal;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Cli.Commands;

/// <summary>The whole command line: parses, runs, and turns what goes wrong into one sentence and an exit code.</summary>
internal static class CommandLine
{
    /// <summary>Runs what <paramref name="arguments"/> say.</summary>
    public static async Task<int> RunAsync(string[] arguments, CommandContext context)
    {
        try
        {
            ParseResult parsed = Create(context).Parse(arguments);
            if (parsed.Errors.Count > 0)
            {
                await context.Error.WriteLineAsync($"opencode-otel: {Describe(parsed)}");
                await context.Error.WriteLineAsync($"Try '{CommandPath(parsed)} --help'.");
                return ExitCode.Usage;
            }

            // Signals and exceptions are ours: PipelineRun flushes on the first signal, and below is the one place for the rest.
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (ConfigurationException e)
        {
            await context.Error.WriteLineAsync($"opencode-otel: {e.Message}");
            return ExitCode.Usage;
        }
        catch (Exception e)
        {
            // The edge of the process: whatever it is, it becomes one line and an exit code.
            await context.Error.WriteLineAsync($"opencode-otel: unexpected error: {e.GetType().Name}: {e.Message}");
            return ExitCode.Unexpected;
        }
    }

    private static RootCommand Create(CommandContext context)
    {
        var root = new RootCommand("Ships the telemetry of the opencode coding agent over OTLP.");
        root.Subcommands.Add(PipeCommand.Create(context));
        root.Subcommands.Add(ReplayCommand.Create(context));
        root.Subcommands.Add(RunCommand.Create(context));
        root.Subcommands.Add(InstallCommand.Create(context));
        root.Subcommands.Add(UninstallCommand.Create(context));
        root.Subcommands.Add(AttachCommand.Create(context));
        root.Subcommands.Add(DoctorCommand.Create(context));
        root.Subcommands.Add(SpoolCommand.Create(context));
        root.Subcommands.Add(CompletionsCommand.Create(context));
        Help.Extend(root);
        return root;
    }

    /// <summary>One sentence: of several errors the one that names what was typed.</summary>
    private static string Describe(ParseResult parsed)
    {
        if (parsed.UnmatchedTokens is not [var token, ..])
        {
            return parsed.CommandResult.Command is RootCommand root ? $"a command is needed: {Names(root)}." : parsed.Errors[0].Message;
        }

        Command command = parsed.CommandResult.Command;
        return token.StartsWith('-') || command.Subcommands.Count == 0
            ? $"'{WithoutValue(token)}' is no option or argument of {CommandPath(parsed)}."
            : $"'{WithoutValue(token)}' is no command; there are: {Names(command)}.";
    }

    /// <summary>A word as it was typed, but for what stands after <c>=</c>: a mistyped <c>--header</c> must not show its value.</summary>
    internal static string WithoutValue(string word)
    {
        int equals = word.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? word : word[..(equals + 1)] + "***";
    }

    private static string Names(Command command) => string.Join(", ", command.Subcommands.Select(subcommand => subcommand.Name));

    private static string CommandPath(ParseResult parsed) => CommandPath(parsed.CommandResult.Command);

    private static string CommandPath(Symbol command) => command is not RootCommand && command.Parents.FirstOrDefault() is { } parent
        ? $"{CommandPath(parent)} {command.Name}"
        : "opencode-otel";
}
