using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Enriching.State;

/// <summary>A message or a tool call: something with a span, that a run waits for.</summary>
internal abstract class WorkState : Aged
{
    private RunState? _run;

    /// <summary>Gets or sets the run that it is within, also after that has ended.</summary>
    public RunState Run
    {
        get => _run!;
        set => _run = value;
    }

    /// <summary>Gets the session.</summary>
    public SessionState Session => Run.Session;

    /// <summary>Gets or sets the span.</summary>
    public SpanId SpanId { get; set; }

    /// <summary>Gets or sets the start, in Unix milliseconds.</summary>
    public long Start { get; set; }

    /// <summary>Gets or sets a value indicating whether the span was exported: it is, once.</summary>
    public bool IsSpanDone { get; set; }

    /// <summary>Gets or sets the list that it is in while it is open.</summary>
    public OpenWork? OpenIn { get; set; }

    /// <summary>Gets or sets the neighbour in that list.</summary>
    public WorkState? PreviousOpen { get; set; }

    /// <summary>Gets or sets the neighbour in that list.</summary>
    public WorkState? NextOpen { get; set; }

    /// <summary>Forgets everything, for use as another.</summary>
    public virtual void Clear()
    {
        _run = null;
        SpanId = default;
        Start = 0;
        IsSpanDone = false;
    }
}
