using OpencodeOtel.Otlp.Model;

namespace OpencodeOtel.Pipeline.Enriching.State;

/// <summary>One stretch of work of a session: what the session span, the totals and the session histograms are about.</summary>
/// <param name="session">The session.</param>
/// <param name="start">The start, in Unix milliseconds.</param>
internal sealed class RunState(SessionState session, long start)
{
    /// <summary>Gets the session.</summary>
    public SessionState Session { get; } = session;

    /// <summary>Gets or sets the start, in Unix milliseconds.</summary>
    public long Start { get; set; } = start;

    /// <summary>Gets or sets the end, once the run has ended.</summary>
    public long End { get; set; }

    /// <summary>Gets or sets a value indicating whether it has ended.</summary>
    public bool IsEnded { get; set; }

    /// <summary>Gets or sets the id of the user message that started it; empty while that is not known.</summary>
    public byte[] Key { get; set; } = [];

    /// <summary>Gets or sets the key of a run that turns out to have no user message.</summary>
    public byte[] FallbackKey { get; set; } = session.IdBytes;

    /// <summary>Gets or sets a value indicating whether the ids below are settled.</summary>
    public bool HasIds { get; set; }

    /// <summary>Gets or sets the trace.</summary>
    public TraceId TraceId { get; set; }

    /// <summary>Gets or sets the session span.</summary>
    public SpanId SpanId { get; set; }

    /// <summary>Gets or sets the run of the parent session that this one is within.</summary>
    public RunState? Parent { get; set; }

    /// <summary>Gets or sets a value indicating whether its session span was exported already, before the session was dropped.</summary>
    public bool IsSpanDone { get; set; }

    /// <summary>Gets or sets the agent that the first prompt names; empty until then.</summary>
    public OtlpString Agent { get; set; }

    /// <summary>Gets or sets the tokens of its completed messages.</summary>
    public long Tokens { get; set; }

    /// <summary>Gets or sets the cost of its completed messages, in US dollars.</summary>
    public double Cost { get; set; }

    /// <summary>Gets or sets how many messages were completed.</summary>
    public int Messages { get; set; }

    /// <summary>Gets or sets the text of the error that made it fail; <see langword="null"/> if none did.</summary>
    public byte[]? Error { get; set; }

    /// <summary>Gets or sets a value indicating whether an error made it fail; kept when the text is not.</summary>
    public bool HasFailed { get; set; }

    /// <summary>Gets or sets the error that was told from a document, and that the stream may say once more; zero for none.</summary>
    public IdHash ToldError { get; set; }

    /// <summary>Gets or sets a value indicating whether its idle came while something was open.</summary>
    public bool IsIdle { get; set; }

    /// <summary>Gets a value indicating whether there is anything to do in it: a session that was only created has a run, and rests.</summary>
    public bool IsWork => Key.Length > 0 || Open.First is not null;

    /// <summary>Gets or sets a value indicating whether it waits to end.</summary>
    public bool IsWaiting { get; set; }

    /// <summary>Gets or sets since when it waits, by "now".</summary>
    public long WaitStart { get; set; }

    /// <summary>Gets or sets the limit of the wait by the events' time.</summary>
    public long EventDeadline { get; set; }

    /// <summary>Gets or sets the limit of the wait by the clock.</summary>
    public long ClockDeadline { get; set; }

    /// <summary>Gets or sets the end of what ended last in it.</summary>
    public long LastEnd { get; set; }

    /// <summary>Gets the messages and calls that are open.</summary>
    public OpenWork Open { get; } = new();

    /// <summary>Gets the finished calls whose spans wait for the key.</summary>
    public List<ToolCallState> Held { get; } = [];

    /// <summary>Gets the prompts whose content is held for its LLM spans.</summary>
    public List<PromptState> Captured { get; } = [];

    /// <summary>Gets or sets the neighbour in the order of waiting.</summary>
    public RunState? EarlierWait { get; set; }

    /// <summary>Gets or sets the neighbour in the order of waiting.</summary>
    public RunState? LaterWait { get; set; }

    /// <summary>Adds a completed message to the totals, which stop at the largest integer.</summary>
    public void Add(long tokens, double cost)
    {
        Tokens = tokens > long.MaxValue - Tokens ? long.MaxValue : Tokens + tokens;
        Cost = Math.Min(Cost + cost, double.MaxValue);
        Messages++;
    }
}
