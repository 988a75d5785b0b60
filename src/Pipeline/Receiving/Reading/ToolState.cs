using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Receiving.Reading;

/// <summary>The <c>state</c> of a tool part, while it is read. What a tool itself put into input and metadata may be of any type.</summary>
internal ref struct ToolState
{
    public ReadOnlySpan<byte> Status;
    public ReadOnlySpan<byte> Input;
    public JsonText Command;
    public JsonText Output;
    public JsonText Error;
    public LineCounts Lines;
    public Times Times;
    private long _exit;
    private bool _isExitUnknown;

    /// <summary>Gets the exit code: 0 when there is none, <see langword="null"/> when there is one that is no integer.</summary>
    public readonly long? Exit => _isExitUnknown ? null : _exit;

    /// <summary>Reads the current value.</summary>
    public void Read(ref MemberReader members)
    {
        if (!members.TryEnterRequiredObject())
        {
            return;
        }

        while (members.Next(out ReadOnlySpan<byte> name))
        {
            if (name.SequenceEqual("status"u8))
            {
                Status = members.RequiredString();
            }
            else if (name.SequenceEqual("input"u8))
            {
                Input = members.Any("command"u8, out Command);
            }
            else if (name.SequenceEqual("output"u8))
            {
                Output = members.Text();
            }
            else if (name.SequenceEqual("error"u8))
            {
                Error = members.Text();
            }
            else if (name.SequenceEqual("time"u8))
            {
                Times = Times.Read(ref members);
            }
            else if (name.SequenceEqual("metadata"u8))
            {
                ReadMetadata(ref members);
            }
            else
            {
                members.Skip();
            }
        }
    }

    /// <summary>Gets what the status says.</summary>
    public readonly ToolStatus FindStatus() =>
        Status.SequenceEqual("running"u8) ? ToolStatus.Running
        : Status.SequenceEqual("completed"u8) ? ToolStatus.Completed
        : Status.SequenceEqual("pending"u8) ? ToolStatus.Pending
        : Status.SequenceEqual("error"u8) ? ToolStatus.Error
        : ToolStatus.Unknown;

    private void ReadMetadata(ref MemberReader members)
    {
        Lines = default;
        _exit = 0;
        _isExitUnknown = false;
        if (!members.TryEnterObject())
        {
            return;
        }

        while (members.Next(out ReadOnlySpan<byte> name))
        {
            if (name.SequenceEqual("exit"u8))
            {
                long? exit = members.Integer();
                _exit = exit.GetValueOrDefault();
                _isExitUnknown = exit is null;
            }
            else if (name.SequenceEqual("filediff"u8))
            {
                Lines = LineCountsReader.ReadFile(ref members);
            }
            else
            {
                members.Skip();
            }
        }
    }
}
