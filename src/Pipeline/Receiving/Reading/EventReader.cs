using System.Text.Unicode;

namespace OpencodeOtel.Pipeline.Receiving.Reading;

/// <summary>Reads one event at a time and hands on those that carry telemetry, each once.</summary>
/// <remarks>
/// Never throws on any input; what a handler throws passes through. Of an event whose type, or kind of part, carries no
/// telemetry, what follows the type is not looked at. In one that is used, the last of equal members counts.
/// </remarks>
internal sealed class EventReader
{
    private readonly IEventHandler _handler;
    private readonly ScratchBuffer _scratch = new();
    private readonly DuplicateFilter _seen = new();
    private readonly NextReader _next;
    private readonly RunReader _run;

    /// <param name="handler">Takes the events.</param>
    public EventReader(IEventHandler handler)
    {
        _handler = handler;
        _next = new NextReader(handler, _scratch);
        _run = new RunReader(handler, _scratch);
    }

    /// <summary>Gets how often something that a later event needs was not remembered, because a bound was hit.</summary>
    public long Forgotten => _next.Forgotten + _run.Forgotten;

    /// <summary>Gets how many events were dropped before they came here, by those who should have sent them.</summary>
    public long Lost { get; private set; }

    /// <summary>Takes the end of the stream, which is the idle of sessions whose shape has none of its own.</summary>
    public void Complete() => _run.Complete();

    /// <summary>Reads an event and calls the handler for it, if it is to be used.</summary>
    /// <param name="text">The whole event.</param>
    /// <param name="type">The type of the event, as far as it is known.</param>
    public EventOutcome Read(ReadOnlySpan<byte> text, out EventType type)
    {
        type = EventType.Other;
        if (!Utf8.IsValid(text))
        {
            return EventOutcome.BadUtf8;
        }

        _scratch.Reset();
        if (!TryRead(text, readsInPassing: true, out type, out EventOutcome outcome))
        {
            _scratch.Reset();
            TryRead(text, readsInPassing: false, out type, out outcome);
        }

        return outcome;
    }

    private bool TryRead(ReadOnlySpan<byte> text, bool readsInPassing, out EventType type, out EventOutcome outcome)
    {
        Envelope envelope = new(text, _scratch, _seen, readsInPassing);
        outcome = envelope.ReadToBody();
        if (outcome == EventOutcome.Used)
        {
            outcome = EventTypes.IsRunLine(envelope.Type) ? _run.Read(text, envelope.Type) : ReadBody(ref envelope);
        }

        if (envelope.Members.HasFailed)
        {
            outcome = envelope.Members.IsTooDeep ? EventOutcome.TooDeep : EventOutcome.BadJson;
        }

        Lost += envelope.Lost;
        type = envelope.Type;
        return !envelope.MustReadAgain;
    }

    private EventOutcome ReadBody(ref Envelope envelope) => envelope.Type switch
    {
        EventType.PartUpdated => PartReader.Read(ref envelope, _handler),
        EventType.MessageUpdated or EventType.MessageRemoved => MessageReader.Read(ref envelope, _handler),
        EventType.SessionIdle or EventType.SessionStatus or EventType.SessionError or EventType.SessionDiff =>
            SessionStateReader.Read(ref envelope, _handler),
        EventType.PermissionAsked => PermissionReader.ReadAsked(ref envelope, _handler),
        EventType.PermissionReplied => PermissionReader.ReadReplied(ref envelope, _handler),
        EventType.CommandExecuted => CommandReader.Read(ref envelope, _handler),
        var type when EventTypes.IsNext(type) => _next.Read(ref envelope),
        _ => SessionReader.Read(ref envelope, _handler),
    };
}
