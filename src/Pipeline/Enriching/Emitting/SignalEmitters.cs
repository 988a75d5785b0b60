using OpencodeOtel.Pipeline.Enriching.State;

namespace OpencodeOtel.Pipeline.Enriching.Emitting;

/// <summary>Everything that makes signals, joined.</summary>
internal sealed class SignalEmitters
{
    /// <summary>Joins them.</summary>
    /// <param name="context">What they work with.</param>
    /// <param name="sessions">The sessions, to find the parents of spans.</param>
    /// <param name="sink">Where signals go.</param>
    public SignalEmitters(EnrichingContext context, SessionTable sessions, ISignalSink sink)
    {
        Contexts = new SpanContexts(context.Options, sessions);
        var spans = new SpanEmitter(context, Contexts, sink);
        SessionSpans = new SessionSpans(context, spans);
        LlmSpans = new LlmSpans(context, spans);
        ToolSpans = new ToolSpans(context, spans);
        Logs = new LogEmitter(context, Contexts, sink);
        Measurements = new MeasurementEmitter(context, Contexts, sink);
    }

    /// <summary>Gets the places of spans in traces.</summary>
    public SpanContexts Contexts { get; }

    /// <summary>Gets what makes session spans.</summary>
    public SessionSpans SessionSpans { get; }

    /// <summary>Gets what makes LLM spans.</summary>
    public LlmSpans LlmSpans { get; }

    /// <summary>Gets what makes tool spans.</summary>
    public ToolSpans ToolSpans { get; }

    /// <summary>Gets what makes log records.</summary>
    public LogEmitter Logs { get; }

    /// <summary>Gets what records measurements.</summary>
    public MeasurementEmitter Measurements { get; }
}
