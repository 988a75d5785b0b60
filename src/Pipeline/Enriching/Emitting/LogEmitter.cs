using OpencodeOtel.Otlp.Model;
using OpencodeOtel.Pipeline.Enriching.State;

namespace OpencodeOtel.Pipeline.Enriching.Emitting;

/// <summary>Makes log records.</summary>
/// <param name="context">Tells the time, and whether there are any.</param>
/// <param name="spans">The spans that records belong to.</param>
/// <param name="sink">Where records go.</param>
internal sealed class LogEmitter(EnrichingContext context, SpanContexts spans, ISignalSink sink)
{
    private const int MostAttributes = 16;

    private readonly AttributeBuffer _attributes = new(MostAttributes);
    private readonly bool _isOff = context.Options.LogsDisabled;

    /// <summary>A session was created, at a time that may be unknown (0). Its run has no key yet, so the record belongs to no span.</summary>
    public void SessionCreated(SessionState session, long created)
    {
        Begin(EventNames.SessionCreated, session);
        _attributes.Add(AttributeKeys.IsSubagent, !session.ParentId.IsEmpty);
        Emit(EventNames.SessionCreated, created, default);
    }

    /// <summary>A run ended.</summary>
    public void RunEnded(RunState run) => Idle(run.Session, run.End, run.Tokens, run.Cost, run.Messages, spans.Of(run));

    /// <summary>An idle of a session of which nothing else was seen.</summary>
    public void IdleWithoutRun(SessionState session) => Idle(session, context.Clock.Now, 0, 0, 0, default);

    /// <summary>An error of a session, or of none, at a time that may be unknown (0): then it is now.</summary>
    public void SessionError(SessionState? session, OtlpString error, long time)
    {
        Begin(EventNames.SessionError, session);
        _attributes.Add(AttributeKeys.Error, error);
        Emit(EventNames.SessionError, time > 0 ? time : context.Clock.Now, spans.Of(session?.Run ?? session?.LastRun), isError: true);
    }

    /// <summary>A user message.</summary>
    public void UserPrompt(PromptState prompt, SessionState session)
    {
        Begin(EventNames.UserPrompt, session);
        _attributes.Add(AttributeKeys.Agent, prompt.Agent.IsEmpty ? Words.Unknown : prompt.Agent);
        _attributes.Add(AttributeKeys.PromptLength, prompt.Text.Utf16Length);
        _attributes.Add(AttributeKeys.Model, Model(prompt));
        Emit(EventNames.UserPrompt, prompt.Created, spans.Of(prompt.Run));
    }

    /// <summary>An assistant message was completed, well or not.</summary>
    public void MessageCompleted(MessageState message, in MessageResult result)
    {
        OtlpString name = result.IsError ? EventNames.ApiError : EventNames.ApiRequest;
        Begin(name, message.Session);
        _attributes.Add(AttributeKeys.Model, message.Model);
        _attributes.Add(AttributeKeys.Provider, message.Provider);
        _attributes.Add(AttributeKeys.Agent, message.Agent);
        if (result.IsError)
        {
            _attributes.Add(AttributeKeys.Error, result.Error);
            _attributes.Add(AttributeKeys.DurationMs, result.Duration);
        }
        else
        {
            _attributes.Add(AttributeKeys.CostUsd, result.Cost);
            _attributes.Add(AttributeKeys.DurationMs, result.Duration);
            _attributes.Add(AttributeKeys.InputTokens, result.Tokens.Input);
            _attributes.Add(AttributeKeys.OutputTokens, result.Tokens.Output);
            _attributes.Add(AttributeKeys.ReasoningTokens, result.Tokens.Reasoning);
            _attributes.Add(AttributeKeys.CacheReadTokens, result.Tokens.CacheRead);
            _attributes.Add(AttributeKeys.CacheCreationTokens, result.Tokens.CacheWrite);
        }

        Emit(name, message.Created, spans.Of(message), result.IsError);
    }

    /// <summary>A tool call was finished.</summary>
    public void ToolFinished(ToolCallState call, long duration)
    {
        Begin(EventNames.ToolResult, call.Session);
        _attributes.Add(AttributeKeys.ToolName, call.Tool);
        _attributes.Add(AttributeKeys.Success, call.IsSuccess);
        _attributes.Add(AttributeKeys.DurationMs, duration);
        if (call.IsSuccess)
        {
            _attributes.Add(AttributeKeys.ToolResultSizeBytes, call.OutputBytes);
        }
        else
        {
            _attributes.Add(AttributeKeys.Error, call.Error);
        }

        Emit(EventNames.ToolResult, call.Start, spans.Of(call), !call.IsSuccess);
    }

