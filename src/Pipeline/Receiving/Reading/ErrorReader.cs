using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Receiving.Reading;

/// <summary>Reads opencode's error object.</summary>
internal static class ErrorReader
{
    /// <summary>Reads the current value. Anything that is there is an error, also if it is of no known form.</summary>
    public static ErrorInfo Read(scoped ref MemberReader members)
    {
        bool isPresent = members.IsPresent;
        ReadOnlySpan<byte> errorName = default;
        JsonText message = default;
        if (members.TryEnterObject())
        {
            while (members.Next(out ReadOnlySpan<byte> name))
            {
                if (name.SequenceEqual("name"u8))
                {
                    errorName = members.String();
                }
                else if (name.SequenceEqual("data"u8))
                {
                    message = ReadMessage(ref members);
                }
                else
                {
                    members.Skip();
                }
            }
        }

        return new ErrorInfo { IsPresent = isPresent, Name = errorName, Message = message };
    }

    private static JsonText ReadMessage(scoped ref MemberReader members)
    {
        JsonText message = default;
        if (members.TryEnterObject())
        {
            while (members.Next(out ReadOnlySpan<byte> name))
            {
                if (name.SequenceEqual("message"u8))
                {
                    message = members.Text();
                }
                else
                {
                    members.Skip();
                }
            }
        }

        return message;
    }
}
