using System.Diagnostics;
using Microsoft.Extensions.Logging;
using OpencodeOtel.Cli.Commands;
using OpencodeOtel.Cli.Reporting;
using OpencodeOtel.Cli.Terminal;
using OpencodeOtel.Pipeline;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Diagnostics;
using OpencodeOtel.Pipeline.Exporting;

namespace OpencodeOtel.Cli.Running;

/// <summary>One run of a pipeline from a command: warnings first, then the work, then the account and the exit code.</summary>
internal sealed class PipelineRun : IDisposable
{
    private readonly CommandContext _context;
    private readonly ResolvedOptions _resolved;
    private readonly RunChoices _choices;
    private readonly StopSignals _signals = new(TimeProvider.System);
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly TimeSpan _endTimeout;

    /// <param name="context">The terminal.</param>
    /// <param name="resolved">The options of the pipeline.</param>
    /// <param name="choices">How to report.</param>
    /// <param name="endTimeout">How long sending may take after the end of the input.</param>
    public PipelineRun(CommandContext context, ResolvedOptions resolved, RunChoices choices, TimeSpan endTimeout)
    {
        _context = context;
        _resolved = resolved;
        _choices = choices;
        _endTimeout = endTimeout;
    }

    /// <inheritdoc/>
    public void Dispose() => _signals.Dispose();

    /// <summary>Gets the signals that stop this run.</summary>
    public StopSignals Signals => _signals;

    /// <summary>Runs <paramref name="work"/>, flushes, reports, and tells the exit code.</summary>
    public async Task<int> RunAsync(Func<TelemetryPipeline, CancellationToken, Task> work)
    {
        RunReport report = await RunToReportAsync(work);
        return _signals.ExitCode != 0 ? _signals.ExitCode : ExitCodeOf(report);
    }

    /// <summary>The same for work that has an exit code of its own, which only a loss replaces, and only when it is 0.</summary>
    public async Task<int> RunAsync(Func<TelemetryPipeline, CancellationToken, Task<int>> work)
    {
        int exitCode = ExitCode.Done;
        RunReport report = await RunToReportAsync(async (pipeline, stop) => exitCode = await work(pipeline, stop));
        return exitCode != ExitCode.Done ? exitCode : ExitCodeOf(report);
    }

    private int ExitCodeOf(RunReport report) => _choices.Strict && !report.Pipeline.LostNothing ? ExitCode.NotDelivered : ExitCode.Done;

    private async Task<RunReport> RunToReportAsync(Func<TelemetryPipeline, CancellationToken, Task> work)
    {
        foreach (Setting setting in _choices.Verbose ? _resolved.Settings : [])
        {
            await _context.Error.WriteLineAsync($"opencode-otel: {setting.Name} is {setting.Value} ({setting.Origin})");
        }

        foreach (string warning in _choices.Quiet ? [] : _resolved.Warnings)
        {
            await _context.Error.WriteLineAsync($"opencode-otel: warning: {warning}");
        }

        var report = new RunReport(await ExportAsync(work), _clock.Elapsed, Environment.CpuUsage.TotalTime);
        await WriteAsync(report);
        return report;
    }

    /// <summary>Runs the pipeline to its end. When this returns, all that goes to standard output is there, so the report stands below it.</summary>
    private async Task<PipelineReport> ExportAsync(Func<TelemetryPipeline, CancellationToken, Task> work)
    {
        LogLevel level = _choices.Quiet ? LogLevel.Error : _choices.Verbose ? LogLevel.Debug : LogLevel.Warning;
        bool console = _resolved.Options.Exporters.Any(exporter => exporter.Kind == ExporterKind.Console);
        await using TextWriter output = console ? _context.OpenOutputText() : TextWriter.Null;
        await using TelemetryPipeline pipeline = TelemetryPipeline.Create(
            _resolved.Options, new TerminalLogger(_context.Error, level), TimeProvider.System, new ConsoleOutput(output, _context.ColourOutput));
        try
        {
            await work(pipeline, _signals.Stop);
        }
        catch (OperationCanceledException) when (_signals.Stop.IsCancellationRequested)
        {
            // Stopping in order: what was read is flushed below.
        }

        await CompleteAsync(pipeline);
        return pipeline.Report();
    }

    /// <summary>The end of the input may take its time; from the first signal on, <c>--shutdown-timeout</c> counts.</summary>
    private async Task CompleteAsync(TelemetryPipeline pipeline)
    {
        using var giveUp = new CancellationTokenSource();
        using CancellationTokenRegistration signalled = _signals.Stop.Register(() => giveUp.CancelAfter(_resolved.Options.ShutdownTimeout));
        await pipeline.CompleteAsync(_endTimeout, giveUp.Token);
    }

    private async Task WriteAsync(RunReport report)
    {
        string text = _choices.JsonReport ? JsonReport.Write(report) + "\n" : TextReport.Write(report);
        if (_choices.ReportFile is { } path)
        {
            try
            {
                await File.WriteAllTextAsync(path, text);
                return;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                await _context.Error.WriteLineAsync($"opencode-otel: warning: the report could not be written to '{path}': {e.Message}");
            }
        }

        if (!_choices.Quiet || _choices.JsonReport)
        {
            await _context.Error.WriteAsync(text);
        }
    }
}
