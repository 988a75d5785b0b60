using System.Threading.Channels;
using OpencodeOtel.Otlp;

namespace OpencodeOtel.Pipeline.Exporting;

/// <summary>Requests on their way to a destination, bounded in bytes of memory; a request counts until it is settled, not only until it is taken out.</summary>
/// <remarks>One writer: the pipeline's thread. One reader, the exporter's worker.</remarks>
internal sealed class RequestQueue(long limitBytes)
{
    // What a request costs beside its buffer, while it waits for its turn.
    private const int OverheadBytes = 1024;

    // Room is said to be out before the queue is full, so that what is made while the input is being held back still fits.
    private readonly long _roomLimit = limitBytes - Math.Min(limitBytes / 4, 8 * 1024 * 1024);

    // The bound is in bytes, which a channel does not know: it is kept by TryEnqueue.
    private readonly Channel<ExportRequest> _channel = Channel.CreateUnbounded<ExportRequest>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private readonly Lock _gate = new();
    private long _bytes;
    private TaskCompletionSource? _waiter;
    private TaskCompletionSource? _emptyWaiter;

    /// <summary>Gets the bytes of requests that are not settled.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _bytes;
            }
        }
    }

    /// <summary>Gets a value indicating whether input should go on.</summary>
    public bool HasRoom => Bytes <= _roomLimit;

    /// <summary>Gets a value indicating whether so little is left that input may be held back anew.</summary>
    public bool IsDrained => Bytes <= _roomLimit / 2;

    /// <summary>Takes a request in, unless it would go beyond the limit or the queue was closed; an empty queue takes any.</summary>
    public bool TryEnqueue(ExportRequest request)
    {
        long cost = Cost(request);
        lock (_gate)
        {
            if (_bytes > 0 && _bytes + cost > limitBytes)
            {
                return false;
            }

            _bytes += cost;
        }

        if (_channel.Writer.TryWrite(request))
        {
            return true;
        }

        Settle(request);
        return false;
    }

    /// <summary>The requests in order, until the queue is closed and empty.</summary>
    public IAsyncEnumerable<ExportRequest> ReadAllAsync(CancellationToken cancellationToken) => _channel.Reader.ReadAllAsync(cancellationToken);

    /// <summary>Takes one request out, if there is one.</summary>
    public bool TryDequeue(out ExportRequest? request) => _channel.Reader.TryRead(out request);

    /// <summary>Takes no more in.</summary>
    public void Close() => _channel.Writer.TryComplete();

    /// <summary>Counts a request that took the place of a part of another, whatever the limit; it is not to be read from here.</summary>
    public void Adopt(ExportRequest request)
    {
        lock (_gate)
        {
            _bytes += Cost(request);
        }
    }

    /// <summary>Gives the bytes of a request back, which may make room.</summary>
    public void Settle(ExportRequest request)
    {
        TaskCompletionSource? waiter = null;
        TaskCompletionSource? emptyWaiter = null;
        lock (_gate)
        {
            _bytes -= Cost(request);
            if (_bytes <= _roomLimit)
            {
                (waiter, _waiter) = (_waiter, null);
            }

            if (_bytes == 0)
            {
                (emptyWaiter, _emptyWaiter) = (_emptyWaiter, null);
            }
        }

        waiter?.TrySetResult();
        emptyWaiter?.TrySetResult();
    }

    /// <summary>A task that ends when every request is settled.</summary>
    public Task EmptyAsync()
    {
        lock (_gate)
        {
            if (_bytes == 0)
            {
                return Task.CompletedTask;
            }

            _emptyWaiter ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _emptyWaiter.Task;
        }
    }

    /// <summary>A task that ends when there is room.</summary>
    public Task RoomAsync()
    {
        lock (_gate)
        {
            if (_bytes <= _roomLimit)
            {
                return Task.CompletedTask;
            }

            _waiter ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _waiter.Task;
        }
    }

    // The buffer, not the message: many small requests hold far more than they say.
    private static long Cost(ExportRequest request) => request.HeldBytes + OverheadBytes;
}
