using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Receiving.Reading;

/// <summary>Reads <c>message.updated</c> and <c>message.removed</c>.</summary>
internal static class MessageReader
{
    /// <summary>Reads the body and the rest of the event, and hands it on if it is to be used.</summary>
    public static EventOutcome Read(ref Envelope envelope, IEventHandler handler)
    {
        ref MemberReader members = ref envelope.Members;
        bool isRemoval = envelope.Type == EventType.MessageRemoved;
        ReadOnlySpan<byte> sessionId = default;
        ReadOnlySpan<byte> messageId = default;
        MessageInfo info = default;
        while (members.Next(out ReadOnlySpan<byte> name))
        {
            if (name.SequenceEqual("sessionID"u8))
            {
                sessionId = members.RequiredString();
            }
            else if (isRemoval && name.SequenceEqual("messageID"u8))
            {
                messageId = members.RequiredString();
            }
            else if (!isRemoval && name.SequenceEqual("info"u8))
            {
                info.Read(ref members);
            }
            else
            {
                members.SkipOfBody(name);
            }
        }

        long time = members.LatestTime;
        if (isRemoval)
        {
            EventOutcome removed = envelope.Finish(!sessionId.IsEmpty && !messageId.IsEmpty);
            if (removed == EventOutcome.Used)
            {
                handler.MessageRemoved(new MessageRemovedEvent { SessionId = sessionId, MessageId = messageId, EventTime = time });
            }

            return removed;
        }

        sessionId = info.SessionId.IsEmpty ? sessionId : info.SessionId;
        EventOutcome outcome = envelope.Finish(!sessionId.IsEmpty && !info.Id.IsEmpty && !info.Role.IsEmpty);
        if (outcome == EventOutcome.Used)
        {
            handler.MessageUpdated(info.ToEvent(sessionId, time));
        }

        return outcome;
    }
}
