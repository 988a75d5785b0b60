using System.CommandLine;

namespace OpencodeOtel.Cli.Commands;

/// <summary>The options of every command that runs a pipeline: how it reports and what it exits with.</summary>
internal sealed class RunOptions
{
    private readonly Option<string> _report = new("--report")
    {
        Description = "The account at the end: text or json (default text)",
        HelpName = "FORM",
    };

    private readonly Option<string> _reportFile = new("--report-file")
    {
        Description = "Write the account to a file instead of standard error",
        HelpName = "PATH",
    };

    private readonly Option<bool> _quiet = new("--quiet") { Description = "Print nothing but errors" };

    private readonly Option<bool> _verbose = new("--verbose") { Description = "Print each setting with its value and origin, and every message; secrets stay hidden" };

    private readonly Option<bool> _strict = new("--strict") { Description = "Exit with 3 when not everything was delivered" };

    /// <summary>Adds the options.</summary>
    public void AddTo(Command command)
    {
        _report.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && token.Value is not ("text" or "json"))
            {
                result.AddError($"--report is '{token.Value}'; it must be text or json.");
            }
        });
        command.Options.Add(_report);
        command.Options.Add(_reportFile);
        command.Options.Add(_quiet);
        command.Options.Add(_verbose);
        command.Options.Add(_strict);
    }

    /// <summary>What was typed.</summary>
    public RunChoices Read(ParseResult parsed) => new(
        parsed.GetValue(_report) == "json",
        parsed.GetValue(_reportFile),
        parsed.GetValue(_quiet),
        parsed.GetValue(_verbose),
        parsed.GetValue(_strict));
}
