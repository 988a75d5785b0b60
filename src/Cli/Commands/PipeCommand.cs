using System.CommandLine;
using OpencodeOtel.Cli.Running;
using OpencodeOtel.Cli.Terminal;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Cli.Commands;

/// <summary><c>pipe</c>: reads events from standard input until its end, and ships as it goes.</summary>
internal static class PipeCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CommandContext context)
    {
        var passthrough = new Option<bool>("--passthrough") { Description = "Copy the input to standard output unchanged" };
        var settings = new SettingOptions();
        var run = new RunOptions();
        var command = new Command("pipe", "Read opencode's events from standard input until its end, and ship as they come.");
        command.Options.Add(passthrough);
        run.AddTo(command);
        settings.AddTo(command);
        command.SetAction((parsed, _) => RunAsync(
            context, context.Resolve(settings.Typed(parsed)), run.Read(parsed), parsed.GetValue(passthrough)));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, ResolvedOptions resolved, RunChoices choices, bool passthrough)
    {
        using Stream input = passthrough ? Passthrough.Through(context.Input, context.Output) : context.Input;
        if (!resolved.Enabled)
        {
            return await DrainAsync(context, input, choices);
        }

        using var run = new PipelineRun(context, resolved, choices, resolved.Options.ShutdownTimeout);
        return await run.RunAsync((pipeline, stop) => pipeline.RunAsync(input, stop));
    }

    /// <summary>Telemetry is off: whoever writes to us must not notice.</summary>
    private static async Task<int> DrainAsync(CommandContext context, Stream input, RunChoices choices)
    {
        if (!choices.Quiet)
        {
            await context.Error.WriteLineAsync("opencode-otel: telemetry is off; set OPENCODE_ENABLE_TELEMETRY=1 or give --enable to switch it on.");
        }

        using var signals = new StopSignals(TimeProvider.System);
        try
        {
            await input.CopyToAsync(Stream.Null, signals.Stop).WaitAsync(signals.Stop);
        }
        catch (OperationCanceledException)
        {
            return signals.ExitCode;
        }

        return ExitCode.Done;
    }
}
