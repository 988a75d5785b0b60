using Microsoft.Extensions.Logging;
using OpencodeOtel.Otlp;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Diagnostics;

namespace OpencodeOtel.Pipeline.Exporting;

/// <summary>One destination: its queue, the worker that sends from it in order, and the account of both.</summary>
/// <remarks>
/// Every record that it is given ends under exactly one <see cref="Fate"/>. The queue is filled by the pipeline's thread; sending runs
/// beside it from <see cref="Start"/> until <see cref="CompleteAsync"/>.
/// </remarks>
internal sealed class Exporter : IAsyncDisposable
{
    private readonly SignalSenders _senders;
    private readonly RequestQueue _queue;
    private readonly FailureLog _failures;
    private readonly TimeProvider _time;
    private readonly DeliveryAccount _account = new();
    private readonly CancellationTokenSource _abandon = new();
    private Task _worker = Task.CompletedTask;
    private bool _completed;

    /// <summary>Takes its parts; nothing is sent before <see cref="Start"/>.</summary>
    /// <param name="name">What it is called in the report.</param>
    /// <param name="senders">Who sends; owned by the exporter.</param>
    /// <param name="queueLimitBytes">The bound of the queue.</param>
    /// <param name="logger">Takes the failures.</param>
    /// <param name="time">The real clock.</param>
    public Exporter(string name, SignalSenders senders, long queueLimitBytes, ILogger logger, TimeProvider time)
    {
        Name = name;
        _senders = senders;
        _queue = new RequestQueue(queueLimitBytes);
        _failures = new FailureLog(name, logger);
        _time = time;
    }

    /// <summary>Gets what it is called after <c>--exporter</c>.</summary>
    public string Name { get; }

    /// <summary>Gets a value indicating whether the queue has room for more.</summary>
    public bool HasRoom => _queue.HasRoom;

    /// <summary>Gets the wire form in which it takes a signal.</summary>
    public WireForm FormOf(Signal signal) => _senders[signal].Form;

    /// <summary>Starts sending.</summary>
    public void Start() => _worker = Task.Run(SendAllAsync);

    /// <summary>Takes a request, and one hold on it. A request that the queue has no room for is dropped and counted.</summary>
    public void Enqueue(ExportRequest request)
    {
        _account.CountMade(request.Signal, request.ItemCount);
        if (!_queue.TryEnqueue(request))
        {
            _account.Settle(request.Signal, Fate.Dropped, request.ItemCount);
            _failures.Report(FailureKind.QueueFull, request.Signal, request.ItemCount, "the queue is full");
            request.Release();
        }
    }

    /// <summary>Counts records that were made and cannot be sent because they alone exceed the limit of a request.</summary>
    public void CountTooLarge(Signal signal, int items)
    {
        _account.CountMade(signal, items);
        _account.Settle(signal, Fate.TooLarge, items);
        _failures.Report(FailureKind.TooLarge, signal, items, "larger than a request may be");
    }

    /// <summary>A task that ends when <see cref="HasRoom"/> is true.</summary>
    public Task RoomAsync() => _queue.RoomAsync();

    /// <summary>
    /// Takes no more, sends what is queued, and gives up at the deadline or when cancelled: what is left then is dropped and counted.
    /// Afterwards every record is settled.
    /// </summary>
    public async Task CompleteAsync(TimeSpan deadline, CancellationToken cancellationToken)
    {
        _queue.Close();
        if (!_worker.IsCompleted)
        {
            using CancellationTokenSource done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(_worker, Task.Delay(deadline, _time, done.Token)).ConfigureAwait(false);
            await done.CancelAsync().ConfigureAwait(false);
        }

        await _abandon.CancelAsync().ConfigureAwait(false);
        await _worker.ConfigureAwait(false);
        while (_queue.TryDequeue(out ExportRequest? request) && request is not null)
        {
            Settle(request, Fate.Dropped, request.ItemCount);
            _failures.Report(FailureKind.ShutDown, request.Signal, request.ItemCount, "not sent before stopping");
            request.Release();
        }

        if (!_completed)
        {
            _completed = true;
            _failures.Summarise();
        }
    }

    /// <summary>The account of now; final after <see cref="CompleteAsync"/>.</summary>
    public ExporterReport Report() => _account.Report(Name);

    /// <summary>Gets how many records of a signal it was given.</summary>
    public long Made(Signal signal) => _account.Made(signal);

    /// <summary>Gives up what is not settled, then closes the senders.</summary>
    public async ValueTask DisposeAsync()
    {
        await CompleteAsync(TimeSpan.Zero, new CancellationToken(canceled: true)).ConfigureAwait(false);
        await _senders.DisposeAsync().ConfigureAwait(false);
        _abandon.Dispose();
    }

    private async Task SendAllAsync()
    {
        try
        {
            await foreach (ExportRequest request in _queue.ReadAllAsync(_abandon.Token).ConfigureAwait(false))
            {
                await SendOneAsync(request).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_abandon.IsCancellationRequested)
        {
            // The rest is counted by CompleteAsync.
        }
    }

    private async Task SendOneAsync(ExportRequest request)
    {
        SendResult? result = null;
        try
        {
            _account.CountAttempt(request.Body.Length, request.Body.Length);
            result = await _senders[request.Signal].SendAsync(request, _abandon.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_abandon.IsCancellationRequested)
        {
            // Nobody knows whether it arrived.
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // A sender that throws is a bug; the account closes all the same, and the message of a foreign exception is not trusted.
            result = new SendResult(SendOutcome.Refused, Message: $"unexpected error ({error.GetType().Name})");
        }

        if (result is { } known)
        {
            Settle(request, in known);
        }
        else
        {
            Settle(request, Fate.Dropped, request.ItemCount);
            _failures.Report(FailureKind.ShutDown, request.Signal, request.ItemCount, "not answered before stopping");
        }

        request.Release();
    }

    private void Settle(ExportRequest request, in SendResult result)
    {
        Signal signal = request.Signal;
        long items = request.ItemCount;
        if (result.Outcome == SendOutcome.Accepted)
        {
            long rejected = Math.Clamp(result.RejectedItems, 0, items);
            _account.Settle(signal, Fate.Rejected, rejected);
            Settle(request, Fate.Delivered, items - rejected);
            if (rejected > 0 || result.Message is not null)
            {
                _failures.Report(rejected > 0 ? FailureKind.Rejected : FailureKind.Warned, signal, rejected, result.Message);
            }

            return;
        }

        // Without a retry policy the budget of attempts is one: what could be sent again has expired.
        (Fate fate, FailureKind kind) = result.Outcome switch
        {
            SendOutcome.Retryable => (Fate.Expired, FailureKind.Unavailable),
            SendOutcome.Unauthenticated => (Fate.Refused, FailureKind.Unauthenticated),
            SendOutcome.TooLarge => (Fate.TooLarge, FailureKind.TooLarge),
            _ => (Fate.Refused, FailureKind.Refused),
        };
        Settle(request, fate, items);
        _failures.Report(kind, signal, items, result.Message);
    }

    private void Settle(ExportRequest request, Fate fate, long items)
    {
        _account.Settle(request.Signal, fate, items);
        _queue.Settle(request);
    }
}
