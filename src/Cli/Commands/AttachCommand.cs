using System.CommandLine;
using Microsoft.Extensions.Logging;
using OpencodeOtel.Cli.Running;
using OpencodeOtel.Cli.Terminal;
using OpencodeOtel.Pipeline.Attaching;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Cli.Commands;

/// <summary><c>attach</c>: follows running opencode servers.</summary>
internal sealed class AttachCommand
{
    private readonly CommandContext _context;
    private readonly SettingOptions _settings = new();
    private readonly RunOptions _run = new();

    private readonly Argument<string[]> _urls = new("URL")
    {
        Description = $"opencode servers to follow (default {AttachReader.DefaultAddress}); http://NAME:PASSWORD@HOST:PORT says whom one of them lets in",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string> _directory = new("--directory")
    {
        Description = "Follow one directory of the server (default: all of them)",
        HelpName = "DIR",
    };

    private readonly Option<bool> _untilIdle = new("--until-idle")
    {
        Description = "End when all sessions are idle; if none works yet, the first one has 30 s to begin",
    };

    private readonly Option<string> _user = new("--server-username")
    {
        Description = "User name for all servers whose URL has none (default opencode) [OPENCODE_SERVER_USERNAME]",
        HelpName = "NAME",
    };

    private readonly Option<string> _password = new("--server-password")
    {
        Description = "Password for all servers whose URL has none; @FILE reads it from a file [OPENCODE_SERVER_PASSWORD]",
        HelpName = "TEXT",
    };

    private readonly Option<string> _connectTimeout = new("--connect-timeout")
    {
        Description = "How long the server may take to answer (default 10s)",
        HelpName = "TIME",
    };

    private readonly Option<string> _silenceTimeout = new("--silence-timeout")
    {
        Description = "How long the server may be silent, heartbeats included, before connecting again (default 30s)",
        HelpName = "TIME",
    };

    private AttachCommand(CommandContext context) => _context = context;

    /// <summary>Builds the command.</summary>
    public static Command Create(CommandContext context) => new AttachCommand(context).Build();

    private Command Build()
    {
        var command = new Command("attach", "Follow running opencode servers: connect, ship as events come, connect again when a server goes away.");
        _urls.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => token.Value.StartsWith('-')) is { } option)
            {
                result.AddError($"'{option.Value}' is no option or argument of opencode-otel attach.");
            }
        });
        command.Arguments.Add(_urls);
        command.Options.Add(_directory);
        command.Options.Add(_untilIdle);
        command.Options.Add(_user);
        command.Options.Add(_password);
        command.Options.Add(_connectTimeout);
        command.Options.Add(_silenceTimeout);
        _run.AddTo(command);
        _settings.AddTo(command);
        command.SetAction((parsed, _) => RunAsync(_context.Resolve(_settings.Typed(parsed)), _run.Read(parsed), Read(parsed)));
        return command;
    }

    private AttachOptions Read(ParseResult parsed) => new AttachReader(_context.Variables)
    {
        Addresses = parsed.GetValue(_urls) ?? [],
        Directory = parsed.GetValue(_directory),
        UntilIdle = parsed.GetValue(_untilIdle),
        User = parsed.GetValue(_user),
        Password = parsed.GetValue(_password),
        ConnectTimeout = parsed.GetValue(_connectTimeout),
        SilenceTimeout = parsed.GetValue(_silenceTimeout),
    }.Read();

    private async Task<int> RunAsync(ResolvedOptions resolved, RunChoices choices, AttachOptions options)
    {
        if (!resolved.Enabled)
        {
            if (!choices.Quiet)
            {
                await _context.Error.WriteLineAsync(
                    "opencode-otel: telemetry is off, so nothing is followed; set OPENCODE_ENABLE_TELEMETRY=1 or give --enable to switch it on.");
            }

            return ExitCode.Done;
        }

        // Whoever attaches at a terminal wants to see that it has worked.
        var logger = new TerminalLogger(_context.Error, choices.Quiet ? LogLevel.Error : LogLevel.Information);
        using var run = new PipelineRun(_context, resolved, choices, resolved.Options.ShutdownTimeout);
        return await run.RunAsync((pipeline, stop) => new ServerAttachment(pipeline, options, logger).RunAsync(stop));
    }
}
