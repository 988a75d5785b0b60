using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Receiving.Reading;

/// <summary>Reads <c>session.created</c>, <c>.updated</c> and <c>.deleted</c>.</summary>
internal static class SessionReader
{
    /// <summary>Reads the body and the rest of the event, and hands it on if it is to be used.</summary>
    public static EventOutcome Read(ref Envelope envelope, IEventHandler handler)
    {
        ref MemberReader members = ref envelope.Members;
        ReadOnlySpan<byte> sessionId = default;
        Info info = default;
        while (members.Next(out ReadOnlySpan<byte> name))
        {
            if (name.SequenceEqual("sessionID"u8))
            {
                sessionId = members.RequiredString();
            }
            else if (name.SequenceEqual("info"u8))
            {
                info.Read(ref members);
            }
            else
            {
                members.SkipOfBody(name);
            }
        }

        SessionEvent session = new()
        {
            SessionId = info.Id.IsEmpty ? sessionId : info.Id,
            ProjectId = info.ProjectId,
            ParentId = info.ParentId,
            TimeCreated = info.Times.Created,
            IsReverted = info.IsReverted,
            EventTime = members.LatestTime,
        };

        // A deleted session needs no more than its name.
        bool isWhole = !session.SessionId.IsEmpty && (info.IsPresent || envelope.Type == EventType.SessionDeleted);
        EventOutcome outcome = envelope.Finish(isWhole);
        if (outcome == EventOutcome.Used)
        {
            HandOn(envelope.Type, in session, handler);
        }

        return outcome;
    }

    private static void HandOn(EventType type, in SessionEvent session, IEventHandler handler)
    {
        if (type == EventType.SessionUpdated)
        {
            handler.SessionUpdated(in session);
        }
        else if (type == EventType.SessionCreated)
        {
            handler.SessionCreated(in session);
        }
        else
        {
            handler.SessionDeleted(in session);
        }
    }

    private ref struct Info
    {
        public ReadOnlySpan<byte> Id;
        public ReadOnlySpan<byte> ProjectId;
        public ReadOnlySpan<byte> ParentId;
        public Times Times;
        public bool IsPresent;
        public bool IsReverted;

        public void Read(ref MemberReader members)
        {
            IsPresent = members.TryEnterRequiredObject();
            while (IsPresent && members.Next(out ReadOnlySpan<byte> name))
            {
                if (name.SequenceEqual("id"u8))
                {
                    Id = members.RequiredString();
                }
                else if (name.SequenceEqual("projectID"u8))
                {
                    ProjectId = members.String();
                }
                else if (name.SequenceEqual("parentID"u8))
                {
                    ParentId = members.RequiredString();
                }
                else if (name.SequenceEqual("time"u8))
                {
                    Times = Times.Read(ref members);
                }
                else if (name.SequenceEqual("revert"u8))
                {
                    IsReverted = members.IsPresent;
                    members.Skip();
                }
                else
                {
                    members.Skip();
                }
            }
        }
    }
}
