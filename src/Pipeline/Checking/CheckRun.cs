using System.Runtime.CompilerServices;
using System.Threading.Channels;
using OpencodeOtel.Pipeline.Configuration;
using OpencodeOtel.Pipeline.Exporting;

namespace OpencodeOtel.Pipeline.Checking;

/// <summary>One run of all checks of a configuration.</summary>
/// <param name="options">What is checked.</param>
/// <param name="time">The real clock.</param>
internal sealed class CheckRun(TelemetryOptions options, TimeProvider time)
{
    // More than any part of a run has; one that is ahead of its turn need not wait.
    private const int MostResults = 16;

    /// <summary>Runs the parts at the same time, and gives their results part by part.</summary>
    public async IAsyncEnumerable<CheckResult> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<ChannelReader<CheckResult>> parts = [.. Parts(cancellationToken).Select(part => Start(part, cancellationToken))];
        foreach (ChannelReader<CheckResult> part in parts)
        {
            await foreach (CheckResult result in part.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return result;
            }
        }
    }

    private IEnumerable<IAsyncEnumerable<CheckResult>> Parts(CancellationToken cancellationToken)
    {
        foreach (ExporterOptions exporter in options.Exporters)
        {
            switch (exporter.Kind)
            {
                case ExporterKind.Otlp:
                    var helper = new HelperCheck(exporter, time, cancellationToken);
                    foreach (SignalDestinations destinations in ExporterFactory.ByServer(exporter))
                    {
                        yield return new ServerCheck(destinations, helper, options, time).RunAsync(cancellationToken);
                    }

                    yield return helper.RunAsync();

                    break;
                case ExporterKind.File:
                    yield return FileExporterCheck.RunAsync(exporter.Directory!, time, cancellationToken);
                    break;
                default:
                    yield return NothingToCheck(exporter.Name);
                    break;
            }
        }

        yield return SpoolCheck.RunAsync(options, time, cancellationToken);
    }

    private static ChannelReader<CheckResult> Start(IAsyncEnumerable<CheckResult> part, CancellationToken cancellationToken)
    {
        var results = Channel.CreateBounded<CheckResult>(new BoundedChannelOptions(MostResults) { SingleReader = true, SingleWriter = true });
        _ = WriteAsync(part, results.Writer, cancellationToken);
        return results.Reader;
    }

    private static async Task WriteAsync(IAsyncEnumerable<CheckResult> part, ChannelWriter<CheckResult> writer, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (CheckResult result in part.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                await writer.WriteAsync(result, cancellationToken).ConfigureAwait(false);
            }

            writer.Complete();
        }
        catch (Exception error)
        {
            // It is thrown again where the results are read.
            writer.Complete(error);
        }
    }

    private static async IAsyncEnumerable<CheckResult> NothingToCheck(string exporter)
    {
        yield return await ValueTask.FromResult(new CheckResult("exporter", exporter, CheckStatus.Skipped, "nothing to check")).ConfigureAwait(false);
    }
}
