namespace OpencodeOtel.Pipeline.Receiving.Reading;

/// <summary>Reads <c>message.part.updated</c>.</summary>
internal static class PartReader
{
    /// <summary>Reads the body and the rest of the event, and hands it on if it is to be used.</summary>
    public static EventOutcome Read(ref Envelope envelope, IEventHandler handler)
    {
        ref MemberReader members = ref envelope.Members;
        ReadOnlySpan<byte> sessionId = default;
        PartInfo part = default;
        while (members.Next(out ReadOnlySpan<byte> name))
        {
            if (name.SequenceEqual("part"u8))
            {
                if (!part.TryRead(ref members))
                {
                    return EventOutcome.Skipped;
                }
            }
            else if (name.SequenceEqual("sessionID"u8))
            {
                sessionId = members.RequiredString();
            }
            else
            {
                members.SkipOfBody(name);
            }
        }

        sessionId = part.SessionId.IsEmpty ? sessionId : part.SessionId;
        long time = members.LatestTime;
        EventOutcome outcome = envelope.Finish(!sessionId.IsEmpty && part.IsWhole);
        if (outcome == EventOutcome.Used)
        {
            handler.PartUpdated(part.ToEvent(sessionId, time));
        }

        return outcome;
    }
}
