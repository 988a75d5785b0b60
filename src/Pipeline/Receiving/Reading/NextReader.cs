using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Receiving.Reading;

/// <summary>Reads the events of the second interface, and hands on what the first one would have said.</summary>
internal sealed class NextReader
{
    // Longer results are rare, and their room is not kept for the next.
    private const int LargestKeptTexts = 64 * 1024;

    private readonly IEventHandler _handler;
    private readonly NextMemory _memory = new();
    private readonly NextToolReader _tools;
    private readonly NextPromptParts _promptParts;
    private readonly KeptBytes _texts = new();

    /// <param name="handler">Takes the events.</param>
    /// <param name="scratch">Room for strings with escapes.</param>
    public NextReader(IEventHandler handler, ScratchBuffer scratch)
    {
        _handler = handler;
        _tools = new NextToolReader(handler, _memory, scratch);
        _promptParts = new NextPromptParts(handler, scratch);
    }

    /// <summary>Gets how often something was not remembered, because a bound was hit.</summary>
    public long Forgotten => _memory.Forgotten;

    /// <summary>Reads the body and the rest of the event, and hands it on if it is to be used.</summary>
    public EventOutcome Read(ref Envelope envelope)
    {
        _texts.Clear(LargestKeptTexts);
        NextBody body = new(_texts);
        body.Read(ref envelope.Members);
        EventType type = envelope.Type;
        EventOutcome outcome = envelope.Finish(!body.SessionId.IsEmpty && IsWhole(type, body));
        if (outcome == EventOutcome.Used)
        {
            HandOn(type, body);
        }

        return outcome;
    }

    private static bool IsWhole(EventType type, in NextBody body) => type switch
    {
        EventType.NextPrompted or EventType.NextStepStarted or EventType.NextTextEnded => !body.MessageId.IsEmpty,
        EventType.NextStepEnded or EventType.NextStepFailed => !body.MessageId.IsEmpty && body.Time > 0,
        EventType.NextRetried or >= EventType.NextExecutionSucceeded => true,
        _ => !body.CallId.IsEmpty,
    };

    private void HandOn(EventType type, in NextBody body)
    {
        switch (type)
        {
            case EventType.NextPrompted:
                HandOnPrompt(body);
                break;
            case EventType.NextStepStarted:
                HandOnStart(body);
                break;
            case EventType.NextStepEnded or EventType.NextStepFailed:
                HandOnEnd(body, isFailed: type == EventType.NextStepFailed);
                break;
            case EventType.NextTextEnded:
                HandOnText(body, body.TextId.IsEmpty ? body.MessageId : body.TextId, body.Time);
                break;
            case EventType.NextRetried:
                _handler.SessionStatus(new SessionStatusEvent
                {
                    SessionId = body.SessionId,
                    Type = SessionStatusType.Retry,
                    Attempt = body.Attempt,
                    EventTime = body.Time,
                });
                break;
            case >= EventType.NextExecutionSucceeded:
                HandOnExecution(type, body);
                break;
            default:
                _tools.HandOn(type, body);
                break;
        }
    }

    private void HandOnPrompt(in NextBody body)
    {
        NextSession session = _memory.Session(body.SessionId);
        _memory.KeepName(session.Prompt, body.MessageId);
        session.PromptCreated = body.Time;
        session.IsPromptAnswered = false;
        _handler.MessageUpdated(new MessageEvent
        {
            MessageId = body.MessageId,
            SessionId = body.SessionId,
            Role = MessageRole.User,
            Agent = body.Agent,
            ProviderId = body.Model.ProviderId,
            ModelId = body.Model.ModelId,
            TimeCreated = body.Time,
            EventTime = body.Time,
        });
        HandOnText(body, body.MessageId, end: 0);
        _promptParts.HandOn(body);
    }

    private void HandOnStart(in NextBody body)
    {
        NextSession session = _memory.Session(body.SessionId);
        _memory.KeepName(session.Step, body.MessageId);
        _memory.KeepName(session.StepParent, session.Prompt.Span);
        session.StepCreated = body.Time;
        TellWhomThePromptAsks(session, body);
        _handler.MessageUpdated(new MessageEvent
        {
            MessageId = body.MessageId,
            SessionId = body.SessionId,
            Role = MessageRole.Assistant,
            ParentId = session.Prompt.Span,
            Agent = body.Agent,
            ProviderId = body.Model.ProviderId,
            ModelId = body.Model.ModelId,
            TimeCreated = body.Time,
            EventTime = body.Time,
        });
    }

    // A prompt does not say it; its first step does, before the prompt's record is made.
    private void TellWhomThePromptAsks(NextSession session, in NextBody body)
    {
        if (session.IsPromptAnswered || session.Prompt.Span.IsEmpty)
        {
            return;
        }

        session.IsPromptAnswered = true;
        _handler.MessageUpdated(new MessageEvent
        {
            MessageId = session.Prompt.Span,
            SessionId = body.SessionId,
            Role = MessageRole.User,
            Agent = body.Agent,
            ProviderId = body.Model.ProviderId,
            ModelId = body.Model.ModelId,
            TimeCreated = session.PromptCreated,
            EventTime = body.Time,
        });
    }

    private void HandOnEnd(in NextBody body, bool isFailed)
    {
        NextSession session = _memory.Session(body.SessionId);
        bool isKnown = session.Step.Span.SequenceEqual(body.MessageId);
        _handler.MessageUpdated(new MessageEvent
        {
            MessageId = body.MessageId,
            SessionId = body.SessionId,
            Role = MessageRole.Assistant,
            ParentId = isKnown ? session.StepParent.Span : default,
            TimeCreated = isKnown ? session.StepCreated : 0,
            TimeCompleted = body.Time,
            Cost = body.Cost,
            Tokens = body.Tokens,
            Finish = body.Finish,
            Error = isFailed ? new ErrorInfo { IsPresent = true, Name = body.Error.Name, Message = body.Error.Message } : body.Error,
            EventTime = body.Time,
        });
    }

    private void HandOnText(in NextBody body, ReadOnlySpan<byte> id, long end) => _handler.PartUpdated(new PartEvent
    {
        Type = PartType.Text,
        PartId = id,
        MessageId = body.MessageId,
        SessionId = body.SessionId,
        Text = body.Text,
        Exit = 0,
        TimeEnd = end,
        EventTime = body.Time,
    });

    // An interruption is an error on the first interface too; neither need say more.
    private void HandOnExecution(EventType type, in NextBody body)
    {
        if (type != EventType.NextExecutionSucceeded)
        {
            _handler.SessionError(new SessionErrorEvent
            {
                SessionId = body.SessionId,
                Error = new ErrorInfo { IsPresent = true, Name = body.Error.Name, Message = body.Error.Message },
                EventTime = body.Time,
            });
        }

        _handler.SessionIdle(new SessionIdleEvent { SessionId = body.SessionId, EventTime = body.Time });
    }
}
