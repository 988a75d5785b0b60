namespace OpencodeOtel.Pipeline.Exporting.Delivering;

/// <summary>Counts tasks that nobody awaits one by one, and tells when all have ended. Thread-safe.</summary>
/// <remarks>The group is open until <see cref="Close"/>: it does not end before, however few tasks there are.</remarks>
internal sealed class TaskGroup
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count = 1;

    /// <summary>Gets a task that ends when the group is closed and all its tasks have ended.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Adds a task, which is not to fail.</summary>
    public void Add(Task task)
    {
        if (!task.IsCompleted)
        {
            Interlocked.Increment(ref _count);
            _ = WatchAsync(task);
        }
    }

    /// <summary>Says that no task follows, except from a task of the group.</summary>
    public void Close() => Leave();

    private async Task WatchAsync(Task task)
    {
        try
        {
            await task.ConfigureAwait(false);
        }
        finally
        {
            Leave();
        }
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _count) == 0)
        {
            _ended.TrySetResult();
        }
    }
}
