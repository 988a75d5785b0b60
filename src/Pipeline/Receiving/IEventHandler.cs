using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Receiving;

/// <summary>Takes the events of a stream, one at a time, whatever shape they came in. Views are valid only during the call.</summary>
internal interface IEventHandler
{
    /// <summary><c>session.created</c>.</summary>
    void SessionCreated(in SessionEvent session);

    /// <summary><c>session.updated</c>.</summary>
    void SessionUpdated(in SessionEvent session);

    /// <summary><c>session.deleted</c>.</summary>
    void SessionDeleted(in SessionEvent session);

    /// <summary><c>session.idle</c>: a run is over, unless something of it is still open.</summary>
    void SessionIdle(in SessionIdleEvent idle);

    /// <summary><c>session.status</c>.</summary>
    void SessionStatus(in SessionStatusEvent status);

    /// <summary><c>session.error</c>.</summary>
    void SessionError(in SessionErrorEvent error);

    /// <summary><c>session.diff</c>.</summary>
    void SessionDiff(in SessionDiffEvent diff);

    /// <summary><c>message.updated</c>.</summary>
    void MessageUpdated(in MessageEvent message);

    /// <summary><c>message.removed</c>.</summary>
    void MessageRemoved(in MessageRemovedEvent removed);

    /// <summary><c>message.part.updated</c>, for the types of part that carry telemetry.</summary>
    void PartUpdated(in PartEvent part);

    /// <summary><c>permission.asked</c>, or the older <c>permission.updated</c>.</summary>
    void PermissionAsked(in PermissionAskedEvent permission);

    /// <summary><c>permission.replied</c>, of either generation.</summary>
    void PermissionReplied(in PermissionRepliedEvent reply);

    /// <summary><c>command.executed</c>.</summary>
    void CommandExecuted(in CommandEvent command);
}
