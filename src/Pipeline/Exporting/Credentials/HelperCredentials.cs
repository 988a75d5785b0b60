using Microsoft.Extensions.Logging;

namespace OpencodeOtel.Pipeline.Exporting.Credentials;

/// <summary>The headers that an exporter's helper gives to all its senders, and when the helper is run.</summary>
/// <remarks>
/// Thread-safe. It runs once before the first export, and again when a server refuses its headers: once for all exports that were
/// refused with the same ones, which a generation number tells. One run at a time; it belongs to nobody who waits for it, and ends
/// with the exporter.
/// </remarks>
internal sealed partial class HelperCredentials : IAsyncDisposable
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(10);

    // A server that refuses whatever it is given would otherwise have a process started for each request.
    private static readonly TimeSpan PauseAfterRefusal = TimeSpan.FromSeconds(1);

    private readonly Func<CancellationToken, Task<HelperResult>> _run;
    private readonly IReadOnlyCollection<SignalDestinations> _destinations;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private Task<HelperResult>? _first;
    private Task<HelperResult>? _running;
    private int _generation;
    private int _refused = -1; // the generation that was refused right after it was given
    private long _givenAt;
    private (long At, string Why)? _failed; // since the last success, but for the first run
    private bool _disposed;

    /// <summary>Runs nothing yet.</summary>
    /// <param name="run">Runs the helper once.</param>
    /// <param name="destinations">Where its headers go.</param>
    /// <param name="logger">Takes a warning of its failures.</param>
    /// <param name="time">Measures how long it is left alone.</param>
    public HelperCredentials(
        Func<CancellationToken, Task<HelperResult>> run, IReadOnlyCollection<SignalDestinations> destinations, ILogger logger, TimeProvider time)
    {
        _run = run;
        _destinations = destinations;
        _logger = logger;
        _time = time;
    }

    /// <summary>Gets the number of the headers of now; whoever reads it sends with these, or with newer ones.</summary>
    public int Generation
    {
        get
        {
            lock (_lock)
            {
                return _generation;
            }
        }
    }

    /// <summary>Waits for the first run, which the first call starts. A failure of it is said, and the configured headers serve.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled; the run goes on.</exception>
    public Task PrepareAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _first ??= _running = Task.Run(() => RunAsync(isFirst: true));
            return _first.IsCompleted ? Task.CompletedTask : _first.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Sees to it that there are other headers than those of a generation that a server has refused.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled; the run goes on.</exception>
    public async Task<HelperRenewal> RenewAsync(int refused, CancellationToken cancellationToken)
    {
        Task<HelperResult> running;
        lock (_lock)
        {
            if (_generation != refused)
            {
                return new HelperRenewal(true);
            }

            if (_running is null && _failed is { } failed && PauseAfterFailure - _time.GetElapsedTime(failed.At) is var left && left > TimeSpan.Zero)
            {
                return new HelperRenewal(false, failed.Why, left);
            }

            if (_running is null && _refused == refused && _time.GetElapsedTime(_givenAt) < PauseAfterRefusal)
            {
                return new HelperRenewal(false);
            }

            running = _running ??= Task.Run(() => RunAsync(isFirst: false));
        }

        HelperResult result = await running.WaitAsync(cancellationToken).ConfigureAwait(false);
        return result.Failure is null ? new HelperRenewal(true) : new HelperRenewal(false, result.Failure, PauseAfterFailure);
    }

    /// <summary>Notes that headers were refused that the helper had given for the request itself.</summary>
    public void CountRefused(int generation)
    {
        lock (_lock)
        {
            _refused = generation;
        }
    }

    /// <summary>Ends the helper if it runs, and whoever waits for it. A second call does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        Task? running;
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            _first ??= Task.FromResult(new HelperResult());
            running = _running;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        if (running is not null)
        {
            await running.ConfigureAwait(false);
        }

        _stop.Dispose();
    }

    private async Task<HelperResult> RunAsync(bool isFirst)
    {
        HelperResult result = await RunHelperAsync().ConfigureAwait(false);
        bool isNews;
        lock (_lock)
        {
            _running = null;
            isNews = result.Failure is not null && _failed is null && !_disposed;
            if (result.Failure is null)
            {
                // Before the number: who reads that has these headers.
                foreach (SignalDestinations destinations in _destinations)
                {
                    destinations.Override(result.Headers);
                }

                _generation++;
                _givenAt = _time.GetTimestamp();
                _failed = null;
            }
            else if (!isFirst)
            {
                _failed = (_time.GetTimestamp(), result.Failure);
            }
        }

        if (isNews && isFirst)
        {
            LogFirstFailed(result.Failure!);
        }
        else if (isNews)
        {
            LogFailed(result.Failure!);
        }

        return result;
    }

    private async Task<HelperResult> RunHelperAsync()
    {
        try
        {
            return await _run(_stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return new HelperResult { Failure = "the headers helper was ended with the exporter" };
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // What is not expected is no reason to lose records; the message of a foreign exception is not trusted.
            return new HelperResult { Failure = $"the headers helper cannot be run ({error.GetType().Name})" };
        }
    }
}
