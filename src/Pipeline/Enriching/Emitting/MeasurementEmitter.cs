using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Aggregating;
using OpencodeOtel.Pipeline.Enriching.State;
using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Enriching.Emitting;

/// <summary>Records measurements: the values and attributes of each metric.</summary>
/// <param name="context">Tells the time, the attributes and what is disabled.</param>
/// <param name="spans">Tells which spans there are, for exemplars.</param>
/// <param name="sink">Where measurements go.</param>
internal sealed class MeasurementEmitter(EnrichingContext context, SpanContexts spans, ISignalSink sink)
{
    private const int OwnAttributes = 8;

    private readonly Instruments _instruments = new(context.Options);
    private readonly KeyValue[] _configured = AttributeBuffer.Transcode(context.Options.MetricAttributes);
    private readonly AttributeBuffer _attributes = new(OwnAttributes + context.Options.MetricAttributes.Count);
    private readonly double _costScale = context.Options.CostScale;

    /// <summary>A session was created.</summary>
    public void SessionCreated(SessionState session)
    {
        Begin(session);
        _attributes.Add(AttributeKeys.IsSubagent, !session.ParentId.IsEmpty);
        Record(_instruments.SessionCount, 1, default);
    }

    /// <summary>A message was completed, well or not.</summary>
    public void MessageCompleted(MessageState message, TokenCounts tokens, double cost)
    {
        SpanContext span = spans.Of(message);
        Begin(message.Session);
        _attributes.Add(AttributeKeys.Model, message.Model);
        _attributes.Add(AttributeKeys.Agent, message.Agent);
        Record(_instruments.MessageCount, 1, span);
        Record(_instruments.CostUsage, Math.Min(cost * _costScale, double.MaxValue), span);

        RecordType(_instruments.TokenUsage, Words.Input, tokens.Input, span);
        RecordType(_instruments.TokenUsage, Words.Output, tokens.Output, span);
        RecordType(_instruments.TokenUsage, Words.Reasoning, tokens.Reasoning, span);
        RecordType(_instruments.TokenUsage, Words.CacheRead, tokens.CacheRead, span);
        RecordType(_instruments.TokenUsage, Words.CacheCreation, tokens.CacheWrite, span);
        if (tokens.CacheRead > 0)
        {
            RecordType(_instruments.CacheCount, Words.CacheRead, 1, span);
        }

        if (tokens.CacheWrite > 0)
        {
            RecordType(_instruments.CacheCount, Words.CacheCreation, 1, span);
        }

        Begin(message.Session);
        _attributes.Add(AttributeKeys.Model, message.Model);
        _attributes.Add(AttributeKeys.Provider, message.Provider);
        _attributes.Add(AttributeKeys.Agent, message.Agent);
        Record(_instruments.ModelUsage, 1, span);
    }

    /// <summary>A tool call was finished, at a known time.</summary>
    public void ToolFinished(ToolCallState call, long duration)
    {
        Begin(call.Session);
        _attributes.Add(AttributeKeys.ToolName, call.Tool);
        _attributes.Add(AttributeKeys.Success, call.IsSuccess);
        Record(_instruments.ToolDuration, (double)duration, spans.Of(call));
    }

    /// <summary>A run ended.</summary>
    public void RunEnded(RunState run)
    {
        SpanContext span = spans.Of(run);
        Begin(run.Session);
        Record(_instruments.SessionDuration, (double)(run.End - run.Start), span);
        Record(_instruments.SessionTokenTotal, (double)run.Tokens, span);
        Record(_instruments.SessionCostTotal, run.Cost, span);
    }

    /// <summary>The session's total of lines is said.</summary>
    /// <param name="session">The session.</param>
    /// <param name="growth">How much each grew since it was said before.</param>
    /// <param name="total">The total.</param>
    public void LinesSaid(SessionState session, LinePair growth, LinePair total)
    {
        SpanContext span = spans.Of(session.Run);
        Begin(session);
        if (growth.Added > 0)
        {
            RecordType(_instruments.LinesCount, Words.Added, growth.Added, span);
        }

        if (growth.Removed > 0)
        {
            RecordType(_instruments.LinesCount, Words.Removed, growth.Removed, span);
        }

        RecordType(_instruments.LinesTotal, Words.Added, total.Added, span);
        RecordType(_instruments.LinesTotal, Words.Removed, total.Removed, span);
    }

    /// <summary>A commit was made.</summary>
    public void Committed(SessionState session, SpanContext span)
    {
        Begin(session);
        Record(_instruments.CommitCount, 1, span);
    }

    /// <summary>A subtask was invoked.</summary>
    public void SubtaskInvoked(SessionState session, OtlpString agent)
    {
        Begin(session);
        _attributes.Add(AttributeKeys.Agent, agent);
        Record(_instruments.SubtaskCount, 1, spans.Of(session.Run));
    }

    /// <summary>A model request is tried again.</summary>
    public void Retried(SessionState session)
    {
        Begin(session);
        Record(_instruments.RetryCount, 1, spans.Of(session.Run));
    }

    private void Begin(SessionState session)
    {
        _attributes.Clear();
        _attributes.Add(AttributeKeys.SessionId, session.Id);
        if (!session.ProjectId.IsEmpty)
        {
            _attributes.Add(AttributeKeys.ProjectId, session.ProjectId);
        }
    }

    private void RecordType(Instrument? instrument, OtlpString type, long value, SpanContext span)
    {
        _attributes.Set(AttributeKeys.Type, type);
        Record(instrument, value, span);
    }

    private void Record(Instrument? instrument, NumberValue value, SpanContext span)
    {
        if (instrument is null)
        {
            return;
        }

        if (_configured.Length > 0)
        {
            _attributes.SetAll(_configured);
        }

        sink.Record(new Measurement
        {
            Instrument = instrument,
            Value = value,
            Attributes = _attributes.Span,
            Time = context.Clock.Now,
            TraceId = span.TraceId,
            SpanId = span.SpanId,
        });
    }
}
