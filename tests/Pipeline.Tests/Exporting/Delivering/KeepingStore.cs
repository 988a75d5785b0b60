using System.Collections.Concurrent;
using OpencodeOtel.Otlp;
using OpencodeOtel.Pipeline.Exporting.Delivering;

namespace OpencodeOtel.Pipeline.Tests.Exporting.Delivering;

/// <summary>A store in memory that acknowledges when the test says so.</summary>
internal sealed class KeepingStore : IRequestStore
{
    private readonly ConcurrentQueue<int> _kept = new();

    public Task Acknowledged { get; set; } = Task.CompletedTask;

    public bool IsFull { get; set; }

    public IReadOnlyCollection<int> Kept => _kept;

    public IStoredRequestTarget? Target { get; private set; }

    public bool Stopped { get; private set; }

    public bool Disposed { get; private set; }

    public async ValueTask<bool> StoreAsync(ExportRequest request)
    {
        Assert.NotEqual(0, request.Body.Length);
        await Acknowledged;
        if (!IsFull)
        {
            _kept.Enqueue(request.ItemCount);
        }

        return !IsFull;
    }

    public TimeSpan? FinishDeadline { get; private set; }

    public Task FinishReadingAsync(TimeSpan deadline, CancellationToken cancellationToken)
    {
        FinishDeadline = deadline;
        return StopReadingAsync();
    }

    public void StartReading(IStoredRequestTarget target) => Target = target;

    public Task StopReadingAsync()
    {
        Stopped = true;
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        Disposed = true;
        return default;
    }
}
