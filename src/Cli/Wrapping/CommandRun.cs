using OpencodeOtel.Cli.Commands;
using OpencodeOtel.Cli.Running;
using OpencodeOtel.Cli.Terminal;
using OpencodeOtel.Pipeline;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Cli.Wrapping;

/// <summary>One run of a command with its telemetry: the command comes first, whatever becomes of the telemetry.</summary>
/// <param name="context">The terminal.</param>
/// <param name="choices">How to report.</param>
/// <param name="words">The command and its arguments.</param>
internal sealed class CommandRun(CommandContext context, RunChoices choices, string[] words)
{
    private static readonly Dictionary<string, string> NoVariables = [];

    /// <summary>Runs the command, and tells its exit code.</summary>
    public async Task<int> RunAsync(ResolvedOptions resolved)
    {
        if (!resolved.Enabled)
        {
            return await RunPlainlyAsync();
        }

        int failure = CommandFile.Find(words[0], context.Variables("PATH"), out _);
        if (failure != 0)
        {
            return await FailAsync(failure);
        }

        using ShimListener? listener = ShimListener.TryStart(context.Variables, out string? obstacle);
        await WarnAsync(obstacle is null ? null : $"{obstacle}, so opencode's plugin events are missing");
        using var run = new PipelineRun(context, resolved, choices, resolved.Options.ShutdownTimeout);
        return await run.RunAsync((pipeline, _) => FollowAsync(pipeline, run.Signals, listener, resolved.Options.ShutdownTimeout));
    }

    /// <summary>Starts the command, and follows it to its end, and what it left to that end.</summary>
    private async Task<int> FollowAsync(TelemetryPipeline pipeline, StopSignals signals, ShimListener? listener, TimeSpan patience)
    {
        bool isTapped = FormatLines.AreAskedFor(words) && !context.OutputIsTerminal;
        int failure = WrappedCommand.TryStart(words, VariablesFor(listener), isTapped, out WrappedCommand? command);
        if (command is null)
        {
            return await FailAsync(failure);
        }

        using WrappedCommand started = command;
        using var ended = new CancellationTokenSource();
        FormatLines? lines = command.Output is { } output ? new FormatLines(output, context.Output, TimeProvider.System) : null;
        Task<int> ending = WaitAsync(command, signals, lines, patience);
        try
        {
            var streams = new MergedStreams(pipeline);
            Task awake = streams.KeepAwakeAsync(ended.Token);
            await (listener?.FollowAsync(streams, ending, patience) ?? ending);
            await ended.CancelAsync();
            await awake;
            if (listener is null or { Connections: 0 })
            {
                await TakeLinesAsync(pipeline, lines);
            }
        }
        catch (Exception e)
        {
            // The command comes first: whatever went wrong with its telemetry, its exit code stands.
            await context.Error.WriteLineAsync($"opencode-otel: unexpected error: {e.GetType().Name}: {e.Message}");
        }

        return await ending;
    }

    private IReadOnlyDictionary<string, string> VariablesFor(ShimListener? listener) =>
        listener is null ? NoVariables
        : PackageWait.IsNeedless(words, context.Variables, Environment.CurrentDirectory) ? new Dictionary<string, string>(listener.Variables) { [PackageWait.Variable] = PackageWait.Value }
        : listener.Variables;

    /// <summary>Waits for the command's end, and for what it wrote; until its end, signals are the command's.</summary>
    private static async Task<int> WaitAsync(WrappedCommand command, StopSignals signals, FormatLines? lines, TimeSpan patience)
    {
        signals.GiveTo(command.Forward);
        Task copying = lines?.CopyAsync() ?? Task.CompletedTask;
        int code = await command.WaitAsync();
        signals.GiveTo(null);
        await (lines?.EndAsync(copying, patience, signals.Stop) ?? copying);
        return code;
    }

    /// <summary>No shim connected: the lines of the run format are the next best.</summary>
    private async Task TakeLinesAsync(TelemetryPipeline pipeline, FormatLines? lines)
    {
        if (lines is null || lines.Bytes.IsEmpty)
        {
            await WarnAsync("no opencode of the command handed over events, so there is no telemetry of it");
            return;
        }

        await WarnAsync("no opencode of the command loaded the plugin; its --format json output was used instead, which has no prompts, permissions, retries and sub-agents");
        if (lines.Missing > 0)
        {
            await WarnAsync($"{lines.Missing} bytes of that output were more than is kept, and are missing");
        }

        pipeline.Push(lines.Bytes.Span);
        pipeline.EndStream();
    }

    private async Task<int> RunPlainlyAsync()
    {
        if (!choices.Quiet)
        {
            await context.Error.WriteLineAsync("opencode-otel: telemetry is off; set OPENCODE_ENABLE_TELEMETRY=1 or give --enable to switch it on.");
        }

        using var signals = new StopSignals(TimeProvider.System);
        int failure = WrappedCommand.TryStart(words, NoVariables, isTapped: false, out WrappedCommand? command);
        if (command is null)
        {
            return await FailAsync(failure);
        }

        using (command)
        {
            signals.GiveTo(command.Forward);
            return await command.WaitAsync();
        }
    }

    private async Task<int> FailAsync(int code)
    {
        string reason = code == CommandFile.NotFound ? "there is no such command" : "it cannot be executed";
        await context.Error.WriteLineAsync($"opencode-otel: '{words[0]}' was not started: {reason}.");
        return code;
    }

    private async Task WarnAsync(string? sentence)
    {
        if (sentence is not null && !choices.Quiet)
        {
            await context.Error.WriteLineAsync($"opencode-otel: warning: {sentence}.");
        }
    }
}
