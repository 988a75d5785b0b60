using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Receiving.Reading;

/// <summary>Reads lines of <c>opencode run --format json</c>, and hands on what the same run would have said on the bus.</summary>
/// <remarks>
/// A session is created at its first line, and idle at the end of the stream. A step is a message, opened and completed at the
/// timestamps of its lines. These lines have no ids, so a line that comes twice is handed on twice.
/// </remarks>
/// <param name="handler">Takes the events.</param>
/// <param name="scratch">Room for strings with escapes.</param>
internal sealed class RunReader(IEventHandler handler, ScratchBuffer scratch)
{
    /// <summary>How many sessions wait for the end of the stream at most; when there are more, one is idle before its time.</summary>
    public const int MostSessions = 1024;

    private const int LongestId = 256;

    private readonly KeptTable<RunSession> _sessions = new(MostSessions);

    /// <summary>Gets how many sessions were idle before the end of the stream, to make room.</summary>
    public long Forgotten => _sessions.Forgotten;

    /// <summary>Reads a line.</summary>
    /// <param name="text">All of it.</param>
    /// <param name="type">Its type.</param>
    public EventOutcome Read(ReadOnlySpan<byte> text, EventType type)
    {
        MemberReader members = new(text, scratch);
        members.ReadFirst();
        ReadOnlySpan<byte> sessionId = default;
        ErrorInfo error = default;
        RunStep step = default;
        PartInfo part = default;
        bool isLine = false;
        long time = 0;
        while (members.Next(out ReadOnlySpan<byte> name))
        {
            if (name.SequenceEqual("type"u8))
            {
                isLine = !members.RequiredString().IsEmpty;
            }
            else if (name.SequenceEqual("timestamp"u8))
            {
                time = members.RequiredTimestamp();
            }
            else if (name.SequenceEqual("sessionID"u8))
            {
                sessionId = members.RequiredString();
            }
            else if (type == EventType.RunError && name.SequenceEqual("error"u8))
            {
                error = ErrorReader.Read(ref members);
            }
            else if (IsStep(type) && name.SequenceEqual("part"u8))
            {
                step.Read(ref members);
            }
            else if (IsPart(type) && name.SequenceEqual("part"u8))
            {
                if (!part.TryRead(ref members))
                {
                    return EventOutcome.Skipped;
                }
            }
            else
            {
                members.Skip();
            }
        }

        members.ReadEnd();
        sessionId = !sessionId.IsEmpty ? sessionId : IsStep(type) ? step.SessionId : part.SessionId;
        bool isWhole = isLine && (type == EventType.RunError
            || (!sessionId.IsEmpty && (IsPart(type) ? part.IsWhole : !step.MessageId.IsEmpty && (time > 0 || type == EventType.RunStepStart))));
        if (members.HasFailed || !isWhole || members.HasWrongType)
        {
            return members.IsTooDeep ? EventOutcome.TooDeep : members.HasFailed ? EventOutcome.BadJson : EventOutcome.BadShape;
        }

        long latest = members.LatestTime;
        See(sessionId, time, latest);
        if (IsPart(type))
        {
            handler.PartUpdated(part.ToEvent(sessionId, latest));
        }
        else if (IsStep(type))
        {
            handler.MessageUpdated(ToMessage(type, sessionId, step, time));
        }
        else
        {
            handler.SessionError(new SessionErrorEvent { SessionId = sessionId, Error = error, EventTime = latest });
        }

        return EventOutcome.Used;
    }

    /// <summary>Takes the end of the stream.</summary>
    public void Complete()
    {
        while (_sessions.RemoveAny() is { } session)
        {
            EndOf(session);
        }
    }

    private static bool IsStep(EventType type) => type is EventType.RunStepStart or EventType.RunStepFinish;

    private static bool IsPart(EventType type) => type is EventType.RunText or EventType.RunToolUse;

    private static MessageEvent ToMessage(EventType type, ReadOnlySpan<byte> sessionId, RunStep step, long time) => new()
    {
        MessageId = step.MessageId,
        SessionId = sessionId,
        Role = MessageRole.Assistant,
        TimeCreated = type == EventType.RunStepStart ? time : 0,
        TimeCompleted = type == EventType.RunStepFinish ? time : 0,
        Cost = step.Cost,
        Tokens = step.Tokens,
        Finish = step.Reason,
        EventTime = time,
    };

    // Lines are written a moment late: a tool of the first step may have ended before its line. It is no history for that.
    private void See(ReadOnlySpan<byte> sessionId, long start, long time)
    {
        if (sessionId.IsEmpty || sessionId.Length > LongestId)
        {
            return;
        }

        ulong hash = DuplicateFilter.Hash(sessionId);
        RunSession? session = _sessions.Find(hash);
        if (session is null)
        {
            session = _sessions.Add(hash, out bool isTaken);
            if (isTaken)
            {
                EndOf(session);
            }

            session.Id.TrySet(sessionId, LongestId);
            session.LatestTime = 0;
            handler.SessionCreated(new SessionEvent { SessionId = sessionId, TimeCreated = start, IsInferred = true, EventTime = time });
        }

        session.LatestTime = Math.Max(session.LatestTime, time);
    }

    private void EndOf(RunSession session) =>
        handler.SessionIdle(new SessionIdleEvent { SessionId = session.Id.Span, EventTime = session.LatestTime });
}
