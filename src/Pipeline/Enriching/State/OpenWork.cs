namespace OpencodeOtel.Pipeline.Enriching.State;

/// <summary>The open messages and tool calls of a run, in the order in which they began.</summary>
internal sealed class OpenWork
{
    private WorkState? _last;

    /// <summary>Gets the one that began first.</summary>
    public WorkState? First { get; private set; }

    /// <summary>Adds one.</summary>
    public void Add(WorkState work)
    {
        work.OpenIn = this;
        work.PreviousOpen = _last;
        _last?.NextOpen = work;
        _last = work;
        First ??= work;
    }

    /// <summary>Takes one out.</summary>
    public void Remove(WorkState work)
    {
        if (work.PreviousOpen is null)
        {
            First = work.NextOpen;
        }
        else
        {
            work.PreviousOpen.NextOpen = work.NextOpen;
        }

        if (work.NextOpen is null)
        {
            _last = work.PreviousOpen;
        }
        else
        {
            work.NextOpen.PreviousOpen = work.PreviousOpen;
        }

        work.OpenIn = null;
        work.PreviousOpen = null;
        work.NextOpen = null;
    }
}
