using System.CommandLine;
using OpencodeOtel.Cli.Checking;
using OpencodeOtel.Cli.Running;
using OpencodeOtel.Cli.Terminal;
using OpencodeOtel.Pipeline.Checking;
using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Cli.Commands;

/// <summary><c>doctor</c>: what the configuration is, where each value comes from, and whether telemetry would arrive.</summary>
internal static class DoctorCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(CommandContext context)
    {
        var json = new Option<bool>("--json") { Description = "Print one line of JSON" };
        var settings = new SettingOptions();
        var command = new Command("doctor", "Show each setting with its origin, and check that telemetry would arrive.");
        command.Options.Add(json);
        settings.AddTo(command);
        command.SetAction((parsed, _) => RunAsync(context, context.Resolve(settings.Typed(parsed)), parsed.GetValue(json)));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, ResolvedOptions resolved, bool json)
    {
        using var signals = new StopSignals(TimeProvider.System);
        foreach (string warning in resolved.Warnings)
        {
            await context.Error.WriteLineAsync($"opencode-otel: warning: {warning}");
        }

        await using TextWriter output = context.OpenOutputText();
        try
        {
            IReadOnlyList<CheckResult> results = json
                ? await WriteJsonAsync(output, resolved, signals.Stop)
                : await WriteTextAsync(output, resolved, new DoctorText(context.ColourOutput), signals.Stop);
            return results.Any(result => result.Status == CheckStatus.Failed) ? ExitCode.CheckFailed : ExitCode.Done;
        }
        catch (OperationCanceledException) when (signals.Stop.IsCancellationRequested)
        {
            return signals.ExitCode;
        }
    }

    private static async Task<IReadOnlyList<CheckResult>> WriteJsonAsync(TextWriter output, ResolvedOptions resolved, CancellationToken stop)
    {
        List<CheckResult> results = [];
        await foreach (CheckResult result in ConfigurationChecks.RunAsync(resolved.Options, TimeProvider.System, stop))
        {
            results.Add(result);
        }

        await output.WriteLineAsync(DoctorJson.Write(resolved.Settings, results));
        return results;
    }

    /// <summary>Line by line, as the results come: a check may take its time, and who waits wants to see for what.</summary>
    private static async Task<IReadOnlyList<CheckResult>> WriteTextAsync(TextWriter output, ResolvedOptions resolved, DoctorText text, CancellationToken stop)
    {
        List<CheckResult> results = [];
        await output.WriteAsync(DoctorText.Settings(resolved));
        await output.WriteAsync(DoctorText.Head());
        await output.FlushAsync(stop);
        await foreach (CheckResult result in ConfigurationChecks.RunAsync(resolved.Options, TimeProvider.System, stop))
        {
            results.Add(result);
            await output.WriteAsync(text.Line(result));
            await output.FlushAsync(stop);
        }

        await output.WriteAsync(DoctorText.Sum(results));
        return results;
    }
}
