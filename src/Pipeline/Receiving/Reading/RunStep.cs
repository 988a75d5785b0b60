using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Receiving.Reading;

/// <summary>The <c>part</c> of a <c>step_start</c> or <c>step_finish</c>, while it is read.</summary>
internal ref struct RunStep
{
    public ReadOnlySpan<byte> SessionId;
    public ReadOnlySpan<byte> MessageId;
    public ReadOnlySpan<byte> Reason;
    public TokenCounts Tokens;
    public double Cost;

    /// <summary>Reads the current value.</summary>
    public void Read(ref MemberReader members)
    {
        if (!members.TryEnterRequiredObject())
        {
            return;
        }

        while (members.Next(out ReadOnlySpan<byte> name))
        {
            if (name.SequenceEqual("messageID"u8))
            {
                MessageId = members.RequiredString();
            }
            else if (name.SequenceEqual("sessionID"u8))
            {
                SessionId = members.RequiredString();
            }
            else if (name.SequenceEqual("reason"u8))
            {
                Reason = members.String();
            }
            else if (name.SequenceEqual("tokens"u8))
            {
                Tokens = TokensReader.Read(ref members);
            }
            else if (name.SequenceEqual("cost"u8))
            {
                Cost = members.Amount();
            }
            else
            {
                members.Skip();
            }
        }
    }
}
