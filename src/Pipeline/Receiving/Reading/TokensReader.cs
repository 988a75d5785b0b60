using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Receiving.Reading;

/// <summary>Reads a <c>tokens</c> object. What is no number is 0: the message was there all the same.</summary>
internal static class TokensReader
{
    /// <summary>Reads the current value.</summary>
    public static TokenCounts Read(ref MemberReader members)
    {
        TokenCounts tokens = default;
        if (members.TryEnterObject())
        {
            while (members.Next(out ReadOnlySpan<byte> name))
            {
                if (name.SequenceEqual("input"u8))
                {
                    tokens = tokens with { Input = members.Count() };
                }
                else if (name.SequenceEqual("output"u8))
                {
                    tokens = tokens with { Output = members.Count() };
                }
                else if (name.SequenceEqual("reasoning"u8))
                {
                    tokens = tokens with { Reasoning = members.Count() };
                }
                else if (name.SequenceEqual("cache"u8))
                {
                    (long read, long write) = ReadCache(ref members);
                    tokens = tokens with { CacheRead = read, CacheWrite = write };
                }
                else
                {
                    members.Skip();
                }
            }
        }

        return tokens;
    }

    private static (long Read, long Write) ReadCache(ref MemberReader members)
    {
        long read = 0;
        long write = 0;
        if (members.TryEnterObject())
        {
            while (members.Next(out ReadOnlySpan<byte> name))
            {
                if (name.SequenceEqual("read"u8))
                {
                    read = members.Count();
                }
                else if (name.SequenceEqual("write"u8))
                {
                    write = members.Count();
                }
                else
                {
                    members.Skip();
                }
            }
        }

        return (read, write);
    }
}
