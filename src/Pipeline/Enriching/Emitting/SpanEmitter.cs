using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Enriching.State;

namespace OpencodeOtel.Pipeline.Enriching.Emitting;

/// <summary>Makes spans of what is finished: what all three types have in common.</summary>
/// <remarks>Attributes come in the order of their rank: those of the start, the configured ones over them, what is known at the end over both.</remarks>
internal sealed class SpanEmitter
{
    private readonly AttributeBuffer _attributes;
    private readonly KeyValue[] _configured;
    private readonly SpanLink[] _links = new SpanLink[1];
    private readonly OtlpString _traceState;
    private readonly EnrichingCounts _counts;
    private readonly ISignalSink _sink;

    /// <summary>Makes the emitter.</summary>
    public SpanEmitter(EnrichingContext context, SpanContexts contexts, ISignalSink sink)
    {
        _attributes = new AttributeBuffer(context.Limits.SpanAttributes);
        _configured = AttributeBuffer.Transcode(context.Options.SpanAttributes);
        _traceState = context.Options.RemoteParent?.TraceState is { } state ? OtlpString.Transcode(state) : default;
        _counts = context.Counts;
        _sink = sink;
        Contexts = contexts;
    }

    /// <summary>Gets where spans are in their traces.</summary>
    public SpanContexts Contexts { get; }

    /// <summary>Starts the attributes of a span.</summary>
    public void Begin(SessionState session, OtlpString kind)
    {
        _attributes.Clear();
        _attributes.Add(AttributeKeys.SessionId, session.Id);
        if (!session.ProjectId.IsEmpty)
        {
            _attributes.Add(AttributeKeys.ProjectId, session.ProjectId);
        }

        _attributes.Add(AttributeKeys.OpenInferenceSpanKind, kind);
    }

    /// <summary>Adds an attribute that is known at the start.</summary>
    public void AtStart(OtlpString key, AnyValue value) => _attributes.Add(key, value);

    /// <summary>Puts the configured attributes over those of the start.</summary>
    public void Configured() => _attributes.SetAll(_configured);

    /// <summary>Adds an attribute that is known at the end.</summary>
    public void AtEnd(OtlpString key, AnyValue value)
    {
        if (_configured.Length == 0)
        {
            _attributes.Add(key, value);
        }
        else
        {
            _attributes.Set(key, value);
        }
    }

    /// <summary>Hands the span over.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="context">Its ids.</param>
    /// <param name="parent">What it is below.</param>
    /// <param name="start">The start, in Unix milliseconds.</param>
    /// <param name="end">The end, in Unix milliseconds; before the start, the length is zero.</param>
    /// <param name="status">How it ended.</param>
    /// <param name="error">The status message of an error.</param>
    /// <param name="previous">The span that it links to; zero for none.</param>
    public void Emit(OtlpString name, SpanKind kind, SpanContext context, SpanParent parent, long start, long end, StatusCode status, OtlpString error = default, SpanContext previous = default)
    {
        const SpanFlags Local = SpanFlags.Sampled | SpanFlags.ContextHasIsRemote;
        _links[0] = new SpanLink { TraceId = previous.TraceId, SpanId = previous.SpanId, TraceState = _traceState, Flags = Local };
        _counts.AttributesDropped += _attributes.Dropped;
        var span = new Span
        {
            TraceId = context.TraceId,
            SpanId = context.SpanId,
            TraceState = _traceState,
            ParentSpanId = parent.SpanId,
            Flags = parent.IsRemote ? Local | SpanFlags.ContextIsRemote : Local,
            Name = name,
            Kind = kind,
            StartTimeUnixNano = EventClock.ToUnixNano(start),
            EndTimeUnixNano = EventClock.ToUnixNano(Math.Max(start, end)),
            Attributes = _attributes.Memory,
            DroppedAttributesCount = (uint)_attributes.Dropped,
            Links = previous.SpanId.IsZero ? default : _links,
            StatusCode = status,
            StatusMessage = status == StatusCode.Error ? error : default,
        };
        _sink.Emit(in span);
    }
}
