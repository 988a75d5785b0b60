using Microsoft.Extensions.Logging;
using OpencodeOtel.Otlp;
using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Diagnostics;
using OpencodeOtel.Pipeline.Exporting.Delivering;

namespace OpencodeOtel.Pipeline.Exporting;

/// <summary>One destination: a lane to each of its servers, and the account of all.</summary>
/// <remarks>
/// Every record that it is given ends under exactly one <see cref="Fate"/>. It is filled by the pipeline's thread; delivering runs
/// beside it from <see cref="Start"/> until <see cref="CompleteAsync"/>.
/// </remarks>
internal sealed class Exporter : IStoredRequestTarget, IAsyncDisposable
{
    private readonly DeliveryLane[] _lanes;
    private readonly DeliveryLane[] _bySignal = new DeliveryLane[3];
    private readonly IRequestStore? _store;
    private readonly FailureLog _failures;
    private readonly DeliveryAccount _account;
    private readonly bool _waitsWhenStopping = true;
    private bool _started;
    private bool _completed;

    /// <summary>Takes its parts; nothing is sent before <see cref="Start"/>.</summary>
    /// <param name="name">What it is called in the report.</param>
    /// <param name="senders">Who sends; owned by the exporter. A lane is made for each of them.</param>
    /// <param name="options">How each of them is delivered to; the bound of the queues is for all of them together.</param>
    /// <param name="logger">Takes the failures.</param>
    /// <param name="time">The real clock.</param>
    /// <param name="store">Keeps what cannot be delivered; owned by the exporter; <see langword="null"/> for nowhere.</param>
    /// <param name="account">Where fates are counted, if the store has to know it.</param>
    public Exporter(
        string name,
        SignalSenders senders,
        Func<Signal, DeliveryOptions> options,
        ILogger logger,
        TimeProvider time,
        IRequestStore? store = null,
        DeliveryAccount? account = null)
    {
        Name = name;
        _store = store;
        _account = account ?? new DeliveryAccount();
        _failures = new FailureLog(name, logger);
        Dictionary<IPayloadSender, DeliveryLane> lanes = [];
        int count = Enum.GetValues<Signal>().DistinctBy(signal => senders[signal]).Count();
        foreach (Signal signal in Enum.GetValues<Signal>())
        {
            if (!lanes.TryGetValue(senders[signal], out DeliveryLane? lane))
            {
                DeliveryOptions whole = options(signal);
                _waitsWhenStopping &= whole.WaitWhenStopping;
                DeliveryOptions share = whole with { QueueLimitBytes = Math.Max(1, whole.QueueLimitBytes / count) };
                lanes[senders[signal]] = lane = new DeliveryLane(senders[signal], share, store, _account, _failures, time);
            }

            _bySignal[(int)signal] = lane;
        }

        _lanes = [.. lanes.Values];
    }

    /// <summary>Gets what it is called after <c>--exporter</c>.</summary>
    public string Name { get; }

    /// <summary>Gets a value indicating whether all queues have room for more.</summary>
    public bool HasRoom => Array.TrueForAll(_lanes, static lane => lane.Queue.HasRoom);

    /// <summary>Gets a value indicating whether the queues are so empty that input may be held back anew.</summary>
    public bool IsDrained => Array.TrueForAll(_lanes, static lane => lane.Queue.IsDrained);

    /// <summary>Gets the bytes of memory that requests hold.</summary>
    public long QueueBytes => _lanes.Sum(static lane => lane.Queue.Bytes);

    /// <summary>Gets the wire form in which it takes a signal.</summary>
    public WireForm FormOf(Signal signal) => _bySignal[(int)signal].Form;

    /// <summary>Starts delivering.</summary>
    public void Start()
    {
        _started = true;
        foreach (DeliveryLane lane in _lanes)
        {
            lane.Start();
        }

        _store?.StartReading(this);
    }

    /// <summary>Takes a request, and one hold on it. A request that the queue has no room for is stored, or dropped and counted.</summary>
    public void Enqueue(ExportRequest request)
    {
        _account.CountMade(request.Signal, request.ItemCount);
        _bySignal[(int)request.Signal].Enqueue(request);
    }

    /// <summary>Counts records that were made and cannot be sent because they alone exceed the limit of a request.</summary>
    public void CountTooLarge(Signal signal, int items)
    {
        _account.CountMade(signal, items);
        _account.Settle(signal, Fate.TooLarge, items);
        _failures.Report(FailureKind.TooLarge, signal, items, "larger than a request may be (--max-request-bytes)");
    }

    /// <inheritdoc/>
    public Task<bool> DeliverAsync(ExportRequest request, DeliveryAccount account, Func<ExportRequest, Task<bool>> keepPart, CancellationToken cancellationToken) =>
        _bySignal[(int)request.Signal].DeliverStoredAsync(request, account, keepPart, cancellationToken);

    /// <summary>A task that ends when <see cref="HasRoom"/> is true.</summary>
    public Task RoomAsync() => Task.WhenAll(_lanes.Select(static lane => lane.Queue.RoomAsync()));

    /// <summary>A task that ends when everything that it was given is settled.</summary>
    public Task SettledAsync() => Task.WhenAll(_lanes.Select(static lane => lane.Queue.EmptyAsync()));

    /// <summary>
    /// Takes no more, sends what is queued, and gives up at the deadline or when cancelled: what is left then is stored, or dropped and
    /// counted. Afterwards every record is settled.
    /// </summary>
    public async Task CompleteAsync(TimeSpan deadline, CancellationToken cancellationToken)
    {
        TimeSpan untilRead = _waitsWhenStopping ? deadline : TimeSpan.Zero; // What is stored stays so.
        Task reading = _started && _store is not null && !_completed ? _store.FinishReadingAsync(untilRead, cancellationToken) : Task.CompletedTask;
        await Task.WhenAll(_lanes.Select(lane => lane.CompleteAsync(deadline, cancellationToken))).ConfigureAwait(false);
        await reading.ConfigureAwait(false);
        if (!_completed)
        {
            _completed = true;
            _failures.Summarise();
        }
    }

    /// <summary>The account of now; final after <see cref="CompleteAsync"/>.</summary>
    public ExporterReport Report() => _account.Report(Name) with { Spool = _store?.Report() };

    /// <summary>Gets how many records of a signal it was given.</summary>
    public long Made(Signal signal) => _account.Made(signal);

    /// <summary>Gives up what is not settled, then closes senders and store.</summary>
    public async ValueTask DisposeAsync()
    {
        await CompleteAsync(TimeSpan.Zero, new CancellationToken(canceled: true)).ConfigureAwait(false);
        foreach (DeliveryLane lane in _lanes)
        {
            await lane.DisposeAsync().ConfigureAwait(false);
        }

        if (_store is not null)
        {
            await _store.DisposeAsync().ConfigureAwait(false);
        }
    }
}
