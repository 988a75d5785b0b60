using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Receiving.Reading;

/// <summary>The <c>info</c> of a message, while it is read.</summary>
internal ref struct MessageInfo
{
    public ReadOnlySpan<byte> Id;
    public ReadOnlySpan<byte> SessionId;
    public ReadOnlySpan<byte> Role;
    private ReadOnlySpan<byte> _parentId;
    private ReadOnlySpan<byte> _agent;
    private ReadOnlySpan<byte> _finish;
    private ModelName _model;
    private ModelName _nestedModel;
    private ErrorInfo _error;
    private Times _times;
    private TokenCounts _tokens;
    private LineCounts _lines;
    private double _cost;

    /// <summary>Reads the current value.</summary>
    public void Read(ref MemberReader members)
    {
        if (!members.TryEnterRequiredObject())
        {
            return;
        }

        while (members.Next(out ReadOnlySpan<byte> name))
        {
            if (name.SequenceEqual("id"u8))
            {
                Id = members.RequiredString();
            }
            else if (name.SequenceEqual("sessionID"u8))
            {
                SessionId = members.RequiredString();
            }
            else if (name.SequenceEqual("role"u8))
            {
                Role = members.RequiredString();
            }
            else if (name.SequenceEqual("parentID"u8))
            {
                _parentId = members.RequiredString();
            }
            else if (name.SequenceEqual("agent"u8))
            {
                _agent = members.String();
            }
            else if (name.SequenceEqual("finish"u8))
            {
                _finish = members.String();
            }
            else if (name.SequenceEqual("cost"u8))
            {
                _cost = members.Amount();
            }
            else if (name.SequenceEqual("tokens"u8))
            {
                _tokens = TokensReader.Read(ref members);
            }
            else if (name.SequenceEqual("time"u8))
            {
                _times = Times.Read(ref members);
            }
            else if (name.SequenceEqual("model"u8))
            {
                _nestedModel = ModelName.Read(ref members);
            }
            else if (name.SequenceEqual("error"u8))
            {
                _error = ErrorReader.Read(ref members);
            }
            else if (name.SequenceEqual("summary"u8))
            {
                _lines = ReadSummary(ref members);
            }
            else if (!_model.TryRead(ref members, name))
            {
                members.Skip();
            }
        }
    }

    /// <summary>Makes the view that is handed on.</summary>
    public readonly MessageEvent ToEvent(ReadOnlySpan<byte> sessionId, long eventTime) => new()
    {
        MessageId = Id,
        SessionId = sessionId,
        Role = Role.SequenceEqual("assistant"u8) ? MessageRole.Assistant
            : Role.SequenceEqual("user"u8) ? MessageRole.User
            : MessageRole.Unknown,
        ParentId = _parentId,
        Agent = _agent,
        ProviderId = _model.ProviderId.IsEmpty ? _nestedModel.ProviderId : _model.ProviderId,
        ModelId = _model.ModelId.IsEmpty ? _nestedModel.ModelId : _model.ModelId,
        TimeCreated = _times.Created,
        TimeCompleted = _times.Completed,
        Cost = _cost,
        Tokens = _tokens,
        Finish = _finish,
        Error = _error,
        Lines = _lines,
        EventTime = eventTime,
    };

    // A user message has {"diffs":[…]} here, an assistant message of a compaction has true.
    private static LineCounts ReadSummary(ref MemberReader members)
    {
        LineCounts lines = default;
        if (members.TryEnterObject())
        {
            while (members.Next(out ReadOnlySpan<byte> name))
            {
                if (name.SequenceEqual("diffs"u8))
                {
                    lines = LineCountsReader.ReadList(ref members);
                }
                else
                {
                    members.Skip();
                }
            }
        }

        return lines;
    }
}
