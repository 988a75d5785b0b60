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

    /// <summary><c>prompted</c> of the second interface: <c>session.next.prompted</c>, later <c>session.prompted</c>; so are the names of all that follow up to <see cref="NextExecutionInterrupted"/>.</summary>
    NextPrompted,

    /// <summary><c>step.started</c>.</summary>
    NextStepStarted,

    /// <summary><c>step.ended</c>.</summary>
    NextStepEnded,

    /// <summary><c>step.failed</c>.</summary>
    NextStepFailed,

    /// <summary><c>tool.input.started</c>.</summary>
    NextToolNamed,

    /// <summary><c>tool.called</c>.</summary>
    NextToolCalled,

    /// <summary><c>tool.success</c>.</summary>
    NextToolSuccess,

    /// <summary><c>tool.failed</c>.</summary>
    NextToolFailed,

    /// <summary><c>text.ended</c>.</summary>
    NextTextEnded,

    /// <summary><c>retried</c>, later <c>retry.scheduled</c>.</summary>
    NextRetried,

    /// <summary><c>shell.started</c>.</summary>
    NextShellStarted,

    /// <summary><c>shell.ended</c>.</summary>
    NextShellEnded,

    /// <summary><c>execution.succeeded</c>.</summary>
    NextExecutionSucceeded,

    /// <summary><c>execution.failed</c>.</summary>
    NextExecutionFailed,

    /// <summary><c>execution.interrupted</c>.</summary>
    NextExecutionInterrupted,

    /// <summary><c>step_start</c> of the run format; so are the names of all that follow.</summary>
    RunStepStart,

    /// <summary><c>step_finish</c>.</summary>
    RunStepFinish,

    /// <summary><c>text</c>.</summary>
    RunText,

    /// <summary><c>tool_use</c>.</summary>
    RunToolUse,

    /// <summary><c>error</c>.</summary>
    RunError,
}
