using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Receiving.Reading;

/// <summary>The body of an event of the second interface, while it is read. No member means two things, so all types are read alike.</summary>
internal ref struct NextBody
{
    public ReadOnlySpan<byte> SessionId;
    public ReadOnlySpan<byte> MessageId;
    public ReadOnlySpan<byte> Agent;
    public ReadOnlySpan<byte> Finish;
    public ReadOnlySpan<byte> CallId;
    public ReadOnlySpan<byte> Tool;
    public ReadOnlySpan<byte> TextId;
    public ReadOnlySpan<byte> Input;
    public ReadOnlySpan<byte> Prompt;
    public JsonText Text;
    public JsonText Command;
    public NextResult Result;
    public JsonText ErrorText;
    public ErrorInfo Error;
    public ModelName Model;
    public TokenCounts Tokens;
    public double Cost;
    public long Attempt;
    public long Time;

    /// <param name="texts">Room for the texts of a result.</param>
    public NextBody(KeptBytes texts) => Result = new NextResult(texts);

    /// <summary>Reads all members of the body.</summary>
    public void Read(ref MemberReader members)
    {
        while (members.Next(out ReadOnlySpan<byte> name))
        {
            if (name.SequenceEqual("timestamp"u8))
            {
                Time = members.RequiredTimestamp();
            }
            else if (name.SequenceEqual("sessionID"u8))
            {
                SessionId = members.RequiredString();
            }
            else if (name.SequenceEqual("assistantMessageID"u8) || name.SequenceEqual("messageID"u8))
            {
                MessageId = members.RequiredString();
            }
            else if (name.SequenceEqual("callID"u8))
            {
                CallId = members.RequiredString();
            }
            else if (name.SequenceEqual("tool"u8) || name.SequenceEqual("name"u8))
            {
                Tool = members.RequiredString();
            }
            else if (name.SequenceEqual("cost"u8))
            {
                Cost = members.Amount();
            }
            else if (name.SequenceEqual("tokens"u8))
            {
                Tokens = TokensReader.Read(ref members);
            }
            else if (name.SequenceEqual("error"u8))
            {
                ReadError(ref members);
            }
            else if (!TryReadContent(ref members, name) && !Result.TryRead(ref members, name))
            {
                members.Skip();
            }
        }
    }

    private bool TryReadContent(ref MemberReader members, ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("text"u8))
        {
            Text = members.Text();
        }
        else if (name.SequenceEqual("textID"u8))
        {
            TextId = members.String();
        }
        else if (name.SequenceEqual("agent"u8))
        {
            Agent = members.String();
        }
        else if (name.SequenceEqual("model"u8))
        {
            Model = ModelName.Read(ref members);
        }
        else if (name.SequenceEqual("finish"u8))
        {
            Finish = members.String();
        }
        else if (name.SequenceEqual("attempt"u8))
        {
            Attempt = members.Count();
        }
        else if (name.SequenceEqual("prompt"u8))
        {
            Prompt = members.Whole("text"u8, out Text);
        }
        else if (name.SequenceEqual("input"u8))
        {
            Input = members.Any("command"u8, out Command);
        }
        else if (name.SequenceEqual("command"u8))
        {
            Command = members.Text();
        }
        else
        {
            return false;
        }

        return true;
    }

    private void ReadError(ref MemberReader members)
    {
        if (members.IsString)
        {
            ErrorText = members.Text();
            Error = new ErrorInfo { IsPresent = true, Message = ErrorText };
        }
        else
        {
            Error = ErrorReader.Read(ref members);
            ErrorText = Error.Message;
        }
    }
}
