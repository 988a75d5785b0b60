namespace OpencodeOtel.Pipeline.Receiving.Framing;

/// <summary>Cuts a stream, given in pieces of any size, into the texts of its events.</summary>
/// <remarks>
/// <para>
/// Knows server-sent events and one JSON object a line, told apart line by line, so that a stream may mix them. A line that
/// begins with a brace is an event; <c>data</c> lines add up to one until an empty line, an object or the end. Lines end with CR,
/// LF or both. An event of one line is handed on in place; only what a piece leaves unfinished is copied.
/// </para>
/// <para>
/// Lines that are neither are rejected as <see cref="EventOutcome.BadJson"/>, with one exception: the standard says that fields
/// with unknown names are ignored. A line is taken for one if it has a name of letters, digits, <c>-</c> and <c>_</c> before a
/// colon, and the stream has shown a field of the standard before: so <c>Error: no space left</c> among plain objects is not
/// passed over in silence.
/// </para>
/// <para>
/// Memory: a line and an event in the making, each at most the limit. What is longer is passed over to its end and rejected as
/// <see cref="EventOutcome.TooLong"/>; if it is a <c>data</c> line, with the whole event that it belongs to.
/// </para>
/// </remarks>
internal sealed class FrameReader
{
    private const byte LineFeed = (byte)'\n';
    private const byte CarriageReturn = (byte)'\r';

    private readonly IFrameSink _sink;
    private readonly int _limit;
    private readonly LineBuffer _line;
    private readonly LineBuffer _event;
    private long _lineNumber = 1;
    private long _eventLine;
    private bool _isInEvent;
    private bool _isEventTooLong;
    private bool _isLineTooLong;
    private bool _isAfterCarriageReturn;
    private bool _isEventStream;

    /// <param name="sink">Takes the events.</param>
    /// <param name="limit">The longest line or event, in bytes.</param>
    public FrameReader(IFrameSink sink, int limit)
    {
        _sink = sink;
        _limit = limit;
        _line = new LineBuffer(limit);
        _event = new LineBuffer(limit);
    }

    /// <summary>Gets how many bytes are kept for what is unfinished, and for reuse.</summary>
    public int BufferedCapacity => _line.Capacity + _event.Capacity;

    /// <summary>Takes the next piece of the stream, and hands on every event that it completes.</summary>
    public void Push(ReadOnlySpan<byte> bytes)
    {
        if (_isAfterCarriageReturn && !bytes.IsEmpty)
        {
            bytes = bytes[(bytes[0] == LineFeed ? 1 : 0)..];
            _isAfterCarriageReturn = false;
        }

        while (!bytes.IsEmpty)
        {
            int length = bytes.IndexOfAny(LineFeed, CarriageReturn);
            if (length < 0)
            {
                Keep(bytes);
                return;
            }

            int next = length + 1;
            if (bytes[length] == CarriageReturn)
            {
                _isAfterCarriageReturn = next == bytes.Length;
                next += !_isAfterCarriageReturn && bytes[next] == LineFeed ? 1 : 0;
            }

            ReadOnlySpan<byte> rest = bytes[next..];
            EndLine(bytes[..length], isBeforeEmptyLine: rest is [LineFeed or CarriageReturn, ..]);
            bytes = rest;
        }
    }

    /// <summary>Takes the end of the stream as the end of the last line and of the last event.</summary>
    /// <remarks>Another stream may follow, as after a reconnect; line numbers go on.</remarks>
    public void Complete()
    {
        if (_line.Length > 0 || _isLineTooLong)
        {
            EndLine([], isBeforeEmptyLine: true);
        }

        EndEvent();
        _isAfterCarriageReturn = false;
        _isEventStream = false;
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (_isLineTooLong)
        {
            return;
        }

        if (_line.HasRoomFor(bytes.Length))
        {
            _line.Append(bytes);
            return;
        }

        // What it is shows at its start, of which a short piece may have come before.
        int start = Math.Min(StreamLine.TellingLength, _limit);
        _line.Append(bytes[..Math.Max(0, start - _line.Length)]);
        RejectLine(_line.Written[..start]);
        _line.Clear();
        _isLineTooLong = true;
    }

    private void EndLine(ReadOnlySpan<byte> last, bool isBeforeEmptyLine)
    {
        if (_line.Length == 0 && !_isLineTooLong && last.Length <= _limit)
        {
            TakeLine(last, isBeforeEmptyLine);
        }
        else
        {
            Keep(last);
            if (!_isLineTooLong)
            {
                TakeLine(_line.Written, isBeforeEmptyLine);
                _line.Clear();
            }

            _isLineTooLong = false;
        }

        _lineNumber++;
    }

    private void TakeLine(ReadOnlySpan<byte> line, bool isBeforeEmptyLine)
    {
        LineKind kind = StreamLine.Classify(line, out ReadOnlySpan<byte> text);
        switch (kind)
        {
            case LineKind.Data:
                _isEventStream = true;
                TakeData(text, isBeforeEmptyLine);
                break;
            case LineKind.Object:
                EndEvent();
                _sink.Take(text, _lineNumber);
                break;
            case LineKind.Empty:
                EndEvent();
                break;
            case LineKind.Ignored:
                _isEventStream = true;
                break;
            case LineKind.Garbage:
            case LineKind.UnknownField when !_isEventStream:
                _sink.Reject(EventOutcome.BadJson, _lineNumber);
                break;
        }
    }

    private void TakeData(ReadOnlySpan<byte> text, bool isBeforeEmptyLine)
    {
        if (_isEventTooLong)
        {
            return;
        }

        if (!_isInEvent)
        {
            _isInEvent = true;
            _eventLine = _lineNumber;
            if (isBeforeEmptyLine)
            {
                // The ordinary case: the whole event, where it stands.
                HandOnEvent(text);
                return;
            }
        }
        else if (_event.HasRoomFor(text.Length + 1))
        {
            _event.Append("\n"u8);
        }
        else
        {
            RejectEvent(_eventLine);
            return;
        }

        _event.Append(text);
    }

    private void EndEvent()
    {
        if (_isInEvent)
        {
            HandOnEvent(_event.Written);
            _event.Clear();
        }

        _isEventTooLong = false;
    }

    private void HandOnEvent(ReadOnlySpan<byte> text)
    {
        _isInEvent = false;
        if (text.ContainsAnyExcept(" \t\n"u8))
        {
            _sink.Take(text, _eventLine);
        }
    }

    private void RejectLine(ReadOnlySpan<byte> start)
    {
        LineKind kind = StreamLine.Classify(start, out _);
        if (kind == LineKind.Data)
        {
            _isEventStream = true;
            if (!_isEventTooLong)
            {
                RejectEvent(_isInEvent ? _eventLine : _lineNumber);
            }

            return;
        }

        if (kind == LineKind.Object)
        {
            EndEvent();
        }

        _sink.Reject(EventOutcome.TooLong, _lineNumber);
    }

    private void RejectEvent(long line)
    {
        _isInEvent = false;
        _isEventTooLong = true;
        _event.Clear();
        _sink.Reject(EventOutcome.TooLong, line);
    }
}
