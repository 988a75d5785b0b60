using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Receiving.Reading;

/// <summary>Reads opencode's error object: <c>{name, data:{message}}</c>, on the second interface <c>{type, message}</c>.</summary>
internal static class ErrorReader
{
    /// <summary>Reads the current value. Anything that is there is an error, also if it is of no known form.</summary>
    public static ErrorInfo Read(scoped ref MemberReader members)
    {
        bool isPresent = members.IsPresent;
        ReadOnlySpan<byte> errorName = default;
        ReadOnlySpan<byte> errorType = default;
        JsonText message = default;
        JsonText ownMessage = default;
        if (members.TryEnterObject())
        {
            while (members.Next(out ReadOnlySpan<byte> name))
            {
                if (name.SequenceEqual("name"u8))
                {
                    errorName = members.String();
                }
                else if (name.SequenceEqual("type"u8))
                {
                    errorType = members.String();
                }
                else if (name.SequenceEqual("message"u8))
                {
                    ownMessage = members.Text();
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

        return new ErrorInfo
        {
            IsPresent = isPresent,
            Name = errorName.IsEmpty ? errorType : errorName,
            Message = message.IsPresent || !errorName.IsEmpty ? message : ownMessage,
        };
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
