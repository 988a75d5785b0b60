using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Receiving.Reading;

/// <summary>Reads <c>session.idle</c>, <c>.status</c>, <c>.error</c> and <c>.diff</c>.</summary>
internal static class SessionStateReader
{
    /// <summary>Reads the body and the rest of the event, and hands it on if it is to be used.</summary>
    public static EventOutcome Read(ref Envelope envelope, IEventHandler handler)
    {
        ref MemberReader members = ref envelope.Members;
        EventType type = envelope.Type;
        ReadOnlySpan<byte> sessionId = default;
        Status status = default;
        ErrorInfo error = default;
        LineCounts lines = default;
        while (members.Next(out ReadOnlySpan<byte> name))
        {
            if (name.SequenceEqual("sessionID"u8))
            {
                sessionId = members.RequiredString();
            }
            else if (type == EventType.SessionStatus && name.SequenceEqual("status"u8))
            {
                status = Status.Read(ref members);
            }
            else if (type == EventType.SessionError && name.SequenceEqual("error"u8))
            {
                error = ErrorReader.Read(ref members);
            }
            else if (type == EventType.SessionDiff && name.SequenceEqual("diff"u8))
            {
                lines = LineCountsReader.ReadList(ref members);
            }
            else
            {
                members.SkipOfBody(name);
            }
        }

        bool isWhole = type switch
        {
            EventType.SessionError => true,
            EventType.SessionStatus => !sessionId.IsEmpty && status.IsPresent,
            EventType.SessionDiff => !sessionId.IsEmpty && lines.IsPresent,
            _ => !sessionId.IsEmpty,
        };
        long time = members.LatestTime;
        EventOutcome outcome = envelope.Finish(isWhole);
        if (outcome == EventOutcome.Used)
        {
            switch (type)
            {
                case EventType.SessionStatus:
                    handler.SessionStatus(new SessionStatusEvent { SessionId = sessionId, Type = status.Type, Attempt = status.Attempt, EventTime = time });
                    break;
                case EventType.SessionError:
                    handler.SessionError(new SessionErrorEvent { SessionId = sessionId, Error = error, EventTime = time });
                    break;
                case EventType.SessionDiff:
                    handler.SessionDiff(new SessionDiffEvent { SessionId = sessionId, Lines = lines, EventTime = time });
                    break;
                default:
                    handler.SessionIdle(new SessionIdleEvent { SessionId = sessionId, EventTime = time });
                    break;
            }
        }

        return outcome;
    }

    private readonly record struct Status(bool IsPresent, SessionStatusType Type, long Attempt)
    {
        // `next` is a time to come, so it is passed over.
        public static Status Read(ref MemberReader members)
        {
            ReadOnlySpan<byte> type = default;
            long attempt = 0;
            if (members.TryEnterRequiredObject())
            {
                while (members.Next(out ReadOnlySpan<byte> name))
                {
                    if (name.SequenceEqual("type"u8))
                    {
                        type = members.RequiredString();
                    }
                    else if (name.SequenceEqual("attempt"u8))
                    {
                        attempt = members.Count();
                    }
                    else
                    {
                        members.Skip();
                    }
                }
            }

            return new Status(!type.IsEmpty, Find(type), attempt);
        }

        private static SessionStatusType Find(ReadOnlySpan<byte> type) =>
            type.SequenceEqual("busy"u8) ? SessionStatusType.Busy
            : type.SequenceEqual("idle"u8) ? SessionStatusType.Idle
            : type.SequenceEqual("retry"u8) ? SessionStatusType.Retry
            : SessionStatusType.Unknown;
    }
}
