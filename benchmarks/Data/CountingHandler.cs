using OpencodeOtel.Pipeline.Receiving;
using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Benchmarks.Data;

/// <summary>Takes events and only counts them: what is measured with it is the receiving stage alone.</summary>
internal sealed class CountingHandler : IEventHandler
{
    /// <summary>Gets the number of events.</summary>
    public int Count { get; private set; }

    /// <inheritdoc/>
    public void SessionCreated(in SessionEvent session) => Count++;

    /// <inheritdoc/>
    public void SessionUpdated(in SessionEvent session) => Count++;

    /// <inheritdoc/>
    public void SessionDeleted(in SessionEvent session) => Count++;

    /// <inheritdoc/>
    public void SessionIdle(in SessionIdleEvent idle) => Count++;

    /// <inheritdoc/>
    public void SessionStatus(in SessionStatusEvent status) => Count++;

    /// <inheritdoc/>
    public void SessionError(in SessionErrorEvent error) => Count++;

    /// <inheritdoc/>
    public void SessionDiff(in SessionDiffEvent diff) => Count++;

    /// <inheritdoc/>
    public void MessageUpdated(in MessageEvent message) => Count++;

    /// <inheritdoc/>
    public void MessageRemoved(in MessageRemovedEvent removed) => Count++;

    /// <inheritdoc/>
    public void PartUpdated(in PartEvent part) => Count++;

    /// <inheritdoc/>
    public void PermissionAsked(in PermissionAskedEvent permission) => Count++;

    /// <inheritdoc/>
    public void PermissionReplied(in PermissionRepliedEvent reply) => Count++;

    /// <inheritdoc/>
    public void CommandExecuted(in CommandEvent command) => Count++;
}
