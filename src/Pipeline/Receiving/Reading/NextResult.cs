using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Receiving.Reading;

/// <summary>What a tool of the second interface gave back, while it is read: <c>content</c>, <c>structured</c>, of a shell <c>output</c>.</summary>
internal ref struct NextResult
{
    public LineCounts Lines;
    private readonly KeptBytes _texts;
    private JsonText _text;
    private JsonText _output;
    private JsonText _structured;
    private long _exit;
    private bool _isExitUnknown;

    /// <param name="texts">Room for the texts of <c>content</c>, joined; good until the next event.</param>
    public NextResult(KeptBytes texts) => _texts = texts;

    /// <summary>Gets the output: the texts of <c>content</c>, one a line; the last may be a note for the model, such as the exit code.</summary>
    public readonly JsonText Output => _text.IsPresent ? _text : _output.IsPresent ? _output : _structured;

    /// <summary>Gets the exit code: 0 when there is none, <see langword="null"/> when there is one that is no integer.</summary>
    public readonly long? Exit => _isExitUnknown ? null : _exit;

    /// <summary>Takes the current value if <paramref name="name"/> is one of the members of a result.</summary>
    public bool TryRead(ref MemberReader members, ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("content"u8))
        {
            ReadContent(ref members);
        }
        else if (name.SequenceEqual("structured"u8))
        {
            ReadStructured(ref members);
        }
        else if (name.SequenceEqual("output"u8))
        {
            _output = members.Text();
        }
        else if (name.SequenceEqual("exit"u8))
        {
            ReadExit(ref members);
        }
        else
        {
            return false;
        }

        return true;
    }

    private void ReadContent(ref MemberReader members)
    {
        _text = default;
        if (!members.TryEnterList())
        {
            return;
        }

        _texts.Clear();
        while (members.NextElement())
        {
            members.Whole("text"u8, out JsonText text);
            if (!_text.IsPresent)
            {
                _text = text;
            }
            else if (text.IsPresent)
            {
                Join(text);
            }
        }
    }

    // Bytes that JSON would have as an escape are good all the same in what is not read as JSON again.
    private void Join(JsonText text)
    {
        if (_texts.Span.IsEmpty)
        {
            _texts.Append(_text.Raw);
        }

        _texts.Append("\n"u8);
        _texts.Append(text.Raw);
        _text = new JsonText(_texts.Span, _text.IsEscaped || text.IsEscaped, isPresent: true);
    }

    private void ReadStructured(ref MemberReader members)
    {
        if (!members.TryEnterObject())
        {
            return;
        }

        while (members.Next(out ReadOnlySpan<byte> name))
        {
            if (name.SequenceEqual("exit"u8))
            {
                ReadExit(ref members);
            }
            else if (name.SequenceEqual("filediff"u8))
            {
                Lines = LineCountsReader.ReadFile(ref members);
            }
            else if (name.SequenceEqual("content"u8) || name.SequenceEqual("output"u8))
            {
                _structured = members.Text();
            }
            else
            {
                members.Skip();
            }
        }
    }

    private void ReadExit(ref MemberReader members)
    {
        long? exit = members.Integer();
        _exit = exit.GetValueOrDefault();
        _isExitUnknown = exit is null;
    }
}
