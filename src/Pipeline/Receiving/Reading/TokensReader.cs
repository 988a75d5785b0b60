using OpencodeOtel.Pipeline.Receiving.Events;

namespace OpencodeOtel.Pipeline.Receiving.Reading;

/// <summary>Reads a <c>tokens</c> object.</summary>
internal static class TokensReader
{
    /// <summary>Reads the current value.</summary>
    public static TokenCounts Read(ref MemberReader members)
    {
        TokenCounts tokens = default;
        if (members.TryEnterRequiredObject())
        {
            while (members.Next(out ReadOnlySpan<byte> name))
            {
                if (name.SequenceEqual("input"u8))
                {
                    tokens = tokens with { Input = members.RequiredCount() };
                }
                else if (name.SequenceEqual("output"u8))
                {
                    tokens = tokens with { Output = members.RequiredCount() };
                }
                else if (name.SequenceEqual("reasoning"u8))
                {
                    tokens = tokens with { Reasoning = members.RequiredCount() };
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
        if (members.TryEnterRequiredObject())
        {
            while (members.Next(out ReadOnlySpan<byte> name))
            {
                if (name.SequenceEqual("read"u8))
                {
                    read = members.RequiredCount();
                }
                else if (name.SequenceEqual("write"u8))
                {
                    write = members.RequiredCount();
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
