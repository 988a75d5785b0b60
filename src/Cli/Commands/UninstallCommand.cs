using System.CommandLine;
using OpencodeOtel.Cli.Running;

namespace OpencodeOtel.Cli.Commands;

/// <summary><c>uninstall</c>: takes the shim away again.</summary>
internal static class UninstallCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CommandContext context)
    {
        Option<bool> project = InstallCommand.ProjectOption();
        var command = new Command("uninstall", "Remove the plugin that install wrote, and nothing else.");
        command.Options.Add(project);
        command.SetAction((parsed, _) => InstallCommand.ActAsync(context, parsed.GetValue(project), file => file.Uninstall()));
        return command;
    }
}
