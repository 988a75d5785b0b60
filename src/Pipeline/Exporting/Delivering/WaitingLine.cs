namespace OpencodeOtel.Pipeline.Exporting.Delivering;

/// <summary>Who waits at a gate: those that are ready, the oldest first, and those that become so later. Not thread-safe: the gate's lock guards it.</summary>
internal sealed class WaitingLine
{
    private readonly PriorityQueue<Waiter, long> _ready = new();
    private readonly PriorityQueue<Waiter, TimeSpan> _later = new();

    /// <summary>Gets a value indicating whether anyone is ready.</summary>
    public bool AnyReady => _ready.Count > 0;

    /// <summary>Gets when the next one becomes ready; <see langword="null"/> if nobody does.</summary>
    public TimeSpan? NextDue => _later.TryPeek(out _, out TimeSpan due) ? due : null;

    /// <summary>Takes someone in who is ready.</summary>
    public void AddReady(Waiter waiter) => _ready.Enqueue(waiter, waiter.Order);

    /// <summary>Takes someone in who becomes ready when due.</summary>
    public void AddLater(Waiter waiter) => _later.Enqueue(waiter, waiter.Due);

    /// <summary>Makes those ready who are due by then.</summary>
    public void Ripen(TimeSpan now)
    {
        while (_later.TryPeek(out Waiter? waiter, out TimeSpan due) && due <= now)
        {
            _later.Dequeue();
            AddReady(waiter);
        }
    }

    /// <summary>Takes out the oldest of those that are ready.</summary>
    public Waiter TakeReady() => _ready.Dequeue();

    /// <summary>Takes out everyone of whom something holds, and those that have gone by themselves.</summary>
    public List<Waiter> TakeAll(Func<Waiter, bool> condition)
    {
        List<Waiter> taken = [.. Waiting().Where(waiter => waiter.Task.IsCompleted || condition(waiter))];
        if (taken.Count > 0)
        {
            HashSet<Waiter> gone = [.. taken];
            Waiter[] ready = [.. _ready.UnorderedItems.Select(item => item.Element).Where(waiter => !gone.Contains(waiter))];
            Waiter[] later = [.. _later.UnorderedItems.Select(item => item.Element).Where(waiter => !gone.Contains(waiter))];
            _ready.Clear();
            _later.Clear();
            Array.ForEach(ready, AddReady);
            Array.ForEach(later, AddLater);
        }

        return taken;
    }

    private IEnumerable<Waiter> Waiting() =>
        _ready.UnorderedItems.Select(item => item.Element).Concat(_later.UnorderedItems.Select(item => item.Element));
}
