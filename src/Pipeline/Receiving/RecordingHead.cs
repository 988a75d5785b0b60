using OpencodeOtel.Pipeline.Receiving.Events;
using OpencodeOtel.Pipeline.Receiving.Reading;

namespace OpencodeOtel.Pipeline.Receiving;

/// <summary>The beginning of a recording, whose clock is its own: events that carry no time wait for the first one that does.</summary>
/// <remarks>
/// Else a recording that begins with an error, say, would begin at the time of whoever replays it. An event is read once more only to
/// learn its time, and only until the first is known.
/// </remarks>
internal sealed class RecordingHead : IEventHandler
{
    /// <summary>How many bytes of events wait at most.</summary>
    public const int MostBytes = 1024 * 1024;

    private readonly EventReader _events;
    private readonly List<(byte[] Text, long Line)> _held = [];
    private int _bytes;

    /// <summary>Makes one that holds nothing.</summary>
    public RecordingHead() => _events = new EventReader(this);

    /// <summary>Gets the first time, in Unix milliseconds; 0 while none was seen.</summary>
    public long Time { get; private set; }

    /// <summary>Gets a value indicating whether more would have to wait than may.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Gets the events that wait, with their lines.</summary>
    public IReadOnlyList<(byte[] Text, long Line)> Held => _held;

    /// <summary>Holds an event back, if it would be used and neither it nor one before has a time.</summary>
    /// <returns><see langword="false"/> when the event is to be read now, after those that wait if there is a time.</returns>
    public bool TryHold(ReadOnlySpan<byte> text, long line)
    {
        EventOutcome outcome = _events.Read(text, out _);
        if (Time > 0 || outcome is not (EventOutcome.Used or EventOutcome.Duplicate))
        {
            return false;
        }

        IsFull = text.Length > MostBytes - _bytes;
        if (!IsFull)
        {
            _bytes += text.Length;
            _held.Add((text.ToArray(), line));
        }

        return !IsFull;
    }

    void IEventHandler.SessionCreated(in SessionEvent session) => See(session.EventTime);

    void IEventHandler.SessionUpdated(in SessionEvent session) => See(session.EventTime);

    void IEventHandler.SessionDeleted(in SessionEvent session) => See(session.EventTime);

    void IEventHandler.SessionIdle(in SessionIdleEvent idle) => See(idle.EventTime);

    void IEventHandler.SessionStatus(in SessionStatusEvent status) => See(status.EventTime);

    void IEventHandler.SessionError(in SessionErrorEvent error) => See(error.EventTime);

    void IEventHandler.SessionDiff(in SessionDiffEvent diff) => See(diff.EventTime);

    void IEventHandler.MessageUpdated(in MessageEvent message) => See(message.EventTime);

    void IEventHandler.MessageRemoved(in MessageRemovedEvent removed) => See(removed.EventTime);

    void IEventHandler.PartUpdated(in PartEvent part) => See(part.EventTime);

    void IEventHandler.PermissionAsked(in PermissionAskedEvent permission) => See(permission.EventTime);

    void IEventHandler.PermissionReplied(in PermissionRepliedEvent reply) => See(reply.EventTime);

    void IEventHandler.CommandExecuted(in CommandEvent command) => See(command.EventTime);

    private void See(long time) => Time = Time > 0 ? Time : time;
}
