using Microsoft.Extensions.Logging;
using OpencodeOtel.Cli.Commands;
using OpencodeOtel.Cli.Running;
using OpencodeOtel.Cli.Terminal;
using OpencodeOtel.Pipeline;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Diagnostics;
using OpencodeOtel.Pipeline.Spooling;

namespace OpencodeOtel.Cli.Spooling;

/// <summary>Sends what waits in a spool: a pipeline without input, which ends when nothing waits or the server does not take it.</summary>
internal sealed class SpoolFlush(CommandContext context, ResolvedOptions resolved, RunChoices choices, string directory) : IDisposable
{
    // Nobody waits behind a flush; a signal ends it.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    private readonly StopSignals _signals = new(TimeProvider.System);

    /// <summary>Sends, tells what came of it, and gives the exit code.</summary>
    public async Task<int> RunAsync()
    {
        foreach (string warning in choices.Quiet ? [] : resolved.Warnings)
        {
            await context.Error.WriteLineAsync($"opencode-otel: warning: {warning}");
        }

        SpoolReport report = await SendAsync();
        SpoolContents left = SpoolAdministration.Read(directory);
        if (!choices.Quiet)
        {
            await context.Error.WriteAsync(SpoolText.Flushed(report, left));
        }

        bool isLoss = report.Lost > 0 || left.Requests > 0;
        return _signals.ExitCode != 0 ? _signals.ExitCode : choices.Strict && isLoss ? ExitCode.NotDelivered : ExitCode.Done;
    }

    /// <inheritdoc/>
    public void Dispose() => _signals.Dispose();

    private async Task<SpoolReport> SendAsync()
    {
        LogLevel level = choices.Quiet ? LogLevel.Error : choices.Verbose ? LogLevel.Debug : LogLevel.Warning;
        // Whoever flushes is there for the answers, whatever holds for other runs.
        TelemetryOptions options = resolved.Options with { WaitWhenStopping = true };
        await using TelemetryPipeline pipeline = TelemetryPipeline.Create(options, new TerminalLogger(context.Error, level), TimeProvider.System);
        await pipeline.CompleteAsync(Longest, _signals.Stop);
        return pipeline.Report().Exporters.Select(exporter => exporter.Spool).FirstOrDefault(spool => spool is not null)
            ?? throw new ConfigurationException("there is no OTLP exporter to flush to; leave --exporter away or name otlp.");
    }
}
