using System.CommandLine;
using System.CommandLine.Parsing;
using OpencodeOtel.Cli.Ci;
using OpencodeOtel.Cli.Running;
using OpencodeOtel.Cli.Terminal;
using OpencodeOtel.Cli.Wrapping;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Cli.Commands;

/// <summary><c>run</c>: starts a command, follows the opencode processes in it, and ends with its exit code.</summary>
internal static class RunCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CommandContext context)
    {
        var words = new Argument<string[]>("COMMAND") { Description = "The command and its arguments, after --", Arity = ArgumentArity.OneOrMore };
        var noCi = new Option<bool>("--no-ci-attributes") { Description = "Leave out what the CI system tells of the job (cicd.*, vcs.*)" };
        var settings = new SettingOptions();
        var run = new RunOptions();
        var command = new Command("run", "Start a command, ship the events of every opencode in it, and end with its exit code.");
        command.Arguments.Add(words);
        command.Options.Add(noCi);
        run.AddTo(command);
        settings.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            string[] typed = parsed.GetValue(words)!;
            if (Misplaced(parsed, typed) is { } problem)
            {
                await context.Error.WriteLineAsync($"opencode-otel: {problem}");
                return ExitCode.Usage;
            }

            ResolvedOptions resolved = context.Resolve(settings.Typed(parsed));
            return await new CommandRun(context, run.Read(parsed), typed).RunAsync(parsed.GetValue(noCi) ? resolved : WithCi(resolved, context));
        });
        return command;
    }

    /// <summary>Options of the command must not be taken for ours, and a mistyped one of ours not for the command.</summary>
    private static string? Misplaced(ParseResult parsed, string[] words)
    {
        int separator = parsed.Tokens.ToList().FindIndex(token => token.Type == TokenType.DoubleDash);
        int after = separator < 0 ? 0 : parsed.Tokens.Count - separator - 1;
        return after == words.Length ? null
            : words[0].StartsWith('-') ? $"'{words[0]}' is no option or argument of opencode-otel run."
            : $"'{words[0]}' stands before --; the command goes after it: opencode-otel run [OPTIONS] -- COMMAND…";
    }

    /// <summary>What a user says of the resource is stronger than what the CI system says.</summary>
    private static ResolvedOptions WithCi(ResolvedOptions resolved, CommandContext context)
    {
        IReadOnlyList<KeyValuePair<string, string>> own = resolved.Options.ResourceAttributes;
        HashSet<string> taken = [.. own.Select(attribute => attribute.Key)];
        return resolved with
        {
            Options = resolved.Options with
            {
                ResourceAttributes = [.. CiAttributes.Read(context.Variables).Where(attribute => !taken.Contains(attribute.Key)), .. own],
            },
        };
    }
}
