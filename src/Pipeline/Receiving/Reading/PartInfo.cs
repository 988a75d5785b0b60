using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Receiving.Reading;

/// <summary>The <c>part</c> of a message, while it is read.</summary>
internal ref struct PartInfo
{
    public ReadOnlySpan<byte> SessionId;
    private ReadOnlySpan<byte> _id;
    private ReadOnlySpan<byte> _messageId;
    private ReadOnlySpan<byte> _tool;
    private ReadOnlySpan<byte> _callId;
    private ReadOnlySpan<byte> _agent;
    private JsonText _text;
    private JsonText _fileName;
    private JsonText _url;
    private JsonText _name;
    private JsonText _description;
    private JsonText _prompt;
    private ToolState _state;
    private Times _times;
    private PartType _type;
    private bool _isSynthetic;

    /// <summary>Gets a value indicating whether the part has all that it cannot do without.</summary>
    public readonly bool IsWhole => _type != PartType.Other && !_id.IsEmpty && !_messageId.IsEmpty
        && (_type != PartType.Tool || (!_tool.IsEmpty && !_callId.IsEmpty && !_state.Status.IsEmpty));

    /// <summary>Reads the current value.</summary>
    /// <returns><see langword="false"/>, and the rest is left unread, when it is of a type that carries no telemetry.</returns>
    public bool TryRead(ref MemberReader members)
    {
        if (!members.TryEnterRequiredObject())
        {
            return true;
        }

        while (members.Next(out ReadOnlySpan<byte> name))
        {
            if (name.SequenceEqual("type"u8))
            {
                ReadOnlySpan<byte> type = members.RequiredString();
                _type = FindType(type);
                if (_type == PartType.Other && !type.IsEmpty)
                {
                    return false;
                }
            }
            else if (name.SequenceEqual("id"u8))
            {
                _id = members.RequiredString();
            }
            else if (name.SequenceEqual("messageID"u8))
            {
                _messageId = members.RequiredString();
            }
            else if (name.SequenceEqual("sessionID"u8))
            {
                SessionId = members.RequiredString();
            }
            else if (name.SequenceEqual("tool"u8))
            {
                _tool = members.RequiredString();
            }
            else if (name.SequenceEqual("callID"u8))
            {
                _callId = members.RequiredString();
            }
            else if (name.SequenceEqual("state"u8))
            {
                _state.Read(ref members);
            }
            else if (name.SequenceEqual("time"u8))
            {
                _times = Times.Read(ref members);
            }
            else
            {
                ReadPrompt(ref members, name);
            }
        }

        return true;
    }

    /// <summary>Makes the view that is handed on.</summary>
    public readonly PartEvent ToEvent(ReadOnlySpan<byte> sessionId, long eventTime)
    {
        bool isTool = _type == PartType.Tool;
        return new PartEvent
        {
            Type = _type,
            PartId = _id,
            MessageId = _messageId,
            SessionId = sessionId,
            Text = _text,
            IsSynthetic = _isSynthetic,
            Label = Label(),
            SubtaskAgent = _agent,
            SubtaskPrompt = _prompt,
            Tool = _tool,
            CallId = _callId,
            Status = _state.FindStatus(),
            Input = _state.Input,
            Command = _state.Command,
            Output = _state.Output,
            ToolError = _state.Error,
            Exit = _state.Exit,
            Lines = _state.Lines,
            TimeStart = isTool ? _state.Times.Start : _times.Start,
            TimeEnd = isTool ? _state.Times.End : _times.End,
            EventTime = eventTime,
        };
    }

    private static PartType FindType(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("text"u8) ? PartType.Text
        : type.SequenceEqual("tool"u8) ? PartType.Tool
        : type.SequenceEqual("file"u8) ? PartType.File
        : type.SequenceEqual("agent"u8) ? PartType.Agent
        : type.SequenceEqual("subtask"u8) ? PartType.Subtask
        : PartType.Other;

    private readonly JsonText Label() => _type switch
    {
        PartType.File => _fileName.Raw.IsEmpty ? _url : _fileName,
        PartType.Agent => _name,
        PartType.Subtask => _description,
        _ => default,
    };

    private void ReadPrompt(ref MemberReader members, ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("text"u8))
        {
            _text = members.Text();
        }
        else if (name.SequenceEqual("synthetic"u8))
        {
            _isSynthetic = members.IsTrue;
            members.Skip();
        }
        else if (name.SequenceEqual("filename"u8))
        {
            _fileName = members.Text();
        }
        else if (name.SequenceEqual("url"u8))
        {
            _url = members.Text();
        }
        else if (name.SequenceEqual("name"u8))
        {
            _name = members.Text();
        }
        else if (name.SequenceEqual("description"u8))
        {
            _description = members.Text();
        }
        else if (name.SequenceEqual("prompt"u8))
        {
            _prompt = members.Text();
        }
        else if (name.SequenceEqual("agent"u8))
        {
            _agent = members.String();
        }
        else
        {
            members.Skip();
        }
    }
}
