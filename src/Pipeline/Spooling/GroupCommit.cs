namespace OpencodeOtel.Pipeline.Spooling;

/// <summary>Gathers what comes while the disk is busy, and writes it in one piece with one flush. Thread-safe.</summary>
/// <param name="write">Writes a group; never called twice at the same time.</param>
/// <param name="groupBytes">About the most in a group.</param>
internal sealed class GroupCommit(Func<IReadOnlyList<PendingFrame>, bool> write, long groupBytes)
{
    // A gathered write has two parts for each frame, and the system takes about a thousand at a time.
    private const int MaxFrames = 512;

    private readonly Lock _gate = new();
    private readonly Queue<PendingFrame> _pending = [];
    private Task _writing = Task.CompletedTask;
    private bool _isWriting;

    /// <summary>Takes a frame into the next group.</summary>
    /// <returns>Whether it is on disk.</returns>
    public Task<bool> AppendAsync(PendingFrame frame)
    {
        lock (_gate)
        {
            _pending.Enqueue(frame);
            if (!_isWriting)
            {
                _isWriting = true;
                _writing = Task.Run(WriteAll);
            }
        }

        return frame.Acknowledged;
    }

    /// <summary>Waits until everything is written.</summary>
    public Task CompleteAsync()
    {
        lock (_gate)
        {
            return _writing;
        }
    }

    private void WriteAll()
    {
        List<PendingFrame> group = [];
        while (TryGather(group))
        {
            bool stored = false;
            try
            {
                stored = write(group);
            }
            finally
            {
                group.ForEach(frame => frame.Acknowledge(stored));
            }
        }
    }

    private bool TryGather(List<PendingFrame> group)
    {
        group.Clear();
        long bytes = 0;
        lock (_gate)
        {
            while (group.Count < MaxFrames && _pending.TryPeek(out PendingFrame? frame) && (group.Count == 0 || bytes + frame.Cost <= groupBytes))
            {
                bytes += frame.Cost;
                group.Add(_pending.Dequeue());
            }

            _isWriting = group.Count > 0;
            return _isWriting;
        }
    }
}
