using OpencodeOtel.Pipeline.Receiving;
using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Tests.Receiving;

/// <summary>A handler with a fault.</summary>
internal sealed class ThrowingHandler : IEventHandler
{
    public void SessionCreated(in SessionEvent session) => throw new InvalidOperationException();

    public void SessionUpdated(in SessionEvent session) => throw new InvalidOperationException();

    public void SessionDeleted(in SessionEvent session) => throw new InvalidOperationException();

    public void SessionIdle(in SessionIdleEvent idle) => throw new InvalidOperationException();

    public void SessionStatus(in SessionStatusEvent status) => throw new InvalidOperationException();

    public void SessionError(in SessionErrorEvent error) => throw new InvalidOperationException();

    public void SessionDiff(in SessionDiffEvent diff) => throw new InvalidOperationException();

    public void MessageUpdated(in MessageEvent message) => throw new InvalidOperationException();

    public void MessageRemoved(in MessageRemovedEvent removed) => throw new InvalidOperationException();

    public void PartUpdated(in PartEvent part) => throw new InvalidOperationException();

    public void PermissionAsked(in PermissionAskedEvent permission) => throw new InvalidOperationException();

    public void PermissionReplied(in PermissionRepliedEvent reply) => throw new InvalidOperationException();

    public void CommandExecuted(in CommandEvent command) => throw new InvalidOperationException();
}
