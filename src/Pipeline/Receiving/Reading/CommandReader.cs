using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Receiving.Reading;

/// <summary>Reads <c>command.executed</c>.</summary>
internal static class CommandReader
{
    /// <summary>Reads the body and the rest of the event, and hands it on if it is to be used.</summary>
    public static EventOutcome Read(ref Envelope envelope, IEventHandler handler)
    {
        ref MemberReader members = ref envelope.Members;
        ReadOnlySpan<byte> commandName = default;
        ReadOnlySpan<byte> sessionId = default;
        ReadOnlySpan<byte> messageId = default;
        JsonText arguments = default;
        while (members.Next(out ReadOnlySpan<byte> name))
        {
            if (name.SequenceEqual("name"u8))
            {
                commandName = members.RequiredString();
            }
            else if (name.SequenceEqual("sessionID"u8))
            {
                sessionId = members.RequiredString();
            }
            else if (name.SequenceEqual("messageID"u8))
            {
                messageId = members.RequiredString();
            }
            else if (name.SequenceEqual("arguments"u8))
            {
                arguments = members.Text();
            }
            else
            {
                members.SkipOfBody(name);
            }
        }

        long time = members.LatestTime;
        EventOutcome outcome = envelope.Finish(!commandName.IsEmpty && !sessionId.IsEmpty);
        if (outcome == EventOutcome.Used)
        {
            handler.CommandExecuted(new CommandEvent
            {
                SessionId = sessionId,
                MessageId = messageId,
                Name = commandName,
                Arguments = arguments,
                EventTime = time,
            });
        }

        return outcome;
    }
}
