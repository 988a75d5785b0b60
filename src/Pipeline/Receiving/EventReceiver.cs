using OpencodeOtel.Pipeline.Receiving.Framing;
using OpencodeOtel.Pipeline.Receiving.Reading;

namespace OpencodeOtel.Pipeline.Receiving;

/// <summary>The receiving stage: bytes of a stream in, events out, all else counted by cause.</summary>
/// <remarks>
/// Belongs to one thread, on which the handler is called, during <see cref="Push"/> and <see cref="Complete"/>. Never throws on
/// any input, and allocates nothing for an event; what the handler throws passes through.
/// </remarks>
internal sealed class EventReceiver : IFrameSink
{
    private readonly FrameReader _frames;
    private readonly int _lineLimitBytes;
    private readonly EventReader _events;
    private readonly Action<EventOutcome, long>? _firstBad;
    private readonly Action<long>? _begin;
    private RecordingHead? _head;

    /// <param name="handler">Takes the events.</param>
    /// <param name="lineLimitBytes">The longest line or event.</param>
    /// <param name="firstBad">Is told of the first line that is bad in each way, with its number from 1.</param>
    /// <param name="begin">
    /// For a recording: is told the first time in it, in Unix milliseconds, before the first event is handed on; 0 if there is none.
    /// </param>
    public EventReceiver(IEventHandler handler, int lineLimitBytes, Action<EventOutcome, long>? firstBad = null, Action<long>? begin = null)
    {
        _lineLimitBytes = lineLimitBytes;
        _frames = OpenFrames();
        _events = new EventReader(handler);
        _firstBad = firstBad;
        _begin = begin;
        _head = begin is null ? null : new RecordingHead();
    }

    /// <summary>Gets what became of the input so far.</summary>
    public InputCounts Counts { get; } = new();

    /// <summary>Gets how often something that a later event needs was not remembered, because a bound was hit.</summary>
    public long Forgotten => _events.Forgotten;

    /// <summary>Gets a value indicating whether no event of a recording has told a time yet: those that would be used wait for it.</summary>
    public bool WaitsForTime => _head is not null;

    /// <summary>Gets how many beginnings of recordings without a time were too long to wait for one.</summary>
    public long HeadsGivenUp { get; private set; }

    /// <summary>Gets how many events were dropped before they came here, by those who should have sent them.</summary>
    public long Lost => _events.Lost;

    /// <summary>Makes a reader for another stream that comes at the same time: it cuts its own bytes, all else is shared.</summary>
    public FrameReader OpenFrames() => new(this, _lineLimitBytes);

    /// <summary>Takes the next bytes of the stream, cut anywhere; the caller may reuse their buffer afterwards.</summary>
    public void Push(ReadOnlySpan<byte> bytes) => _frames.Push(bytes);

    /// <summary>Takes the end of the stream, where the last event need not be ended. Another stream may follow; events seen before are still known.</summary>
    public void Complete()
    {
        _frames.Complete();
        if (_head is { Held.Count: > 0 } head)
        {
            EndHead(head);
        }

        _events.Complete();
    }

    void IFrameSink.Take(ReadOnlySpan<byte> text, long line)
    {
        if (_head is { } head)
        {
            if (head.TryHold(text, line))
            {
                return;
            }

            HeadsGivenUp += head.IsFull ? 1 : 0;
            if (head.Time > 0 || head.IsFull)
            {
                EndHead(head);
            }
        }

        Read(text, line);
    }

    void IFrameSink.Reject(EventOutcome cause, long line) => Count(cause, EventType.Other, line);

    private void EndHead(RecordingHead head)
    {
        _head = null;
        _begin?.Invoke(head.Time);
        foreach ((byte[] text, long line) in head.Held)
        {
            Read(text, line);
        }
    }

    private void Read(ReadOnlySpan<byte> text, long line) => Count(_events.Read(text, out EventType type), type, line);

    private void Count(EventOutcome outcome, EventType type, long line)
    {
        if (Counts.Add(outcome, type, line) && InputCounts.IsBad(outcome))
        {
            _firstBad?.Invoke(outcome, line);
        }
    }
}
