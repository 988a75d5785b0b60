using OpencodeOtel.Otlp;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Diagnostics;
using OpencodeOtel.Pipeline.Exporting;
using OpencodeOtel.Pipeline.Exporting.Delivering;

namespace OpencodeOtel.Pipeline.Spooling;

/// <summary>The part of a spool that belongs to one destination: stores its requests, and sends them when it is there again.</summary>
/// <remarks>
/// Each lane is read by a few readers, the oldest request first, beside what is new. When one cannot be delivered its reader rests,
/// longer each time; the throttle of the destination holds for it besides.
/// </remarks>
internal sealed class SpoolStore : IRequestStore
{
    private static readonly TimeSpan AdoptEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(10);

    private readonly Spool _spool;
    private readonly SpoolLane[] _lanes;
    private readonly SpoolAccounts _accounts;
    private readonly TimeProvider _time;
    private readonly int _readersPerLane;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _finish = new();
    private Task _reading = Task.CompletedTask;

    /// <summary>Takes its parts; nothing is read before <see cref="StartReading"/>.</summary>
    /// <param name="spool">The spool; shared, not owned.</param>
    /// <param name="lanes">The lane of each signal.</param>
    /// <param name="own">The account of the destination.</param>
    /// <param name="time">The real clock.</param>
    /// <param name="readersPerLane">How many stored requests of a signal may be under way.</param>
    public SpoolStore(Spool spool, Func<Signal, SpoolLane> lanes, DeliveryAccount own, TimeProvider time, int readersPerLane = 2)
    {
        _spool = spool;
        _lanes = [.. Enum.GetValues<Signal>().Select(lanes)];
        _accounts = new SpoolAccounts(own);
        _time = time;
        _readersPerLane = readersPerLane;
        foreach (SpoolLane lane in _lanes)
        {
            spool.Register(lane, _accounts);
        }
    }

    /// <inheritdoc/>
    public SpoolReport Report()
    {
        ExporterReport earlier = _accounts.Earlier.Report(string.Empty);
        return new SpoolReport(earlier.Metrics, earlier.Logs, earlier.Spans, _spool.Damaged);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> StoreAsync(ExportRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return await _spool.AppendAsync(_lanes[(int)request.Signal], request).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void StartReading(IStoredRequestTarget target)
    {
        Task adopted = Task.Run(_spool.AdoptForRegistered);
        _reading = Task.WhenAll(
            [
                AdoptAsync(adopted),
                .. _lanes.SelectMany(lane => Enumerable.Range(0, _readersPerLane).Select(_ => ReadAsync(lane, target, adopted))),
            ]);
    }

    /// <inheritdoc/>
    public async Task FinishReadingAsync(TimeSpan deadline, CancellationToken cancellationToken)
    {
        await _finish.CancelAsync().ConfigureAwait(false);
        using CancellationTokenSource done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(_reading, Task.Delay(deadline, _time, done.Token)).ConfigureAwait(false);
        await done.CancelAsync().ConfigureAwait(false);
        await StopReadingAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task StopReadingAsync()
    {
        await _finish.CancelAsync().ConfigureAwait(false);
        await _stop.CancelAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_reading.Exception?.InnerException is { } fault)
        {
            // A bug must not reach the host; what could not be read stays stored.
            _spool.SayFault(fault);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopReadingAsync().ConfigureAwait(false);
        _stop.Dispose();
        _finish.Dispose();
    }

    /// <summary>Looks for logs whose owners are gone, now and then: a process may die while this one lives.</summary>
    private async Task AdoptAsync(Task adopted)
    {
        await adopted.ConfigureAwait(false);
        while (await RestAsync(AdoptEvery).ConfigureAwait(false))
        {
            _spool.AdoptForRegistered();
        }
    }

    private async Task ReadAsync(SpoolLane lane, IStoredRequestTarget target, Task adopted)
    {
        await adopted.ConfigureAwait(false);
        TimeSpan rest = FirstRest;
        while (!_stop.IsCancellationRequested)
        {
            Task news = _spool.NewsAsync();
            if (_spool.TryTake(lane) is not { } frame)
            {
                if (_finish.IsCancellationRequested)
                {
                    return;
                }

                await news.WaitAsync(_finish.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            else if (await DeliverAsync(frame, target).ConfigureAwait(false))
            {
                rest = FirstRest;
            }
            else if (!await RestAsync(rest).ConfigureAwait(false))
            {
                return;
            }
            else
            {
                rest = rest * 2 < LongestRest ? rest * 2 : LongestRest;
            }
        }
    }

    private async Task<bool> DeliverAsync(SpooledFrame frame, IStoredRequestTarget target)
    {
        DeliveryAccount fates = new();
        bool settled = false;
        try
        {
            settled = await target.DeliverAsync(frame.Request, fates, part => _spool.AppendAsync(frame.Lane, part, isOfEarlier: !frame.IsOwn), _stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // It stays stored.
        }

        if (settled)
        {
            _accounts.Add(frame.Lane.Signal, frame.IsOwn, fates.Report(string.Empty).Of(frame.Lane.Signal));
            _spool.Settle(frame);
        }
        else
        {
            _spool.Return(frame);
        }

        frame.Request.Release();
        return settled;
    }

    /// <summary>Waits.</summary>
    /// <returns>Whether to go on; not when the end is near.</returns>
    private async Task<bool> RestAsync(TimeSpan time)
    {
        await Task.Delay(time, _time, _finish.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !_finish.IsCancellationRequested;
    }
}
