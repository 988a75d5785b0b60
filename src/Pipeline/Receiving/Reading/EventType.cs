namespace OpencodeOtel.Pipeline.Receiving.Reading;

/// <summary>The types of event that are read; all others are dropped.</summary>
internal enum EventType
{
    /// <summary>Any other.</summary>
    Other,

    /// <summary><c>session.created</c>.</summary>
    SessionCreated,

    /// <summary><c>session.updated</c>.</summary>
    SessionUpdated,

    /// <summary><c>session.deleted</c>.</summary>
    SessionDeleted,

    /// <summary><c>session.idle</c>.</summary>
    SessionIdle,

    /// <summary><c>session.status</c>.</summary>
    SessionStatus,

    /// <summary><c>session.error</c>.</summary>
    SessionError,

    /// <summary><c>session.diff</c>.</summary>
    SessionDiff,

    /// <summary><c>message.updated</c>.</summary>
    MessageUpdated,

    /// <summary><c>message.removed</c>.</summary>
    MessageRemoved,

    /// <summary><c>message.part.updated</c>.</summary>
    PartUpdated,

    /// <summary><c>permission.asked</c>, and <c>permission.updated</c> of older versions.</summary>
    PermissionAsked,

    /// <summary><c>permission.replied</c>.</summary>
    PermissionReplied,

    /// <summary><c>command.executed</c>.</summary>
    CommandExecuted,
}
