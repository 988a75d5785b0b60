using OpencodeOtel.Pipeline.Receiving;
using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Tests.Receiving;

/// <summary>Counts the calls and does nothing else.</summary>
internal sealed class CountingHandler : IEventHandler
{
    public long Calls { get; private set; }

    public void SessionCreated(in SessionEvent session) => Calls++;

    public void SessionUpdated(in SessionEvent session) => Calls++;

    public void SessionDeleted(in SessionEvent session) => Calls++;

    public void SessionIdle(in SessionIdleEvent idle) => Calls++;

    public void SessionStatus(in SessionStatusEvent status) => Calls++;

    public void SessionError(in SessionErrorEvent error) => Calls++;

    public void SessionDiff(in SessionDiffEvent diff) => Calls++;

    public void MessageUpdated(in MessageEvent message) => Calls++;

    public void MessageRemoved(in MessageRemovedEvent removed) => Calls++;

    public void PartUpdated(in PartEvent part) => Calls++;

    public void PermissionAsked(in PermissionAskedEvent permission) => Calls++;

    public void PermissionReplied(in PermissionRepliedEvent reply) => Calls++;

    public void CommandExecuted(in CommandEvent command) => Calls++;
}