    /// <summary>A permission was given or refused.</summary>
    /// <param name="session">The session.</param>
    /// <param name="tool">The tool, or what stands for it.</param>
    /// <param name="type">What was asked for.</param>
    /// <param name="isAccepted">Whether it was given.</param>
    /// <param name="reply">The reply as sent.</param>
    /// <param name="call">The call that asked, while it is open.</param>
    public void Decided(SessionState session, OtlpString tool, OtlpString type, bool isAccepted, OtlpString reply, ToolCallState? call)
    {
        Begin(EventNames.ToolDecision, session);
        _attributes.Add(AttributeKeys.ToolName, tool);
        _attributes.Add(AttributeKeys.ToolType, type);
        _attributes.Add(AttributeKeys.Decision, isAccepted ? Words.Accept : Words.Reject);
        _attributes.Add(AttributeKeys.Source, reply);
        Emit(EventNames.ToolDecision, context.Clock.Now, call is null ? spans.Of(session.Run ?? session.LastRun) : spans.Of(call));
    }

    /// <summary>A commit was made.</summary>
    public void Committed(SessionState session, long time, SpanContext span)
    {
        Begin(EventNames.Commit, session);
        Emit(EventNames.Commit, time, span);
    }

    /// <summary>A subtask was invoked.</summary>
    public void SubtaskInvoked(SessionState session, OtlpString agent, OtlpString description, long promptLength)
    {
        Begin(EventNames.SubtaskInvoked, session);
        _attributes.Add(AttributeKeys.Agent, agent);
        _attributes.Add(AttributeKeys.Description, description);
        _attributes.Add(AttributeKeys.PromptLength, promptLength);
        Emit(EventNames.SubtaskInvoked, context.Clock.Now, spans.Of(session.Run ?? session.LastRun));
    }

    private void Idle(SessionState session, long time, long tokens, double cost, int messages, SpanContext span)
    {
        Begin(EventNames.SessionIdle, session);
        _attributes.Add(AttributeKeys.TotalTokens, tokens);
        _attributes.Add(AttributeKeys.TotalCostUsd, cost);
        _attributes.Add(AttributeKeys.TotalMessages, (long)messages);
        Emit(EventNames.SessionIdle, time, span);
    }

    private void Begin(OtlpString name, SessionState? session)
    {
        _attributes.Clear();
        _attributes.Add(AttributeKeys.EventName, name);
        _attributes.Add(AttributeKeys.SessionId, session?.Id ?? Words.Unknown);
        if (session is { ProjectId.IsEmpty: false })
        {
            _attributes.Add(AttributeKeys.ProjectId, session.ProjectId);
        }
    }

    private void Emit(OtlpString name, long time, SpanContext span, bool isError = false)
    {
        if (_isOff)
        {
            return;
        }

        var record = new LogRecord
        {
            TimeUnixNano = EventClock.ToUnixNano(time),
            ObservedTimeUnixNano = EventClock.ToUnixNano(context.Clock.Now),
            SeverityNumber = isError ? SeverityNumber.Error : SeverityNumber.Info,
            SeverityText = isError ? Words.ErrorSeverity : Words.Info,
            Body = name,
            Attributes = _attributes.Memory,
            Flags = span.SpanId.IsZero ? (byte)0 : (byte)SpanFlags.Sampled,
            TraceId = span.TraceId,
            SpanId = span.SpanId,
            EventName = name,
        };
        sink.Emit(in record);
    }

    private OtlpString Model(PromptState prompt)
    {
        if (prompt.Provider.IsEmpty && prompt.Model.IsEmpty)
        {
            return Words.Unknown;
        }

        ReadOnlySpan<byte> provider = (prompt.Provider.IsEmpty ? Words.Unknown : prompt.Provider).Utf8;
        ReadOnlySpan<byte> model = (prompt.Model.IsEmpty ? Words.Unknown : prompt.Model).Utf8;
        Span<byte> text = context.Scratch.Reserve(provider.Length + model.Length + 1);
        provider.CopyTo(text);
        text[provider.Length] = (byte)'/';
        model.CopyTo(text[(provider.Length + 1)..]);
        return context.Scratch.Take(text.Length);
    }
}
