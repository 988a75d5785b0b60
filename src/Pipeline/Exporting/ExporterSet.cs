using OpencodeOtel.Otlp;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Batching;
using OpencodeOtel.Pipeline.Diagnostics;

namespace OpencodeOtel.Pipeline.Exporting;

/// <summary>All destinations of a pipeline. Each has its own queue and account; a dead one never slows another, beyond the bound of waiting for room.</summary>
/// <param name="exporters">The destinations; owned.</param>
/// <param name="time">The real clock.</param>
/// <param name="shared">What they share, to be disposed of after them.</param>
internal sealed class ExporterSet(IReadOnlyList<Exporter> exporters, TimeProvider time, IAsyncDisposable? shared = null) : IPayloadSink, IAsyncDisposable
{
    private TimeSpan _waited; // in this stall

    /// <summary>Gets a value indicating whether every destination has room.</summary>
    public bool HasRoom
    {
        get
        {
            foreach (Exporter exporter in exporters)
            {
                if (!exporter.HasRoom)
                {
                    return false;
                }
            }

            return true;
        }
    }

    private bool IsDrained
    {
        get
        {
            foreach (Exporter exporter in exporters)
            {
                if (!exporter.IsDrained)
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>The wire forms in which a signal is taken; one request of each has to be made.</summary>
    public IReadOnlyList<WireForm> FormsOf(Signal signal) => [.. exporters.Select(exporter => exporter.FormOf(signal)).Distinct()];

    /// <summary>Starts sending.</summary>
    public void Start()
    {
        foreach (Exporter exporter in exporters)
        {
            exporter.Start();
        }
    }

    /// <inheritdoc/>
    public void Enqueue(ExportRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        foreach (Exporter exporter in exporters)
        {
            if (exporter.FormOf(request.Signal) == request.Form)
            {
                request.Retain();
                exporter.Enqueue(request);
            }
        }

        request.Release();
    }

    /// <inheritdoc/>
    public void CountTooLarge(Signal signal, WireForm form, int items)
    {
        foreach (Exporter exporter in exporters)
        {
            if (exporter.FormOf(signal) == form)
            {
                exporter.CountTooLarge(signal, items);
            }
        }
    }

    /// <summary>Waits until every destination has room; after <paramref name="max"/> what is made may be dropped.</summary>
    /// <remarks>
    /// The bound is over a whole stall, not for each call: what was waited is gone until the queues have been mostly emptied, so a dead
    /// or slow destination holds the input back once, not again and again. Called from the pipeline's thread.
    /// </remarks>
    /// <returns>Whether there is room.</returns>
    public async ValueTask<bool> WaitForRoomAsync(TimeSpan max, CancellationToken cancellationToken)
    {
        if (_waited > TimeSpan.Zero && IsDrained)
        {
            _waited = TimeSpan.Zero;
        }

        if (HasRoom)
        {
            return true;
        }

        TimeSpan left = max == Timeout.InfiniteTimeSpan ? max : max - _waited;
        if (max != Timeout.InfiniteTimeSpan && left <= TimeSpan.Zero)
        {
            return false;
        }

        long start = time.GetTimestamp();
        Task room = Task.WhenAll(exporters.Select(exporter => exporter.RoomAsync()));
        using CancellationTokenSource done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(room, Task.Delay(left, time, done.Token)).ConfigureAwait(false);
        await done.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        _waited += time.GetElapsedTime(start);
        return HasRoom;
    }

    /// <summary>Waits until everything that was given so far is settled everywhere, at most for <paramref name="deadline"/>; nothing is given up.</summary>
    /// <returns>Whether it is.</returns>
    public async Task<bool> WaitUntilSettledAsync(TimeSpan deadline, CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(exporters.Select(exporter => exporter.SettledAsync())).WaitAsync(deadline, time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Sends what is queued, everywhere at the same time, and settles the rest at the deadline or when cancelled.</summary>
    public Task CompleteAsync(TimeSpan deadline, CancellationToken cancellationToken) =>
        Task.WhenAll(exporters.Select(exporter => exporter.CompleteAsync(deadline, cancellationToken)));

    /// <summary>The memory that requests hold at each destination, by its name.</summary>
    public IEnumerable<(string Name, long Bytes)> QueueBytes() => exporters.Select(exporter => (exporter.Name, exporter.QueueBytes));

    /// <summary>The account of each destination.</summary>
    public IReadOnlyList<ExporterReport> Report() => [.. exporters.Select(exporter => exporter.Report())];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (Exporter exporter in exporters)
        {
            await exporter.DisposeAsync().ConfigureAwait(false);
        }

        if (shared is not null)
        {
            await shared.DisposeAsync().ConfigureAwait(false);
        }
    }
}
