using Microsoft.Extensions.Hosting;

namespace OpencodeOtel.TestCollector.Serving;

/// <summary>Leaves signals and the console to the process: the server lives as long as its owner keeps it.</summary>
internal sealed class CallerOwnedLifetime : IHostLifetime
{
    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
