using System.Buffers.Text;
using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Receiving.Reading;

/// <summary>Hands on the files and agents of a prompt of the second interface as the parts that the first one would have sent.</summary>
/// <param name="handler">Takes the events.</param>
/// <param name="scratch">Room for strings with escapes.</param>
internal sealed class NextPromptParts(IEventHandler handler, ScratchBuffer scratch)
{
    /// <summary>Hands on what is attached to a prompt.</summary>
    public void HandOn(in NextBody body)
    {
        if (body.Prompt.IsEmpty)
        {
            return;
        }

        MemberReader prompt = new(body.Prompt, scratch);
        prompt.ReadFirst();
        while (prompt.Next(out ReadOnlySpan<byte> name))
        {
            PartType type = name.SequenceEqual("files"u8) ? PartType.File : name.SequenceEqual("agents"u8) ? PartType.Agent : PartType.Other;
            if (type == PartType.Other)
            {
                prompt.Skip();
            }
            else if (prompt.TryEnterList())
            {
                HandOnList(ref prompt, type, body);
            }
        }
    }

    private static JsonText ReadLabel(ref MemberReader members, PartType type)
    {
        JsonText label = default;
        JsonText address = default;
        if (members.TryEnterObject())
        {
            while (members.Next(out ReadOnlySpan<byte> name))
            {
                if (name.SequenceEqual("name"u8) || name.SequenceEqual("filename"u8))
                {
                    label = members.Text();
                }
                else if (type == PartType.File && (name.SequenceEqual("uri"u8) || name.SequenceEqual("url"u8)))
                {
                    address = members.Text();
                }
                else
                {
                    members.Skip();
                }
            }
        }

        return label.Raw.IsEmpty && address.IsPresent ? address : label;
    }

    // They have no ids of their own: kind and place name them, within their message.
    private void HandOnList(ref MemberReader members, PartType type, in NextBody body)
    {
        Span<byte> id = stackalloc byte[16];
        id[0] = type == PartType.File ? (byte)'f' : (byte)'a';
        for (int place = 0; members.NextElement(); place++)
        {
            JsonText label = ReadLabel(ref members, type);
            Utf8Formatter.TryFormat(place, id[1..], out int digits);
            handler.PartUpdated(new PartEvent
            {
                Type = type,
                PartId = id[..(1 + digits)],
                MessageId = body.MessageId,
                SessionId = body.SessionId,
                Label = label,
                Exit = 0,
                EventTime = body.Time,
            });
        }
    }
}
