using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Receiving.Reading;

/// <summary>Reads <c>permission.asked</c>, the older <c>permission.updated</c>, and <c>permission.replied</c> of both generations.</summary>
internal static class PermissionReader
{
    /// <summary>Reads the body and the rest of the event, and hands it on if it is to be used.</summary>
    public static EventOutcome ReadAsked(ref Envelope envelope, IEventHandler handler)
    {
        ref MemberReader members = ref envelope.Members;
        ReadOnlySpan<byte> id = default;
        ReadOnlySpan<byte> sessionId = default;
        ReadOnlySpan<byte> permission = default;
        ReadOnlySpan<byte> olderType = default;
        ReadOnlySpan<byte> title = default;
        ReadOnlySpan<byte> callId = default;
        while (members.Next(out ReadOnlySpan<byte> name))
        {
            if (name.SequenceEqual("id"u8))
            {
                id = members.RequiredString();
            }
            else if (name.SequenceEqual("sessionID"u8))
            {
                sessionId = members.RequiredString();
            }
            else if (name.SequenceEqual("permission"u8))
            {
                permission = members.RequiredString();
            }
            else if (name.SequenceEqual("type"u8))
            {
                olderType = members.RequiredString();
            }
            else if (name.SequenceEqual("title"u8))
            {
                title = members.String();
            }
            else if (name.SequenceEqual("callID"u8))
            {
                callId = members.String();
            }
            else if (name.SequenceEqual("tool"u8))
            {
                callId = ReadCallId(ref members);
            }
            else
            {
                members.SkipOfBody(name);
            }
        }

        long time = members.LatestTime;
        EventOutcome outcome = envelope.Finish(!id.IsEmpty && !sessionId.IsEmpty);
        if (outcome == EventOutcome.Used)
        {
            handler.PermissionAsked(new PermissionAskedEvent
            {
                RequestId = id,
                SessionId = sessionId,
                Permission = permission.IsEmpty ? olderType : permission,
                Title = title,
                CallId = callId,
                EventTime = time,
            });
        }

        return outcome;
    }

    /// <summary>Reads the body and the rest of the event, and hands it on if it is to be used.</summary>
    public static EventOutcome ReadReplied(ref Envelope envelope, IEventHandler handler)
    {
        ref MemberReader members = ref envelope.Members;
        ReadOnlySpan<byte> id = default;
        ReadOnlySpan<byte> sessionId = default;
        ReadOnlySpan<byte> reply = default;
        while (members.Next(out ReadOnlySpan<byte> name))
        {
            if (name.SequenceEqual("requestID"u8) || name.SequenceEqual("permissionID"u8))
            {
                id = members.RequiredString();
            }
            else if (name.SequenceEqual("sessionID"u8))
            {
                sessionId = members.RequiredString();
            }
            else if (name.SequenceEqual("reply"u8) || name.SequenceEqual("response"u8))
            {
                reply = members.RequiredString();
            }
            else
            {
                members.SkipOfBody(name);
            }
        }

        long time = members.LatestTime;
        EventOutcome outcome = envelope.Finish(!id.IsEmpty && !sessionId.IsEmpty && !reply.IsEmpty);
        if (outcome == EventOutcome.Used)
        {
            handler.PermissionReplied(new PermissionRepliedEvent { RequestId = id, SessionId = sessionId, Reply = reply, EventTime = time });
        }

        return outcome;
    }

    private static ReadOnlySpan<byte> ReadCallId(scoped ref MemberReader members)
    {
        ReadOnlySpan<byte> callId = default;
        if (members.TryEnterObject())
        {
            while (members.Next(out ReadOnlySpan<byte> name))
            {
                if (name.SequenceEqual("callID"u8))
                {
                    callId = members.String();
                }
                else
                {
                    members.Skip();
                }
            }
        }

        return callId;
    }
}
