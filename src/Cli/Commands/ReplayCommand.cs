using System.CommandLine;
using System.Globalization;
using OpencodeOtel.Cli.Running;
using OpencodeOtel.Pipeline;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Cli.Commands;

/// <summary><c>replay</c>: ships recordings, by their own clock.</summary>
internal static class ReplayCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CommandContext context)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Recorded event streams: SSE or one JSON object a line",
            Arity = ArgumentArity.OneOrMore,
        };
        files.Validators.Add(result =>
        {
            // A mistyped option would otherwise be taken for a file; a file of such a name can be given as ./--name.
            if (result.Tokens.FirstOrDefault(token => token.Value.Length > 1 && token.Value.StartsWith('-')) is { } option)
            {
                result.AddError($"'{CommandLine.WithoutValue(option.Value)}' is no option or argument of opencode-otel replay.");
            }
        });
        var speed = new Option<string>("--speed")
        {
            Description = "Pace by the recording's clock, this many times as fast (default: as fast as possible)",
            HelpName = "N",
        };
        speed.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && Speed(token.Value) is null)
            {
                result.AddError($"--speed is '{token.Value}'; it must be a number above 0.");
            }
        });
        var settings = new SettingOptions();
        var run = new RunOptions();
        var command = new Command("replay", "Ship recorded event streams; needs no switching on.");
        command.Arguments.Add(files);
        command.Options.Add(speed);
        run.AddTo(command);
        settings.AddTo(command);
        command.SetAction((parsed, _) => RunAsync(
            context, context.Resolve(settings.Typed(parsed)), run.Read(parsed), parsed.GetValue(files)!, Speed(parsed.GetValue(speed))));
        return command;
    }

    private static async Task<int> RunAsync(
        CommandContext context, ResolvedOptions resolved, RunChoices choices, string[] files, double? speed)
    {
        List<FileStream> streams = Open(files);
        try
        {
            TelemetryOptions options = resolved.Options with { UseEventClock = true, MaxBlock = Timeout.InfiniteTimeSpan };
            using var run = new PipelineRun(context, resolved with { Options = options }, choices, EndTimeout(resolved));
            using var progress = new ReplayProgress(context, choices, streams.Sum(stream => stream.Length));
            return await run.RunAsync(async (pipeline, stop) =>
            {
                foreach (FileStream stream in streams)
                {
                    using Stream counted = progress.Count(stream);
                    await ReplayAsync(pipeline, counted, speed, stop);
                }
            });
        }
        finally
        {
            streams.ForEach(stream => stream.Dispose());
        }
    }

    /// <summary>Nobody waits behind a replay: unless a time was asked for, a slow server gets a minute for what is queued at the end.</summary>
    private static TimeSpan EndTimeout(ResolvedOptions resolved) =>
        resolved.Settings.Any(setting => setting is { Name: "shutdown-timeout", Origin: "default" })
            ? TimeSpan.FromMinutes(1)
            : resolved.Options.ShutdownTimeout;

    private static Task ReplayAsync(TelemetryPipeline pipeline, Stream stream, double? speed, CancellationToken stop) =>
        speed is { } factor ? new PacedReplay(pipeline, factor).RunAsync(stream, stop) : pipeline.RunAsync(stream, stop);

    private static List<FileStream> Open(string[] files)
    {
        var streams = new List<FileStream>();
        foreach (string file in files)
        {
            try
            {
                streams.Add(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                streams.ForEach(stream => stream.Dispose());
                string reason = e switch
                {
                    FileNotFoundException or DirectoryNotFoundException => "there is no such file",
                    UnauthorizedAccessException => "it is a directory, or may not be read",
                    _ => e.Message,
                };
                throw new ConfigurationException($"FILE is '{CommandLine.WithoutValue(file)}', which cannot be replayed: {reason}; give a recorded event stream.");
            }
        }

        return streams;
    }

    private static double? Speed(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) && value > 0
            ? value
            : null;
}
