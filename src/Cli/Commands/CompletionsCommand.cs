using System.CommandLine;
using System.CommandLine.Completions;
using OpencodeOtel.Cli.Running;
using OpencodeOtel.Cli.Terminal;

namespace OpencodeOtel.Cli.Commands;

/// <summary><c>completions</c>: prints what a shell needs to complete our commands and options.</summary>
internal static class CompletionsCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CommandContext context)
    {
        var shell = new Argument<string>("SHELL") { Description = $"One of {string.Join(", ", CompletionScripts.Shells)}" };
        shell.CompletionSources.Add(_ => CompletionScripts.Shells.Select(name => new CompletionItem(name)));
        shell.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !CompletionScripts.Shells.Contains(token.Value))
            {
                result.AddError($"SHELL is '{token.Value}'; it must be one of {string.Join(", ", CompletionScripts.Shells)}.");
            }
        });
        var command = new Command("completions", "Print the completions for a shell.");
        command.Arguments.Add(shell);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var output = new StreamWriter(context.Output, leaveOpen: true);
            await output.WriteAsync(CompletionScripts.Of(parsed.GetValue(shell)!).AsMemory(), cancellationToken);
            return ExitCode.Done;
        });
        return command;
    }
}
