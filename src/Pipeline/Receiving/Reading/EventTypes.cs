namespace OpencodeOtel.Pipeline.Receiving.Reading;

/// <summary>The names of the event types.</summary>
internal static class EventTypes
{
    /// <summary>Gets the number of members of <see cref="EventType"/>.</summary>
    public const int Count = (int)EventType.CommandExecuted + 1;

    /// <summary>Finds the type that a name stands for.</summary>
    public static EventType Find(ReadOnlySpan<byte> name)
    {
        // The most frequent ones of a live stream first.
        if (name.SequenceEqual("message.part.updated"u8))
        {
            return EventType.PartUpdated;
        }

        if (name.SequenceEqual("message.updated"u8))
        {
            return EventType.MessageUpdated;
        }

        if (name.StartsWith("session."u8))
        {
            return FindOfSession(name["session.".Length..]);
        }

        return name.SequenceEqual("message.removed"u8) ? EventType.MessageRemoved
            : name.SequenceEqual("permission.asked"u8) || name.SequenceEqual("permission.updated"u8) ? EventType.PermissionAsked
            : name.SequenceEqual("permission.replied"u8) ? EventType.PermissionReplied
            : name.SequenceEqual("command.executed"u8) ? EventType.CommandExecuted
            : EventType.Other;
    }

    /// <summary>Gets the name that a report gives a type.</summary>
    public static string NameOf(EventType type) => type switch
    {
        EventType.SessionCreated => "session.created",
        EventType.SessionUpdated => "session.updated",
        EventType.SessionDeleted => "session.deleted",
        EventType.SessionIdle => "session.idle",
        EventType.SessionStatus => "session.status",
        EventType.SessionError => "session.error",
        EventType.SessionDiff => "session.diff",
        EventType.MessageUpdated => "message.updated",
        EventType.MessageRemoved => "message.removed",
        EventType.PartUpdated => "message.part.updated",
        EventType.PermissionAsked => "permission.asked",
        EventType.PermissionReplied => "permission.replied",
        EventType.CommandExecuted => "command.executed",
        _ => "other",
    };

    private static EventType FindOfSession(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("status"u8) ? EventType.SessionStatus
        : name.SequenceEqual("updated"u8) ? EventType.SessionUpdated
        : name.SequenceEqual("diff"u8) ? EventType.SessionDiff
        : name.SequenceEqual("idle"u8) ? EventType.SessionIdle
        : name.SequenceEqual("created"u8) ? EventType.SessionCreated
        : name.SequenceEqual("error"u8) ? EventType.SessionError
        : name.SequenceEqual("deleted"u8) ? EventType.SessionDeleted
        : EventType.Other;
}
