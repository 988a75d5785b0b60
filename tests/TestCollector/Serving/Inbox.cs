namespace OpencodeOtel.TestCollector.Serving;

/// <summary>Keeps what arrives, and tells those who wait. Safe for use by any number of threads.</summary>
internal sealed class Inbox
{
    private readonly Lock _lock = new();
    private readonly List<ReceivedRequest> _requests = [];
    private readonly List<ReceivedRequest> _accepted = [];
    private readonly List<RefusedRequest> _refused = [];
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>Gets a task that completes at the next change: take it first, look at the content after.</summary>
    public Task Changed
    {
        get
        {
            lock (_lock)
            {
                return _changed.Task;
            }
        }
    }

    /// <summary>Gets the requests so far, by order of arrival.</summary>
    public IReadOnlyList<ReceivedRequest> Requests => Snapshot(_requests);

    /// <summary>Gets the requests that were answered with success so far, by order of the answer.</summary>
    public IReadOnlyList<ReceivedRequest> Accepted => Snapshot(_accepted);

    /// <summary>Gets what could not be read so far.</summary>
    public IReadOnlyList<RefusedRequest> Refused => Snapshot(_refused);

    /// <summary>Adds a request, which <paramref name="create"/> makes for its place in the order.</summary>
    public ReceivedRequest Add(Func<int, ReceivedRequest> create)
    {
        ReceivedRequest? request = null;
        Change(() => _requests.Add(request = create(_requests.Count)));
        return request!;
    }

    /// <summary>Notes that a request is answered with success.</summary>
    public void Accept(ReceivedRequest request) => Change(() => _accepted.Add(request));

    /// <summary>Notes that a request could not be read.</summary>
    public void Refuse(RefusedRequest request) => Change(() => _refused.Add(request));

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Change(Action change)
    {
        TaskCompletionSource signal;
        lock (_lock)
        {
            change();
            signal = _changed;
            _changed = NewSignal();
        }

        signal.SetResult();
    }

    private T[] Snapshot<T>(List<T> list)
    {
        lock (_lock)
        {
            return [.. list];
        }
    }
}
