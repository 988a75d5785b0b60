namespace OpencodeOtel.Pipeline.Receiving.Reading;

/// <summary>The names of the event types.</summary>
internal static class EventTypes
{
    /// <summary>Gets the number of members of <see cref="EventType"/>.</summary>
    public const int Count = (int)EventType.RunError + 1;

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
            : FindOfRun(name);
    }

    /// <summary>Whether a type is one of the second interface.</summary>
    public static bool IsNext(EventType type) => type is >= EventType.NextPrompted and <= EventType.NextExecutionInterrupted;

    /// <summary>Whether a type is one of the run format, whose lines have no body apart from themselves.</summary>
    public static bool IsRunLine(EventType type) => type >= EventType.RunStepStart;

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
        EventType.NextPrompted => "session.next.prompted",
        EventType.NextStepStarted => "session.next.step.started",
        EventType.NextStepEnded => "session.next.step.ended",
        EventType.NextStepFailed => "session.next.step.failed",
        EventType.NextToolNamed => "session.next.tool.input.started",
        EventType.NextToolCalled => "session.next.tool.called",
        EventType.NextToolSuccess => "session.next.tool.success",
        EventType.NextToolFailed => "session.next.tool.failed",
        EventType.NextTextEnded => "session.next.text.ended",
        EventType.NextRetried => "session.next.retried",
        EventType.NextShellStarted => "session.next.shell.started",
        EventType.NextShellEnded => "session.next.shell.ended",
        EventType.NextExecutionSucceeded => "session.next.execution.succeeded",
        EventType.NextExecutionFailed => "session.next.execution.failed",
        EventType.NextExecutionInterrupted => "session.next.execution.interrupted",
        EventType.RunStepStart => "step_start",
        EventType.RunStepFinish => "step_finish",
        EventType.RunText => "text",
        EventType.RunToolUse => "tool_use",
        EventType.RunError => "error",
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
        : FindOfNext(name.StartsWith("next."u8) ? name["next.".Length..] : name);

    // Later versions leave `next.` out.
    private static EventType FindOfNext(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("step.started"u8) ? EventType.NextStepStarted
        : name.SequenceEqual("step.ended"u8) ? EventType.NextStepEnded
        : name.SequenceEqual("step.failed"u8) ? EventType.NextStepFailed
        : name.SequenceEqual("tool.input.started"u8) ? EventType.NextToolNamed
        : name.SequenceEqual("tool.called"u8) ? EventType.NextToolCalled
        : name.SequenceEqual("tool.success"u8) ? EventType.NextToolSuccess
        : name.SequenceEqual("tool.failed"u8) ? EventType.NextToolFailed
        : name.SequenceEqual("text.ended"u8) ? EventType.NextTextEnded
        : name.SequenceEqual("prompted"u8) ? EventType.NextPrompted
        : name.SequenceEqual("retried"u8) || name.SequenceEqual("retry.scheduled"u8) ? EventType.NextRetried
        : name.SequenceEqual("shell.started"u8) ? EventType.NextShellStarted
        : name.SequenceEqual("shell.ended"u8) ? EventType.NextShellEnded
        : name.SequenceEqual("execution.succeeded"u8) ? EventType.NextExecutionSucceeded
        : name.SequenceEqual("execution.failed"u8) ? EventType.NextExecutionFailed
        : name.SequenceEqual("execution.interrupted"u8) ? EventType.NextExecutionInterrupted
        : EventType.Other;

    private static EventType FindOfRun(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("step_start"u8) ? EventType.RunStepStart
        : name.SequenceEqual("step_finish"u8) ? EventType.RunStepFinish
        : name.SequenceEqual("text"u8) ? EventType.RunText
        : name.SequenceEqual("tool_use"u8) ? EventType.RunToolUse
        : name.SequenceEqual("error"u8) ? EventType.RunError
        : EventType.Other;
}
