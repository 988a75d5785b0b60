using OpencodeOtel.Pipeline.Configuration;

namespace OpencodeOtel.Pipeline.Checking;

/// <summary>Checks whether what a pipeline is told to do can be done here and now.</summary>
public static class ConfigurationChecks
{
    /// <summary>Runs every check; servers and directories at the same time, their results in the order of the options.</summary>
    /// <remarks>
    /// Servers are really asked, with requests that hold no record, through the same connections as a pipeline's. Directories are
    /// really written to, and left as they were. No check takes longer than the timeout of its destination, nor than 10 s.
    /// </remarks>
    /// <param name="options">What is checked.</param>
    /// <param name="time">The real clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static IAsyncEnumerable<CheckResult> RunAsync(TelemetryOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        return new CheckRun(options, time).RunAsync(cancellationToken);
    }
}
