using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Receiving.Reading;

/// <summary>What a tool of the second interface gave back, while it is read: <c>content</c>, <c>structured</c>, of a shell <c>output</c>.</summary>
internal ref struct NextResult
{
    public LineCounts Lines;
    private JsonText _text;
    private JsonText _output;
    private JsonText _structured;
    private long _exit;
    private bool _isExitUnknown;

    /// <summary>Gets the output: the first text of <c>content</c>; a second one is a note for the model, such as the exit code.</summary>
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
        if (members.TryEnterList())
        {
            while (members.NextElement())
            {
                members.Whole("text"u8, out JsonText text);
                _text = _text.IsPresent ? _text : text;
            }
        }
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
