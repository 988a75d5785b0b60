using OpencodeOtel.Otlp;
using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Exporting.Delivering;

/// <summary>The way to one server: its queue, its gate, and the requests that are under way. What goes elsewhere never waits for it.</summary>
/// <remarks>Filled by the pipeline's thread; delivering runs beside it from <see cref="Start"/> until <see cref="CompleteAsync"/>.</remarks>
internal sealed class DeliveryLane : IAsyncDisposable
{
    private readonly DeliveryOptions _options;
    private readonly TimeProvider _time;
    private readonly RequestQueue _queue;
    private readonly DestinationGate _gate;
    private readonly RetrySender _sender;
    private readonly Delivery _delivery;
    private readonly TaskGroup _running = new();
    private readonly CancellationTokenSource _abandon = new();
    private Task _dispatcher = Task.CompletedTask;
    private bool _started;
    private bool _closed;

    /// <summary>Takes its parts; nothing is sent before <see cref="Start"/>.</summary>
    /// <param name="transport">Sends once; owned by the lane.</param>
    /// <param name="options">How to deliver.</param>
    /// <param name="store">Keeps what cannot be delivered; <see langword="null"/> for nowhere; not owned.</param>
    /// <param name="account">Where fates are counted.</param>
    /// <param name="failures">Where failures are said.</param>
    /// <param name="time">The real clock.</param>
    public DeliveryLane(IPayloadSender transport, DeliveryOptions options, IRequestStore? store, DeliveryAccount account, FailureLog failures, TimeProvider time)
    {
        _options = options;
        _time = time;
        _queue = new RequestQueue(options.QueueLimitBytes);
        _gate = new DestinationGate(options.Concurrency, options.Retry, options.Random, time);
        _sender = new RetrySender(transport, _gate, options.Retry, options.Random, account, failures, keepsWhatFails: store is not null);
        _delivery = new Delivery(_sender, _queue, store, account, failures);
    }

    /// <summary>Gets the wire form.</summary>
    public WireForm Form => _sender.Form;

    /// <summary>Gets the queue.</summary>
    public RequestQueue Queue => _queue;

    /// <summary>Starts delivering.</summary>
    public void Start()
    {
        _started = true;
        _ = _sender.PrepareAsync(_abandon.Token); // Each request waits for it; it begins before there is one.
        _dispatcher = Task.Run(DispatchAsync);
    }

    /// <summary>Takes a request, and one hold on it. One that the queue has no room for is stored, or dropped and counted.</summary>
    public void Enqueue(ExportRequest request)
    {
        if (_queue.TryEnqueue(request))
        {
            return;
        }

        // A store takes what the queue cannot, but what waits for the disk is in memory, too.
        bool mayStore = _queue.Bytes <= _options.QueueLimitBytes + (_options.QueueLimitBytes / 4);
        _queue.Adopt(request);
        _running.Add(_delivery.KeepAsync(
            request,
            Fate.Dropped,
            _closed ? FailureKind.ShutDown : FailureKind.QueueFull,
            _closed ? "it came after the end" : "the queue is full (--queue-bytes)",
            mayStore));
    }

    /// <inheritdoc cref="IStoredRequestTarget.DeliverAsync"/>
    public Task<bool> DeliverStoredAsync(ExportRequest request, DeliveryAccount fates, CancellationToken cancellationToken) =>
        _delivery.DeliverStoredAsync(request, fates, cancellationToken);

    /// <summary>
    /// Takes no more, sends what is queued, and gives up at the deadline or when cancelled: what is left then is stored, or dropped and
    /// counted. Afterwards every record is settled.
    /// </summary>
    public async Task CompleteAsync(TimeSpan deadline, CancellationToken cancellationToken)
    {
        deadline = _options.WaitWhenStopping ? deadline : TimeSpan.Zero;
        if (!_closed)
        {
            _closed = true;
            _queue.Close();
            _gate.Stop(deadline);
            if (!_started)
            {
                _running.Close(); // Nobody else does.
            }
        }

        if (!_running.Ended.IsCompleted)
        {
            using CancellationTokenSource done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(_running.Ended, Task.Delay(deadline, _time, done.Token)).ConfigureAwait(false);
            await done.CancelAsync().ConfigureAwait(false);
        }

        await _abandon.CancelAsync().ConfigureAwait(false);
        await _dispatcher.ConfigureAwait(false);
        await _running.Ended.ConfigureAwait(false);
        while (_queue.TryDequeue(out ExportRequest? request) && request is not null)
        {
            await _delivery.KeepAsync(request, Fate.Dropped, FailureKind.ShutDown, "not sent before stopping (--shutdown-timeout)").ConfigureAwait(false);
        }
    }

    /// <summary>Closes the senders; complete it before.</summary>
    public async ValueTask DisposeAsync()
    {
        await _sender.DisposeAsync().ConfigureAwait(false);
        _gate.Dispose();
        _abandon.Dispose();
    }

    private async Task DispatchAsync()
    {
        try
        {
            // Nothing waits here: each request waits for its turn at the gate, the oldest first.
            await foreach (ExportRequest request in _queue.ReadAllAsync(_abandon.Token).ConfigureAwait(false))
            {
                _running.Add(_delivery.DeliverAsync(request, _abandon.Token));
            }
        }
        catch (OperationCanceledException) when (_abandon.IsCancellationRequested)
        {
            // The rest is kept by CompleteAsync.
        }
        finally
        {
            _running.Close();
        }
    }
}
